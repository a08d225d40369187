package platform

import (
	"context"
	"time"
)

// Leases share out work that one replica at a time must do. bot/store has the
// implementations.
type Leases interface {
	// Acquire takes or renews a lease for a time, and reports whether owner holds
	// it now. One that has run out goes to whoever asks first.
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	// Release gives a lease back before it runs out, if owner holds it.
	Release(ctx context.Context, name, owner string) error
}
