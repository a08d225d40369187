package storetest

import (
	"context"
	"sync"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/followup"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/glossary"
)

// maxRemembered is the maximum number of keys in a [Memory]. If there are more, the Memory evicts
// the keys that expire first.
const maxRemembered = 10_000

// Memory is an in-memory store for tests. The zero value is usable. The conformance tests
// of package store check that it behaves like the databases.
type Memory struct {
	// Now returns the time. The default is [time.Now]. Do not change it after the first use.
	Now func() time.Time

	mu                sync.Mutex
	langs             map[bot.Person]glossary.Lang
	profiles          map[bot.Person]glossary.Lang
	misses            map[missKey]*bot.Miss
	missesOf          map[bot.Tenant]int // the number of each tenant's misses
	remembered        map[string]remembered
	schedules         map[bot.Channel]bot.Schedule
	schedulesOf       map[bot.Tenant]int                         // the number of each tenant's schedules, without those of direct message channels
	firstDue, lastDue time.Time                                  // no schedule is due outside this range
	deliveries        map[bot.Channel]map[string]*delivery       // keyed by day
	unfinished        map[bot.Tenant]map[*delivery]bool          // deliveries that may be claimed
	asked             map[bot.Channel]map[string]daily.AskedTerm // keyed by term
	reviews           map[bot.Person]map[postKey]bot.Review
	leases            map[string]lease
	health            map[bot.Tenant]daily.TenantHealth
	learners          *reviewtest.Memory // nil until it is used
	lastTerms         *followup.Memory   // nil until it is used
}

// put sets m[a][b]. It creates m and m[a] if they are nil.
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

// Ping returns an error only if ctx is done.
func (m *Memory) Ping(ctx context.Context) error { return ctx.Err() }

// Close does nothing.
func (m *Memory) Close() error { return nil }

// toMillis returns a time as the databases store it: in UTC and truncated to milliseconds.
func toMillis(t time.Time) time.Time { return time.UnixMilli(t.UnixMilli()).UTC() }

// firstN returns the first elements of all, at most limit.
func firstN[T any](all []T, limit int) []T { return all[:min(max(limit, 0), len(all))] }

// A delivery is a stored [bot.Delivery], with its claim. The file deliveries.go of package store
// explains claims.
type delivery struct {
	bot.Delivery
	due   time.Time // when the delivery may be claimed; the end of the lease if it is claimed now
	owner string    // the owner of the last claim; "" after Retry
	ended time.Time // zero if unfinished
}

// maybePosted reports whether the delivery has a term that was posted, may have been posted, or
// will be posted.
func (d *delivery) maybePosted() bool {
	return d.Term != "" && d.State != bot.Skipped && d.State != bot.Failed
}

// A lease records who holds it and when it expires.
type lease struct {
	owner string
	until time.Time
}

// A postKey identifies the post that a review is about.
type postKey struct{ term, day string }
