package daily_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A poster stands in for a platform: it takes down what is posted, and fails as a
// test wants it to.
type poster struct {
	limits bot.RateLimits

	mu      sync.Mutex
	posts   []post
	directs []string
	keys    map[string]knownPost
	// fail returns the error of a post, nil for none; posted is set if the
	// message arrives all the same.
	fail    func(n int, c bot.Channel) (err error, posted bool)
	latency time.Duration
}

// knownPost is a message that a platform knows by its key, for a time.
type knownPost struct {
	ref string
	at  time.Time
}

type post struct {
	channel bot.Channel
	at      time.Time
	term    string
	text    string
	key     string
}

func (p *poster) RateLimits() bot.RateLimits { return p.limits }

func (p *poster) Post(ctx context.Context, c bot.Channel, r bot.Reply, key string) (string, error) {
	select {
	case <-time.After(p.latency):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	var err error
	posted := true
	if p.fail != nil {
		if err, posted = p.fail(len(p.posts), c); err == nil {
			posted = true
		}
	}
	if known, ok := p.keys[key]; ok && time.Since(known.at) <= p.limits.Dedupe {
		return known.ref, err
	}
	ref := fmt.Sprint("message ", len(p.posts)+1)
	term := ""
	if len(r.Matches) > 0 {
		term = r.Matches[0].Term.ID
	}
	if posted {
		p.posts = append(p.posts, post{c, time.Now(), term, fmt.Sprint(r.Blocks), key})
		if p.keys == nil {
			p.keys = make(map[string]knownPost)
		}
		p.keys[key] = knownPost{ref, time.Now()}
	}
	return ref, err
}

func (p *poster) SendDirect(_ context.Context, _ bot.Tenant, user string, r bot.Reply) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.directs = append(p.directs, user+": "+fmt.Sprint(r.Blocks))
	return nil
}

func (p *poster) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.posts)
}

// A fullStore is all stores that daily terms take.
type fullStore interface {
	bot.ScheduleStore
	daily.Store
	daily.History
}

// A harness is what a replica works with.
type harness struct {
	t       *testing.T
	terms   *glossary.Glossary
	store   fullStore
	posters *bot.Posters
	poster  *poster          // of Slack, until a test sets another
	now     func() time.Time // nil for time.Now
	log     bytes.Buffer     // of run, once it has stopped
}

var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

func newHarness(t *testing.T, kept fullStore, limits bot.RateLimits) *harness {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	h := &harness{t: t, terms: g, store: kept, posters: new(bot.Posters), poster: &poster{limits: limits}}
	h.posters.Set("slack", h.poster)
	return h
}

// run runs a replica until stop is called.
func (h *harness) run(owner string) (stop func()) {
	h.t.Helper()
	w := daily.New(daily.Options{
		Store: h.store, Picker: &daily.Picker{Glossary: h.terms, History: h.store, Now: h.now}, Posters: h.posters,
		Replies: bot.New(h.terms, bot.Options{Log: slog.New(slog.DiscardHandler)}),
		Owner:   owner, Log: slog.New(slog.NewTextHandler(&h.log, nil)), Now: h.now,
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			h.t.Error(err)
		}
	}
}

// putSchedule sets a channel's daily term, as of now.
func putSchedule(t *testing.T, s bot.ScheduleStore, platform bot.Platform, tenant, id string, at schedule.TimeOfDay, zone string) bot.Schedule {
	t.Helper()
	sched := bot.Schedule{
		Channel: bot.Channel{Platform: platform, Tenant: tenant, ID: id}, Spec: schedule.Spec{Time: at, Zone: zone, Days: schedule.EveryDay},
		Lang: glossary.English, Creator: "creator",
	}
	next, _, err := sched.After(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	sched.Next = next
	if err := s.PutSchedule(context.Background(), sched); err != nil {
		t.Fatal(err)
	}
	return sched
}

// TestOnceADay runs three replicas through days on which clocks change: each local
// day has one post.
func TestOnceADay(t *testing.T) {
	for _, tt := range []struct {
		zone  string
		at    schedule.TimeOfDay
		begin time.Time
	}{
		{"America/New_York", 2*60 + 30, time.Date(2000, 3, 30, 0, 0, 0, 0, time.UTC)},  // 2 April has no 02:30
		{"America/New_York", 1*60 + 30, time.Date(2000, 10, 26, 0, 0, 0, 0, time.UTC)}, // 29 October has it twice
		{"Asia/Tokyo", 0, time.Date(2000, 1, 5, 0, 0, 0, 0, time.UTC)},
		{"Pacific/Apia", 23*60 + 59, time.Date(2000, 1, 5, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(tt.zone, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(tt.begin))
				kept := new(storetest.Memory)
				putSchedule(t, kept, "slack", "T", "C", tt.at, tt.zone)
				shared := &poster{}
				for i := range 3 {
					h := newHarness(t, kept, bot.RateLimits{})
					h.posters.Set("slack", shared)
					defer h.run(fmt.Sprint("replica ", i))()
				}
				time.Sleep(7 * 24 * time.Hour)
				loc, err := time.LoadLocation(tt.zone)
				if err != nil {
					t.Fatal(err)
				}
				days := make(map[string]int)
				terms := make(map[string]bool)
				for _, p := range shared.all() {
					days[p.at.In(loc).Format(time.DateOnly)]++
					if terms[p.term] {
						t.Errorf("%s is posted twice", p.term)
					}
					terms[p.term] = true
				}
				if len(days) != 7 {
					t.Errorf("the days are %v", days)
				}
				for day, n := range days {
					if n != 1 {
						t.Errorf("%s has %d posts", day, n)
					}
				}
			})
		})
	}
}

// TestFailures holds what becomes of a post that fails.
func TestFailures(t *testing.T) {
	limited := &bot.PostError{Fault: bot.Retryable, After: 40 * time.Second, Err: errors.New("429")}
	down := &bot.PostError{Fault: bot.Retryable, Err: errors.New("down")}
	unclear := &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("timeout")}
	closed := &bot.PostError{Fault: bot.ChannelUnavailable, Code: "is_archived", Err: errors.New("is_archived")}
	c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
	for name, tt := range map[string]struct {
		limits bot.RateLimits
		fail   func(try int) (error, bool)
		posts  int
		within time.Duration // of the time of the post
		state  bot.DeliveryState
		told   int
	}{
		"limited":                   {bot.RateLimits{}, failing(limited, false, 2), 1, 2 * time.Minute, bot.Sent, 0},
		"down for an hour":          {bot.RateLimits{}, failing(down, false, 8), 1, 2 * time.Hour, bot.Sent, 0},
		"down for a day":            {bot.RateLimits{}, failing(down, false, 1000), 0, 0, bot.Skipped, 0},
		"closed":                    {bot.RateLimits{}, failing(closed, false, 1), 0, 0, bot.Failed, 1},
		"unclear, arrived":          {bot.RateLimits{}, failing(unclear, true, 1), 1, time.Second * 5, bot.Unknown, 0},
		"unclear, lost":             {bot.RateLimits{}, failing(unclear, false, 1), 0, 0, bot.Unknown, 0},
		"key known, arrived":        {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unclear, true, 1), 1, 5 * time.Second, bot.Sent, 0},
		"key known, lost":           {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unclear, false, 1), 1, 2 * time.Minute, bot.Sent, 0},
		"key known, always unclear": {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unclear, true, 100), 1, 5 * time.Second, bot.Unknown, 0},
		// What may have arrived is not sent anew once its key is no longer known,
		// whatever came in between.
		"key known, arrived, then down":    {bot.RateLimits{Dedupe: 2 * time.Minute}, failingThen(failing(unclear, true, 1), failing(down, false, 6)), 1, 5 * time.Second, bot.Unknown, 0},
		"key known, arrived, then limited": {bot.RateLimits{Dedupe: 2 * time.Minute}, failingThen(failing(unclear, true, 1), failing(limited, false, 2)), 1, 5 * time.Second, bot.Sent, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				h := newHarness(t, kept, tt.limits)
				tries := 0
				h.poster.fail = func(int, bot.Channel) (error, bool) { tries++; return tt.fail(tries) }
				at := putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
				stop := h.run("a")
				time.Sleep(23 * time.Hour)
				stop()
				posts := h.poster.all()
				if len(posts) != tt.posts {
					t.Fatalf("there are %d posts, want %d, after %d tries", len(posts), tt.posts, tries)
				}
				if len(posts) > 0 && posts[0].at.Sub(at) > tt.within {
					t.Errorf("posted %v late", posts[0].at.Sub(at))
				}
				got, err := kept.Deliveries(context.Background(), c, 10)
				if err != nil || len(got) != 1 || got[0].State != tt.state {
					t.Errorf("the deliveries are %+v, %v", got, err)
				}
				if len(h.poster.directs) != tt.told {
					t.Errorf("told is %v", h.poster.directs)
				}
				if sched, ok, _ := kept.Schedule(context.Background(), c); !ok || (sched.Paused != "") != (tt.state == bot.Failed) {
					t.Errorf("the schedule is %+v", sched)
				}
			})
		})
	}
}

// failing fails the first n tries.
func failing(err error, posted bool, n int) func(int) (error, bool) {
	return func(try int) (error, bool) {
		if try <= n {
			return err, posted
		}
		return nil, true
	}
}

// TestLimited holds that a workspace that has had enough (429) is left alone for as
// long as it says, and others are not.
func TestLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		kept := new(storetest.Memory)
		h := newHarness(t, kept, bot.RateLimits{PerTenant: 3})
		const channels, pause = 50, 2 * time.Minute
		var at time.Time
		for i := range channels {
			at = putSchedule(t, kept, "slack", "full", fmt.Sprint("C", i), 9*60, "UTC").Next
			putSchedule(t, kept, "slack", "free", fmt.Sprint("C", i), 9*60, "UTC")
		}
		refused := 0
		h.poster.fail = func(_ int, c bot.Channel) (error, bool) {
			left := pause - time.Since(at)
			if c.Tenant != "full" || left <= 0 {
				return nil, true
			}
			refused++
			return &bot.PostError{Fault: bot.Retryable, After: left, Err: errors.New("429")}, false
		}
		defer h.run("a")()
		time.Sleep(time.Until(at.Add(pause - time.Second)))
		if refused > 4 { // as many as are under way at once
			t.Errorf("a workspace that has had enough gets %d posts more", refused)
		}
		if n := len(h.poster.all()); n != channels {
			t.Errorf("the other workspace has %d posts, want %d", n, channels)
		}
		time.Sleep(time.Minute)
		if n := len(h.poster.all()); n != 2*channels {
			t.Errorf("afterwards there are %d posts, want %d", n, 2*channels)
		}
	})
}

// failingThen fails the first try as first does, and the others as then does.
func failingThen(first, then func(int) (error, bool)) func(int) (error, bool) {
	return func(try int) (error, bool) {
		if try == 1 {
			return first(try)
		}
		return then(try)
	}
}

// TestLate holds that what nobody was there for is posted when somebody is, unless
// it is six hours late, and that older days are passed over.
func TestLate(t *testing.T) {
	for _, tt := range []struct {
		away  time.Duration // after the time of the first post
		posts int
	}{
		{5 * time.Hour, 1}, {7 * time.Hour, 0}, {24*time.Hour + 5*time.Hour, 1}, {30*24*time.Hour + time.Hour, 1}, {30*24*time.Hour + 7*time.Hour, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			kept := new(storetest.Memory)
			h := newHarness(t, kept, bot.RateLimits{})
			at := putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
			time.Sleep(time.Until(at.Add(tt.away)))
			stop := h.run("a")
			time.Sleep(time.Hour)
			stop()
			if n := len(h.poster.all()); n != tt.posts {
				t.Errorf("after %v there are %d posts, want %d", tt.away, n, tt.posts)
			}
			for day := at; day.Before(time.Now().Add(-6*time.Hour)) && day.Before(at.Add(48*time.Hour)); day = day.Add(24 * time.Hour) {
				// The first is skipped, and the second begins those that are passed over.
				if said := day.Format(time.DateOnly); !strings.Contains(h.log.String(), said) {
					t.Errorf("after %v the log does not tell that %s has none:\n%s", tt.away, said, h.log.String())
				}
			}
			got, err := kept.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 100)
			if err != nil || len(got) > 3 {
				t.Errorf("there are %d deliveries, %v", len(got), err)
			}
		})
	}
}

// A dying store ends a replica at one of its calls, as kill -9 does: from then on
// the replica does nothing more.
type dyingStore struct {
	fullStore
	mu   sync.Mutex
	left int // calls
}

var errDead = errors.New("this replica is dead")

func (d *dyingStore) alive() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left--
	return d.left > 0
}

func (d *dyingStore) Begin(ctx context.Context, v bot.Delivery, owner, term string, round int, lease time.Duration) (bool, error) {
	if !d.alive() {
		return false, errDead
	}
	return d.fullStore.Begin(ctx, v, owner, term, round, lease)
}

func (d *dyingStore) End(ctx context.Context, v bot.Delivery, owner string, s bot.DeliveryState, ref string) error {
	if !d.alive() {
		return errDead
	}
	return d.fullStore.End(ctx, v, owner, s, ref)
}

func (d *dyingStore) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if !d.alive() {
		return bot.Delivery{}, false, errDead
	}
	return d.fullStore.Claim(ctx, t, owner, lease)
}

// TestDies ends a replica at each of its steps: the other posts what it left, and
// nothing is posted twice.
func TestDies(t *testing.T) {
	for name, limits := range map[string]bot.RateLimits{"slack": {}, "discord": {Dedupe: 2 * time.Minute}} {
		for steps := 1; steps <= 4; steps++ {
			t.Run(fmt.Sprintf("%s/%d", name, steps), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					kept := new(storetest.Memory)
					shared := &poster{limits: limits}
					putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC")
					dying := newHarness(t, &dyingStore{fullStore: kept, left: steps}, limits)
					dying.posters.Set("slack", shared)
					defer dying.run("dying")()
					time.Sleep(9*time.Hour + 5*time.Second)
					well := newHarness(t, kept, limits)
					well.posters.Set("slack", shared)
					defer well.run("well")()
					time.Sleep(time.Hour)
					if n := len(shared.all()); n != 1 {
						t.Errorf("there are %d posts, want 1", n)
					}
				})
			})
		}
	}
}

// TestManyChannels posts to 10,000 channels at one minute, and works off the
// backlog of an hour, at the pace that the platforms allow.
func TestManyChannels(t *testing.T) {
	for name, away := range map[string]time.Duration{"on time": 0, "an hour late": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const channels, tenants = 10_000, 200
				kept := new(storetest.Memory)
				slack, discord := &poster{limits: bot.RateLimits{PerTenant: 3}, latency: 200 * time.Millisecond}, &poster{limits: bot.RateLimits{Total: 15, Dedupe: time.Minute}, latency: 200 * time.Millisecond}
				g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
				if err != nil {
					t.Fatal(err)
				}
				var at time.Time
				for i := range channels {
					platform := "slack"
					if i%2 == 1 {
						platform = "discord"
					}
					// Half of each platform's channels are in one tenant.
					tenant := fmt.Sprint("T", i%tenants)
					if i%4 < 2 {
						tenant = "big"
					}
					at = putSchedule(t, kept, bot.Platform(platform), tenant, fmt.Sprint("C", i), 9*60, "UTC").Next
				}
				time.Sleep(time.Until(at.Add(away)))
				begin := time.Now()
				for i := range 2 {
					h := &harness{t: t, terms: g, store: kept, posters: new(bot.Posters)}
					h.posters.Set("slack", slack)
					h.posters.Set("discord", discord)
					defer h.run(fmt.Sprint("replica ", i))()
				}
				time.Sleep(10 * time.Minute)
				seen := make(map[bot.Channel]bool)
				perSecond := make(map[string]int)
				var last, lastSmall time.Duration
				for _, p := range append(slack.all(), discord.all()...) {
					if seen[p.channel] {
						t.Fatalf("%v gets two posts", p.channel)
					}
					seen[p.channel] = true
					since := p.at.Sub(begin)
					last = max(last, since)
					perSecond[fmt.Sprintf("%s %s %d", p.channel.Platform, p.channel.Tenant, since/time.Second)]++
					perSecond[fmt.Sprintf("%s all %d", p.channel.Platform, since/time.Second)]++
					if p.channel.Platform == "slack" && p.channel.Tenant != "big" {
						lastSmall = max(lastSmall, since)
					}
				}
				if len(seen) != channels {
					t.Errorf("%d channels of %d got a post in ten minutes", len(seen), channels)
				}
				// Two replicas, each with its own pace and a second's worth at once.
				for key, n := range perSecond {
					if strings.HasPrefix(key, "discord") && n > 2*2*15 || strings.HasPrefix(key, "slack") && !strings.Contains(key, " all ") && n > 2*2*3 {
						t.Errorf("%s: %d posts in a second", key, n)
					}
				}
				t.Logf("the last post of all comes after %v, and of the small workspaces after %v", last, lastSmall)
				if lastSmall > time.Minute {
					t.Errorf("a small workspace waits %v behind the large one", lastSmall)
				}
			})
		})
	}
}

// A downStore fails at every call while it is away.
type downStore struct {
	fullStore
	down func() bool
}

var errDown = errors.New("the store is away")

func (a *downStore) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	if a.down() {
		return nil, errDown
	}
	return a.fullStore.DueSchedules(ctx, limit)
}

func (a *downStore) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	if a.down() {
		return nil, errDown
	}
	return a.fullStore.DueTenants(ctx)
}

func (a *downStore) Begin(ctx context.Context, v bot.Delivery, owner, term string, round int, lease time.Duration) (bool, error) {
	if a.down() {
		return false, errDown
	}
	return a.fullStore.Begin(ctx, v, owner, term, round, lease)
}

func (a *downStore) End(ctx context.Context, v bot.Delivery, owner string, s bot.DeliveryState, ref string) error {
	if a.down() {
		return errDown
	}
	return a.fullStore.End(ctx, v, owner, s, ref)
}

// TestStoreAway holds that a store that is away at the time of a post, or goes away
// in the middle of one, delays it and doubles nothing.
func TestStoreAway(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to time.Duration // of the time of the post
		state    bot.DeliveryState
	}{
		"before":               {-time.Hour, time.Hour, bot.Sent},
		"too long":             {-time.Hour, 7 * time.Hour, bot.Skipped},
		"while it is posted":   {time.Second, 10 * time.Second, bot.Unknown},
		"while it is prepared": {0, time.Minute, bot.Sent},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				at := putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
				h := newHarness(t, &downStore{kept, func() bool {
					now := time.Now()
					return !now.Before(at.Add(tt.from)) && now.Before(at.Add(tt.to))
				}}, bot.RateLimits{})
				h.poster.latency = 5 * time.Second
				defer h.run("a")()
				time.Sleep(20 * time.Hour)
				got, err := kept.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 10)
				if err != nil || len(got) != 1 || got[0].State != tt.state {
					t.Errorf("the deliveries are %+v, %v", got, err)
				}
				if n := len(h.poster.all()); n > 1 || n == 0 && tt.state != bot.Skipped {
					t.Errorf("there are %d posts", n)
				}
			})
		})
	}
}

// TestClockSteps holds that a clock that is set forward and back makes no second
// post.
func TestClockSteps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var step atomic.Int64
		now := func() time.Time { return time.Now().Add(time.Duration(step.Load())) }
		kept := &storetest.Memory{Now: now}
		putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC")
		h := newHarness(t, kept, bot.RateLimits{})
		h.now = now
		defer h.run("a")()
		posts := func(want int) {
			t.Helper()
			if n := len(h.poster.all()); n != want {
				t.Errorf("at %v there are %d posts, want %d", now(), n, want)
			}
		}
		time.Sleep(8 * time.Hour)
		posts(0)
		step.Store(int64(2 * time.Hour)) // it is ten
		time.Sleep(time.Minute)
		posts(1)
		step.Store(0) // it is eight again
		time.Sleep(4 * time.Hour)
		posts(1)
		step.Store(int64(-3 * time.Hour)) // and nine once more
		time.Sleep(6 * time.Hour)
		posts(1)
		step.Store(0)
		time.Sleep(24 * time.Hour)
		posts(2)
		step.Store(int64(400 * 24 * time.Hour)) // somebody mistypes the year
		time.Sleep(time.Minute)
		step.Store(0)
		time.Sleep(3 * 24 * time.Hour)
		if n := len(h.poster.all()); n < 4 || n > 5 { // without a day that was skipped
			t.Errorf("after a wrong year there are %d posts", n)
		}
	})
}

// TestStops holds that a replica that is told to stop finishes its posts, and cuts
// off those that take too long, which end as what they are: unclear.
func TestStops(t *testing.T) {
	for took, want := range map[time.Duration]bot.DeliveryState{2 * time.Second: bot.Sent, 15 * time.Second: bot.Unknown} {
		synctest.Test(t, func(t *testing.T) {
			kept := new(storetest.Memory)
			at := putSchedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
			h := newHarness(t, kept, bot.RateLimits{})
			h.poster.latency = took
			stop := h.run("a")
			time.Sleep(time.Until(at.Add(1500 * time.Millisecond)))
			began := time.Now()
			stop()
			if waited := time.Since(began); waited > 8*time.Second {
				t.Errorf("it takes %v to stop", waited)
			}
			got, err := kept.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 10)
			if err != nil || len(got) != 1 || got[0].State != want {
				t.Errorf("the deliveries are %+v, %v", got, err)
			}
		})
	}
}
