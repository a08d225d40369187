package platform

import (
	"context"
	"time"

	"k8sbot/bot/breaker"
)

// A KeyStore stores small values for the adapters: which events have been seen, and which message
// answers which question. The values survive restarts, and replicas that use the same database
// share them. Package bot/store contains the implementations.
type KeyStore interface {
	// Remember stores value under key for the duration keep. If the key already exists, it stores
	// nothing and first is false. If several replicas call Remember with the same key, first is
	// true for exactly one of them.
	Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error)
	// Recall returns the value stored under key. ok is false if the key does not exist or
	// has expired.
	Recall(ctx context.Context, key string) (value string, ok bool, err error)
}

const (
	// keyStoreTimeout limits how long an event waits for the store. A healthy database
	// responds within milliseconds, but many replicas may call it at the same time over new
	// connections. With a shorter timeout, some events would be answered twice.
	keyStoreTimeout = 500 * time.Millisecond
	// keyStoreCooldown is the time after a failed call during which the store is not called.
	keyStoreCooldown = 5 * time.Second
)

// A guarded is a KeyStore with a timeout and a circuit breaker.
type guarded struct {
	store   KeyStore
	breaker *breaker.Breaker
}

// guard adds a timeout and a circuit breaker to a store. It returns nil if s is nil.
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
