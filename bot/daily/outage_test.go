package daily_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/storetest"
)

// errOutage is the error of a platform that is down: the outcome of the post is unknown.
var errOutage = &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("503")}

// lookable is a poster with FindPost.
type lookable struct {
	*poster
	err error // of each lookup
}

func (p *lookable) FindPost(_ context.Context, c bot.Channel, since time.Time, buttonID string) (string, bool, error) {
	if p.err != nil {
		return "", false, p.err
	}
	for _, sent := range p.all() {
		if sent.channel == c && !sent.at.Before(since) && strings.HasPrefix(buttonID, "1:discuss:"+sent.term) {
			return "found", true, nil
		}
	}
	return "", false, nil
}

// TestOutage simulates an outage of a platform while 100 channels of two tenants are due, with
// three replicas. Each probe may lose one post of a tenant, but nothing is posted twice.
func TestOutage(t *testing.T) {
	for name, tt := range map[string]struct {
		lasts     time.Duration
		posted    bool // without a confirmation
		canSearch bool
		dedupes   bool
		prefer    daily.Preference
		maxProbes int // of a tenant
	}{
		"20 s":              {20 * time.Second, false, false, false, "", 1},
		"3 min":             {3 * time.Minute, false, false, false, "", 3},
		"an hour":           {time.Hour, false, false, false, "", 8},
		"20 s, posted":      {20 * time.Second, true, false, false, "", 1},
		"20 s, can look":    {20 * time.Second, false, true, true, "", 1},
		"3 min, can look":   {3 * time.Minute, false, true, true, "", 3},
		"posted, can look":  {3 * time.Minute, true, true, true, "", 3},
		"3 min, sure":       {3 * time.Minute, false, false, false, daily.Sure, 3},
		"20 s, sure":        {20 * time.Second, false, false, false, daily.Sure, 1},
		"an hour, can look": {time.Hour, true, true, true, "", 8},
		"posted, no key":    {3 * time.Minute, true, true, false, "", 3},
		"3 min, no key":     {3 * time.Minute, false, true, false, "", 3},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && tt.lasts != 3*time.Minute {
				t.Skip("outages of three minutes run the same code")
			}
			synctest.Test(t, func(t *testing.T) {
				const channels, tenants = 100, 2
				kept := new(storetest.Memory)
				h := newHarness(t, kept, bot.RateLimits{PerTenant: 3})
				h.prefer = tt.prefer
				if tt.dedupes {
					h.poster.limits.Dedupe = 2 * time.Minute
				}
				if tt.canSearch {
					h.posters.Set("slack", &lookable{poster: h.poster})
				}
				var at time.Time
				for i := range channels {
					at = putSchedule(t, kept, "slack", fmt.Sprint("T", i%tenants), fmt.Sprint("C", i), 10, "UTC").Next
				}
				var failed atomic.Int64
				h.poster.fail = func(int, bot.Channel) (error, bool) {
					if time.Since(at) > tt.lasts {
						return nil, true
					}
					failed.Add(1)
					return errOutage, tt.posted
				}
				for i := range 3 {
					defer h.another(fmt.Sprint(i))()
				}
				time.Sleep(time.Until(at.Add(2*tt.lasts + 20*time.Minute)))
				posts := make(map[string]int)
				for _, p := range h.poster.all() {
					posts[p.channel.ID]++
				}
				lost := channels - len(posts)
				for id, n := range posts {
					if n != 1 {
						t.Errorf("%s: got %d posts", id, n)
					}
				}
				if limit := tenants * tt.maxProbes; int(failed.Load()) > limit {
					t.Errorf("got %d posts during the outage, want at most %d", failed.Load(), limit)
				}
				if wantNone := tt.posted || tt.canSearch || tt.prefer == daily.Sure; lost > tenants*tt.maxProbes || wantNone && lost > 0 {
					t.Errorf("lost %d of %d posts after %d failures", lost, channels, failed.Load())
				}
			})
		})
	}
}

// TestCannotSearch checks that a post is not repeated if the bot may not read the channel.
func TestCannotSearch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := new(storetest.Memory)
		h := newHarness(t, kept, bot.RateLimits{Dedupe: 2 * time.Minute})
		h.posters.Set("slack", &lookable{h.poster, bot.ErrCannotSearch})
		at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
		h.poster.fail = func(int, bot.Channel) (error, bool) {
			if time.Since(at) < 3*time.Minute {
				return errOutage, true
			}
			return nil, true
		}
		defer h.run("a")()
		time.Sleep(time.Until(at.Add(time.Hour)))
		got, err := kept.Deliveries(t.Context(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 1)
		if n := len(h.poster.all()); n != 1 || err != nil || got[0].State != bot.Unknown {
			t.Errorf("got %d posts and deliveries %+v, %v; want one post and the state unclear", n, got, err)
		}
	})
}

// TestLookFails checks that a post is not repeated if every attempt to look for it fails, and
// that its delivery ends when it is too late for a post.
func TestLookFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := new(storetest.Memory)
		h := newHarness(t, kept, bot.RateLimits{})
		h.posters.Set("slack", &lookable{h.poster, errors.New("503")})
		h.tick = 5 * time.Second
		at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
		h.poster.fail = func(int, bot.Channel) (error, bool) { return errOutage, true }
		defer h.run("a")()
		time.Sleep(time.Until(at.Add(5 * time.Hour)))
		c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
		if got, err := kept.Deliveries(t.Context(), c, 1); err != nil || got[0].State != bot.Sending {
			t.Errorf("after 5 hours: got deliveries %+v, %v; want one that is still sending", got, err)
		}
		time.Sleep(2 * time.Hour)
		got, err := kept.Deliveries(t.Context(), c, 1)
		if n := len(h.poster.all()); n != 1 || err != nil || got[0].State != bot.Unknown || len(h.poster.directs) != 1 {
			t.Errorf("got %d posts, deliveries %+v, %v and direct messages %q; want one post, the state unclear and one message", n, got, err, h.poster.directs)
		}
	})
}

// TestRefusedTwice checks that only the same refusal on a second day pauses a schedule.
func TestRefusedTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for name, tt := range map[string]struct {
		codes  []string // of each day; "" for a post that succeeds
		paused bool
	}{
		"same":    {[]string{"is_archived", "is_archived"}, true},
		"another": {[]string{"is_archived", "not_in_channel"}, false},
		"fixed":   {[]string{"is_archived", "", "is_archived"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				h := newHarness(t, kept, bot.RateLimits{})
				h.tick = 10 * time.Second
				at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
				h.poster.fail = func(int, bot.Channel) (error, bool) {
					day := int(time.Since(at) / (24 * time.Hour))
					if code := tt.codes[min(day, len(tt.codes)-1)]; code != "" {
						return &bot.PostError{Fault: bot.ChannelUnavailable, Code: code, Err: errors.New(code)}, false
					}
					return nil, true
				}
				stop := h.run("a")
				time.Sleep(time.Until(at.Add(time.Duration(len(tt.codes)-1)*24*time.Hour + time.Hour)))
				stop()
				s, _, err := kept.Schedule(t.Context(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"})
				if err != nil || (s.Paused != "") != tt.paused {
					t.Errorf("got %+v, %v; want paused %v", s, err, tt.paused)
				}
			})
		})
	}
}

// TestRejectedTerm checks that a channel gets another term if the platform rejects one.
func TestRejectedTerm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := new(storetest.Memory)
		h := newHarness(t, kept, bot.RateLimits{})
		at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
		tries := 0
		h.poster.fail = func(int, bot.Channel) (error, bool) {
			if tries++; tries == 1 {
				return &bot.PostError{Fault: bot.ContentRejected, Code: "invalid_blocks", Err: errors.New("invalid_blocks")}, false
			}
			return nil, true
		}
		stop := h.run("a")
		time.Sleep(time.Until(at.Add(time.Minute)))
		stop()
		if posts := h.poster.all(); len(posts) != 1 || tries != 2 {
			t.Errorf("got %d posts after %d tries, want one after 2", len(posts), tries)
		}
		if !strings.Contains(h.log.String(), "level=ERROR msg=\"platform rejected term") {
			t.Errorf("the rejected term is not logged:\n%s", &h.log)
		}
	})
}

// hanging is a store whose calls hang until a time.
type hanging struct {
	fullStore
	until atomic.Pointer[time.Time]
}

func (s *hanging) wait(ctx context.Context) error {
	until := s.until.Load()
	if until == nil || time.Now().After(*until) {
		return nil
	}
	select {
	case <-time.After(time.Until(*until)):
		return errors.New("connection reset")
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *hanging) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	return s.fullStore.DueSchedules(ctx, limit)
}

// TestHangingStore checks that a connection that hangs stops the worker for only a few
// seconds, and that the worker logs it.
func TestHangingStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &hanging{fullStore: new(storetest.Memory)}
		h := newHarness(t, kept, bot.RateLimits{})
		at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
		stop := h.run("a")
		time.Sleep(time.Until(at.Add(-time.Second)))
		forever := at.Add(365 * 24 * time.Hour)
		kept.until.Store(&forever)
		time.Sleep(5 * time.Second)
		kept.until.Store(nil) // the pool opens another connection
		time.Sleep(time.Minute)
		stop()
		if posts := h.poster.all(); len(posts) != 1 || posts[0].at.Sub(at) > time.Minute {
			t.Errorf("got posts %v, want one within a minute of %v", posts, at)
		}
		if !strings.Contains(h.log.String(), "store unavailable") {
			t.Errorf("the store failure is not logged:\n%s", &h.log)
		}
	})
}

// another runs one more replica until stop is called.
func (h *harness) another(owner string) (stop func()) {
	replica := &harness{t: h.t, terms: h.terms, store: h.store, posters: h.posters, poster: h.poster, now: h.now, prefer: h.prefer, tick: h.tick}
	return replica.run(owner)
}

// lossy is a store whose connection breaks during the first call of three methods: that of
// Begin takes effect, those of Retry and TenantFailed do not.
type lossy struct {
	fullStore
	begun, retried, failed atomic.Bool
}

var errLost = errors.New("connection reset")

func (s *lossy) Begin(ctx context.Context, d bot.Delivery, owner, term string, round int, lease time.Duration) (bool, error) {
	ok, err := s.fullStore.Begin(ctx, d, owner, term, round, lease)
	if s.begun.CompareAndSwap(false, true) {
		return false, errLost
	}
	return ok, err
}

func (s *lossy) Retry(ctx context.Context, d bot.Delivery, owner string, at time.Time) error {
	if s.retried.CompareAndSwap(false, true) {
		return errLost
	}
	return s.fullStore.Retry(ctx, d, owner, at)
}

func (s *lossy) TenantFailed(ctx context.Context, t bot.Tenant, retryAt time.Time, probe bool) error {
	if s.failed.CompareAndSwap(false, true) {
		return errLost
	}
	return s.fullStore.TenantFailed(ctx, t, retryAt, probe)
}

// TestLostResponses checks that a post that was certainly not made is not lost if the store
// does not confirm the calls that record this.
func TestLostResponses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := &lossy{fullStore: new(storetest.Memory)}
		h := newHarness(t, kept, bot.RateLimits{})
		at := putSchedule(t, kept, "slack", "T", "C", 10, "UTC").Next
		tries := 0
		h.poster.fail = func(int, bot.Channel) (error, bool) {
			if tries++; tries == 1 {
				return &bot.PostError{Fault: bot.Retryable, Err: errors.New("dial")}, false
			}
			return nil, true
		}
		defer h.run("a")()
		time.Sleep(time.Until(at.Add(2 * time.Minute)))
		got, err := kept.Deliveries(t.Context(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 1)
		if n := len(h.poster.all()); n != 1 || tries != 2 || err != nil || got[0].State != bot.Sent {
			t.Errorf("got %d posts after %d tries and deliveries %+v, %v; want one post after 2 tries", n, tries, got, err)
		}
	})
}
