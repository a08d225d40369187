package platform

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"k8sbot/bot/breaker"
)

// A Deduplicator remembers the IDs of events, across replicas if they share a
// store. If that is away or slow, each replica decides for itself: an answer given
// twice is better than none.
type Deduplicator struct {
	store KeyStore
	keep  time.Duration
	log   *slog.Logger

	mu      sync.Mutex
	seen    map[string]time.Time // until when
	earlier map[string]time.Time // those seen before seen was full
}

// maxSeen is the number of IDs that a replica keeps for itself.
const maxSeen = 10_000

// NewDeduplicator returns a Deduplicator that remembers IDs for a time. store may
// be nil, and otherwise must return soon.
func NewDeduplicator(store KeyStore, keep time.Duration, log *slog.Logger) *Deduplicator {
	return &Deduplicator{store: store, keep: keep, log: log, seen: make(map[string]time.Time)}
}

// Seen reports whether an ID was given to it before, and remembers it. The empty ID
// never was.
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
			d.log.Warn("the store does not tell whether an event was seen: going on without", "event", id, "error", err)
		}
		return false
	}
	return !first
}

// seenHere reports whether this process was given an ID before, and remembers it.
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
