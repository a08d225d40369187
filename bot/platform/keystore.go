package platform

import (
	"context"
	"time"

	"k8sbot/bot/breaker"
)

// A KeyStore is what the adapters remember across restarts, and across replicas if
// these share a database. bot/store has the implementations.
type KeyStore interface {
	// Remember keeps value under key for a time. first is false, and nothing is
	// kept, if the key is remembered already: of several replicas that call it with
	// one key, one is first.
	Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error)
	// Recall returns what is kept under a key, and false if nothing is, or its time
	// is over.
	Recall(ctx context.Context, key string) (value string, ok bool, err error)
}

const (
	// keyStoreTimeout is how long an answer waits for the store. A healthy database
	// answers within milliseconds, but may be asked by many replicas at once, each on
	// a connection that must be opened first: giving up too soon answers an event
	// twice.
	keyStoreTimeout = 500 * time.Millisecond
	// keyStoreCooldown is how long a store that did not answer is left alone.
	keyStoreCooldown = 5 * time.Second
)

// guarded is a KeyStore behind a circuit breaker.
type guarded struct {
	store   KeyStore
	breaker *breaker.Breaker
}

// guard puts a store, which may be nil, behind a circuit breaker.
func guard(s KeyStore) KeyStore {
	if s == nil {
		return nil
	}
	return &guarded{store: s, breaker: breaker.New(keyStoreCooldown)}
}

// Remember implements [KeyStore].
func (g *guarded) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	err = g.breaker.Do(ctx, keyStoreTimeout, func(ctx context.Context) error {
		first, err = g.store.Remember(ctx, key, value, keep)
		return err
	})
	return first, err
}

// Recall implements [KeyStore].
func (g *guarded) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	err = g.breaker.Do(ctx, keyStoreTimeout, func(ctx context.Context) error {
		value, ok, err = g.store.Recall(ctx, key)
		return err
	})
	return value, ok, err
}
