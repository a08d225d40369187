package storetest

import (
	"context"
	"sync"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/glossary"
)

// maxRemembered is the number of keys that a [Memory] remembers. Beyond it those
// that expire first are forgotten.
const maxRemembered = 10_000

// Memory is a store that keeps everything in the process, for tests. The zero value
// is usable. The tests of the databases hold it to the same behaviour.
type Memory struct {
	// Now tells the time; nil means time.Now. It is not changed after the first
	// use.
	Now func() time.Time

	mu         sync.Mutex
	langs      map[bot.Person]glossary.Lang
	misses     map[missKey]*bot.Miss
	remembered map[string]remembered
	schedules  map[bot.Channel]bot.Schedule
	deliveries map[bot.Channel]map[string]*delivery       // by day
	unfinished map[bot.Tenant]map[*delivery]bool          // those of deliveries that may be claimed
	asked      map[bot.Channel]map[string]daily.AskedTerm // by term
	reviews    map[bot.Person]map[postKey]bot.Review
	leases     map[string]lease
	health     map[bot.Tenant]daily.TenantHealth
}

// put sets m[a][b], and makes the maps that are missing.
func put[A, B comparable, V any](m *map[A]map[B]V, a A, b B, v V) {
	if *m == nil {
		*m = make(map[A]map[B]V)
	}
	if (*m)[a] == nil {
		(*m)[a] = make(map[B]V)
	}
	(*m)[a][b] = v
}

type missKey struct {
	tenant bot.Tenant
	query  string
}

type remembered struct {
	value   string
	expires time.Time
}

var (
	_ bot.Store         = (*Memory)(nil)
	_ bot.ScheduleStore = (*Memory)(nil)
	_ bot.ReviewStore   = (*Memory)(nil)
	_ daily.Store       = (*Memory)(nil)
	_ daily.History     = (*Memory)(nil)
)

func (m *Memory) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}

// Ping returns nil: a Memory is never away.
func (m *Memory) Ping(ctx context.Context) error { return ctx.Err() }

// Close does nothing: a Memory ends with its process.
func (m *Memory) Close() error { return nil }

// toMillis returns a time as the databases keep it.
func toMillis(t time.Time) time.Time { return time.UnixMilli(t.UnixMilli()).UTC() }

// firstN returns the first of all, as many as the limit is.
func firstN[T any](all []T, limit int) []T { return all[:min(max(limit, 0), len(all))] }

// A delivery is what a [Memory] keeps of one. See the comment of deliveries.go.
type delivery struct {
	bot.Delivery
	due   time.Time // when it may be claimed: of a claimed one, when its lease ends
	owner string    // of the last claim; "" where it was handed back
	ended time.Time // zero before
}

// maybePosted reports whether a delivery did not come to nothing, as far as is known.
func (d *delivery) maybePosted() bool {
	return d.Term != "" && d.State != bot.Skipped && d.State != bot.Failed
}

// A lease is what a [Memory] keeps of one.
type lease struct {
	owner string
	until time.Time
}

// A postKey is what a review is about.
type postKey struct{ term, day string }
