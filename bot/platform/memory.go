package platform

import (
	"context"
	"time"
)

// A Memory is what the adapters remember across restarts, and across replicas
// where these share a store. bot/store has the implementations.
type Memory interface {
	// Remember keeps value under key for a time. first is false, and nothing
	// is kept, where the key is remembered already: of several replicas that
	// call it with one key, one is first.
	Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error)
	// Recall returns what is kept under a key, and false where nothing is, or
	// its time is over.
	Recall(ctx context.Context, key string) (value string, ok bool, err error)
}

// Leases share out work that one replica at a time must do. bot/store has the
// implementations.
type Leases interface {
	// Acquire takes or renews a lease for a time, and reports whether owner holds
	// it now. One that has run out goes to whoever asks first.
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	// Release gives a lease back before it runs out, where owner holds it.
	Release(ctx context.Context, name, owner string) error
}
