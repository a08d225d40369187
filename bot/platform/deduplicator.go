package platform

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"k8sbot/bot/breaker"
)

// A Deduplicator remembers event IDs, across replicas if they share a store. If the store is
// down or slow, each replica relies on its own memory, because two answers are better than
// none.
type Deduplicator struct {
	store KeyStore
	keep  time.Duration
	log   *slog.Logger

	mu      sync.Mutex
	seen    map[string]time.Time // when each ID expires
	earlier map[string]time.Time // the previous value of seen, replaced when seen is full
}

// maxSeen is the maximum number of IDs that a replica keeps in memory.
const maxSeen = 10_000

// NewDeduplicator returns a Deduplicator that remembers each ID for the duration keep. store may be
// nil. If it is not nil, its calls must have a timeout, because Seen waits for them.
func NewDeduplicator(store KeyStore, keep time.Duration, log *slog.Logger) *Deduplicator {
	return &Deduplicator{store: store, keep: keep, log: log, seen: make(map[string]time.Time)}
}

// Seen reports whether id has been passed to Seen before. It also remembers id. For an empty ID, it
// always returns false.
func (d *Deduplicator) Seen(ctx context.Context, id string) bool {
	if id == "" {
		return false
	}
	if d.seenHere(id) {
		return true
	}
	if d.store == nil {
		return false
	}
	first, err := d.store.Remember(ctx, id, "", d.keep)
	if err != nil {
		if !errors.Is(err, breaker.ErrOpen) {
			d.log.Warn("cannot check for duplicate event, handling it anyway", "event", id, "error", err)
		}
		return false
	}
	return !first
}

// seenHere reports whether this process has seen id before. It also remembers id.
func (d *Deduplicator) seenHere(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	if d.seen[id].After(now) || d.earlier[id].After(now) {
		return true
	}
	if len(d.seen) >= maxSeen/2 {
		d.earlier, d.seen = d.seen, make(map[string]time.Time)
	}
	d.seen[id] = now.Add(d.keep)
	return false
}
