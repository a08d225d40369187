package platform

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Once tells events that were seen from new ones, across replicas where these
// share a Memory. Where that is away or slow, each replica tells for itself: an
// answer given twice is better than none.
type Once struct {
	memory Memory
	keep   time.Duration
	log    *slog.Logger
	now    func() time.Time

	mu     sync.Mutex
	seen   map[string]time.Time // until when
	before map[string]time.Time // those seen before seen was full
}

// maxSeen is the number of events that a replica keeps for itself.
const maxSeen = 10_000

// NewOnce returns a Once that keeps events for a time. memory may be nil, and
// otherwise returns before long.
func NewOnce(memory Memory, keep time.Duration, log *slog.Logger) *Once {
	return &Once{memory: memory, keep: keep, log: log, now: time.Now, seen: make(map[string]time.Time)}
}

// First reports whether key is new. An empty key always is.
func (o *Once) First(ctx context.Context, key string) bool {
	if key == "" {
		return true
	}
	if !o.firstHere(key) {
		return false
	}
	if o.memory == nil {
		return true
	}
	first, err := o.memory.Remember(ctx, key, "", o.keep)
	if err != nil {
		if !errors.Is(err, errAway) {
			o.log.Warn("the store does not tell whether an event was seen: going on without", "event", key, "error", err)
		}
		return true
	}
	return first
}

// firstHere reports whether key is new to this process.
func (o *Once) firstHere(key string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.now()
	if o.seen[key].After(now) || o.before[key].After(now) {
		return false
	}
	if len(o.seen) >= maxSeen/2 {
		o.before, o.seen = o.seen, make(map[string]time.Time)
	}
	o.seen[key] = now.Add(o.keep)
	return true
}
