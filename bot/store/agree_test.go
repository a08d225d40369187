package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/store/storetest"
)

// TestStoresAgree makes the same random calls to a Memory and to each database, and checks
// that they return the same.
func TestStoresAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		memory, db := &storetest.Memory{Now: c.now}, openDB(t, dsn, Options{Now: c.now})
		g := &generator{Rand: rand.New(rand.NewPCG(5, 0)), clock: c}
		for i := range 900 {
			name, call := g.next()
			want := call(t.Context(), memory)
			got := call(t.Context(), db)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("call %d, %s (-memory +%s):\n%s", i, name, db.name, diff)
			}
			if d, ok := want[0].(bot.Delivery); ok && d.Attempts > 0 {
				g.claimed = append(g.claimed, d)
			}
		}
		if len(g.claimed) < 20 {
			t.Errorf("got %d claimed deliveries, want at least 20", len(g.claimed))
		}
	})
}

// A generator generates random calls.
type generator struct {
	*rand.Rand
	clock   *clock
	times   int
	claimed []bot.Delivery
}

// A call calls a method of a store and returns its results.
type call func(ctx context.Context, s fullStore) []any

// soon returns a unique time, so that the order of times is defined. The clock is always
// at a multiple of tick.
func (g *generator) soon() time.Time {
	g.times++
	return g.clock.now().Add(time.Duration(g.IntN(10))*tick + time.Duration(g.times)*time.Millisecond)
}

// tick has more milliseconds than there are calls to soon.
const tick = 10 * time.Second

func (g *generator) lease() time.Duration { return g.soon().Sub(g.clock.now()) }

// next returns the next call and its name.
func (g *generator) next() (name string, c call) {
	if g.IntN(4) == 0 {
		g.clock.add(time.Duration(g.IntN(6)) * tick)
	}
	channel := channelOf([]bot.Tenant{slackT1, discordT1}[g.IntN(2)], []string{"C1", "C2"}[g.IntN(2)])
	tenant := bot.Tenant{Platform: channel.Platform, ID: channel.Tenant}
	person := bot.Person{Platform: channel.Platform, Tenant: channel.Tenant, User: []string{"U1", "U2"}[g.IntN(2)]}
	owner, term := []string{"a", "b"}[g.IntN(2)], []string{"pod", "service", "node"}[g.IntN(3)]
	day := fmt.Sprintf("2027-01-%02d", 1+g.IntN(28))
	at, lease := g.soon(), g.lease()
	nexts := []time.Time{g.soon(), g.soon(), g.soon()}
	delivery := bot.Delivery{Channel: channel, Day: day, Attempts: 1}
	if n := len(g.claimed); n > 0 && g.IntN(8) > 0 {
		delivery = g.claimed[n-1-g.IntN(min(n, 3))]
	}
	state := []bot.DeliveryState{bot.Sent, bot.Skipped, bot.Failed, bot.Unknown}[g.IntN(4)]
	switch g.IntN(16) {
	case 0:
		s := scheduleOf(channel, at)
		s.Creator = person.User
		return "PutSchedule", func(ctx context.Context, k fullStore) []any { return []any{k.PutSchedule(ctx, s)} }
	case 1:
		return "PauseSchedule", func(ctx context.Context, k fullStore) []any { return results(k.PauseSchedule(ctx, channel, "gone")) }
	case 2, 3, 4:
		return "DueSchedules and Plan", func(ctx context.Context, k fullStore) []any {
			due, err := k.DueSchedules(ctx, len(nexts))
			all := []any{due, err}
			for i, s := range due {
				all = append(all, results(k.Plan(ctx, s, day, nexts[i], 0))...)
			}
			return all
		}
	case 5, 6, 7:
		return "Claim", func(ctx context.Context, k fullStore) []any {
			d, ok, err := k.Claim(ctx, tenant, owner, lease)
			return []any{d, ok, err}
		}
	case 8:
		return "Begin", func(ctx context.Context, k fullStore) []any {
			return results(k.Begin(ctx, delivery, owner, term, 1+delivery.Attempts/2, lease))
		}
	case 9:
		return "Retry", func(ctx context.Context, k fullStore) []any { return []any{k.Retry(ctx, delivery, owner, at)} }
	case 10:
		return "End", func(ctx context.Context, k fullStore) []any { return []any{k.End(ctx, delivery, owner, state, day)} }
	case 11:
		return "NoteAsked", func(ctx context.Context, k fullStore) []any { return []any{k.NoteAsked(ctx, channel, term)} }
	case 12:
		review := bot.Review{Term: term, Day: day, Knew: g.IntN(2) == 0, Revealed: g.IntN(2) == 0, At: at}
		return "PutReview", func(ctx context.Context, k fullStore) []any { return []any{k.PutReview(ctx, person, review)} }
	case 13:
		if g.IntN(4) > 0 {
			return "Acquire", func(ctx context.Context, k fullStore) []any { return results(k.Acquire(ctx, term, owner, lease)) }
		}
		return "Release", func(ctx context.Context, k fullStore) []any { return []any{k.Release(ctx, term, owner)} }
	case 14:
		if g.IntN(4) > 0 {
			return "Sweep", func(ctx context.Context, k fullStore) []any { return []any{k.Sweep(ctx)} }
		}
		return "Forget", func(ctx context.Context, k fullStore) []any { return []any{k.Forget(ctx, person)} }
	}
	return "read", func(ctx context.Context, k fullStore) []any {
		s, ok, err := k.Schedule(ctx, channel)
		all := []any{s, ok, err}
		all = append(all, results(k.Deliveries(ctx, channel, 100))...)
		all = append(all, results(k.Posted(ctx, channel))...)
		all = append(all, results(k.AskedSince(ctx, channel, time.Time{}))...)
		all = append(all, results(k.MostAsked(ctx, tenant))...)
		return append(all, results(k.Reviews(ctx, person))...)
	}
}

func results[T any](v T, err error) []any { return []any{v, err} }
