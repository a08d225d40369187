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
	"k8sbot/bot/reply"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A poster is a fake platform. It records posts, and fails as a test specifies.
type poster struct {
	limits bot.RateLimits

	mu      sync.Mutex
	posts   []post
	directs []string
	keys    map[string]knownPost
	// fail returns the error of a post, or nil. posted is true if the message arrives
	// despite the error.
	fail    func(n int, c bot.Channel) (err error, posted bool)
	latency time.Duration
}

// A knownPost is a message that the platform still recognizes by its key.
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

func (p *poster) Post(ctx context.Context, c bot.Channel, r reply.Reply, key string) (string, error) {
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

func (p *poster) SendDirect(_ context.Context, _ bot.Tenant, user string, r reply.Reply) error {
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

// A fullStore contains all store methods that daily terms need.
type fullStore interface {
	bot.ScheduleStore
	daily.Store
	daily.History
}

// A harness contains what a replica needs.
type harness struct {
	t       *testing.T
	terms   *glossary.Glossary
	store   fullStore
	posters *bot.Posters
	poster  *poster          // for Slack, unless a test sets another one
	now     func() time.Time // nil for time.Now
	log     bytes.Buffer     // of run; read it after stop
	prefer  daily.Preference
	tick    time.Duration // 0 for a second; a test of many hours looks for work less often, which is faster
}

var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

// realReplies is one bot for all replicas: it has no state, and its index takes long to
// build.
var realReplies = sync.OnceValue(func() daily.Replies {
	g, err := realTerms()
	if err != nil {
		panic(err)
	}
	return bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler)})
})

func newHarness(t *testing.T, store fullStore, limits bot.RateLimits) *harness {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	h := &harness{t: t, terms: g, store: store, posters: new(bot.Posters), poster: &poster{limits: limits}}
	h.posters.Set("slack", h.poster)
	return h
}

// run runs a replica until stop is called.
func (h *harness) run(owner string) (stop func()) {
	h.t.Helper()
	w := daily.New(daily.Options{
		Store: h.store, Picker: &daily.Picker{Glossary: h.terms, History: h.store, Now: h.now}, Posters: h.posters,
		Replies: realReplies(), Owner: owner, Log: slog.New(slog.NewTextHandler(&h.log, nil)), Now: h.now, Jitter: -1, Prefer: h.prefer, Tick: h.tick,
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

// putSchedule stores a schedule for a channel, from now on.
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

// TestOnceADay runs three replicas through a week with a clock change, and checks that
// each local day has one post. The replicas start an hour before each post and stop two
// hours after it, but on the day of the change they stop 22 hours after it.
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
			if testing.Short() {
				t.Skip("days of three replicas")
			}
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(tt.begin))
				store := new(storetest.Memory)
				sched := putSchedule(t, store, "slack", "T", "C", tt.at, tt.zone)
				shared := &poster{}
				for day := range 7 {
					next, _, err := sched.After(time.Now())
					if err != nil {
						t.Fatal(err)
					}
					time.Sleep(time.Until(next.Add(-time.Hour)))
					var stops []func()
					for i := range 3 {
						h := newHarness(t, store, bot.RateLimits{})
						h.posters.Set("slack", shared)
						h.tick = 10 * time.Second
						stops = append(stops, h.run(fmt.Sprint("replica ", i)))
					}
					if day == 3 { // the day of the clock change, if there is one
						time.Sleep(20 * time.Hour)
					}
					time.Sleep(3 * time.Hour)
					for _, stop := range stops {
						stop()
					}
				}
				loc, err := time.LoadLocation(tt.zone)
				if err != nil {
					t.Fatal(err)
				}
				days := make(map[string]int)
				terms := make(map[string]bool)
				for _, p := range shared.all() {
					days[p.at.In(loc).Format(time.DateOnly)]++
					if terms[p.term] {
						t.Errorf("%s: posted twice", p.term)
					}
					terms[p.term] = true
				}
				if len(days) != 7 {
					t.Errorf("got posts on days %v, want 7 days", days)
				}
				for day, n := range days {
					if n != 1 {
						t.Errorf("%s: got %d posts, want 1", day, n)
					}
				}
			})
		})
	}
}

// TestFailures checks how deliveries end if their posts fail.
func TestFailures(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	limited := &bot.PostError{Fault: bot.Retryable, After: 40 * time.Second, Err: errors.New("429")}
	down := &bot.PostError{Fault: bot.Retryable, Err: errors.New("down")}
	unknown := &bot.PostError{Fault: bot.OutcomeUnknown, Err: errors.New("timeout")}
	closed := &bot.PostError{Fault: bot.ChannelUnavailable, Code: "is_archived", Refusal: bot.ChannelClosed, Err: errors.New("is_archived")}
	c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
	for name, tt := range map[string]struct {
		limits  bot.RateLimits
		fail    func(try int) (error, bool)
		posts   int
		within  time.Duration // of the time of the post
		state   bot.DeliveryState
		directs int
	}{
		"limited":                   {bot.RateLimits{}, failing(limited, false, 2), 1, 2 * time.Minute, bot.Sent, 0},
		"down for an hour":          {bot.RateLimits{}, failing(down, false, 8), 1, 2 * time.Hour, bot.Sent, 0},
		"down for a day":            {bot.RateLimits{}, failing(down, false, 1000), 0, 0, bot.Skipped, 1},
		"closed":                    {bot.RateLimits{}, failing(closed, false, 1), 0, 0, bot.Failed, 1},
		"unknown, arrived":          {bot.RateLimits{}, failing(unknown, true, 1), 1, time.Second * 5, bot.Unknown, 1},
		"unknown, lost":             {bot.RateLimits{}, failing(unknown, false, 1), 0, 0, bot.Unknown, 1},
		"key known, arrived":        {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unknown, true, 1), 1, 5 * time.Second, bot.Sent, 0},
		"key known, lost":           {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unknown, false, 1), 1, 2 * time.Minute, bot.Sent, 0},
		"key known, always unknown": {bot.RateLimits{Dedupe: 2 * time.Minute}, failing(unknown, true, 100), 1, 5 * time.Second, bot.Unknown, 1},
		// A post that may have arrived is not sent again after the platform has forgotten its
		// key, whatever happened in between.
		"key known, arrived, then down":    {bot.RateLimits{Dedupe: 2 * time.Minute}, failingThen(failing(unknown, true, 1), failing(down, false, 6)), 1, 5 * time.Second, bot.Unknown, 1},
		"key known, arrived, then limited": {bot.RateLimits{Dedupe: 2 * time.Minute}, failingThen(failing(unknown, true, 1), failing(limited, false, 2)), 1, 5 * time.Second, bot.Sent, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := new(storetest.Memory)
				h := newHarness(t, store, tt.limits)
				h.tick = 5 * time.Second
				tries := 0
				h.poster.fail = func(int, bot.Channel) (error, bool) { tries++; return tt.fail(tries) }
				at := putSchedule(t, store, "slack", "T", "C", 9*60, "UTC").Next
				stop := h.run("a")
				time.Sleep(23 * time.Hour)
				stop()
				posts := h.poster.all()
				if len(posts) != tt.posts {
					t.Fatalf("got %d posts after %d tries, want %d", len(posts), tries, tt.posts)
				}
				if len(posts) > 0 && posts[0].at.Sub(at) > tt.within {
					t.Errorf("post is %v late, want at most %v", posts[0].at.Sub(at), tt.within)
				}
				got, err := store.Deliveries(context.Background(), c, 10)
				if err != nil || len(got) != 1 || got[0].State != tt.state {
					t.Errorf("got deliveries %+v, %v; want one that is %s", got, err, tt.state)
				}
				if len(h.poster.directs) != tt.directs {
					t.Errorf("got direct messages %q, want %d", h.poster.directs, tt.directs)
				}
				if told := fmt.Sprint(h.poster.directs); tt.state == bot.Failed && !strings.Contains(told, "archived or locked") {
					t.Errorf("got direct messages %s, want one that says why", told)
				}
				if sched, ok, _ := store.Schedule(context.Background(), c); !ok || sched.Paused != "" || (sched.RefusedDay != "") != (tt.state == bot.Failed) {
					t.Errorf("got schedule %+v, want it refused: %v", sched, tt.state == bot.Failed)
				}
			})
		})
	}
}

// failing returns a fail function for a poster that fails the first n tries.
func failing(err error, posted bool, n int) func(int) (error, bool) {
	return func(try int) (error, bool) {
		if try <= n {
			return err, posted
		}
		return nil, true
	}
}

// TestLimited checks that a workspace that is rate limited (429) gets no posts for as
// long as Slack asks for, and that other workspaces are not affected.
func TestLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(storetest.Memory)
		h := newHarness(t, store, bot.RateLimits{PerTenant: 3})
		const channels, pause = 50, 2 * time.Minute
		var at time.Time
		for i := range channels {
			at = putSchedule(t, store, "slack", "full", fmt.Sprint("C", i), 9*60, "UTC").Next
			putSchedule(t, store, "slack", "free", fmt.Sprint("C", i), 9*60, "UTC")
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
		if refused > 4 { // as many as may be in progress
			t.Errorf("got %d posts to the limited workspace, want at most 4", refused)
		}
		if n := len(h.poster.all()); n != channels {
			t.Errorf("got %d posts to the other workspace, want %d", n, channels)
		}
		time.Sleep(time.Minute)
		if n := len(h.poster.all()); n != 2*channels {
			t.Errorf("got %d posts afterwards, want %d", n, 2*channels)
		}
	})
}

// failingThen returns a fail function that calls first for the first try, and then for the
// others.
func failingThen(first, then func(int) (error, bool)) func(int) (error, bool) {
	return func(try int) (error, bool) {
		if try == 1 {
			return first(try)
		}
		return then(try)
	}
}

// TestLate checks that a post that was missed while no replica ran is made up, unless it
// is six hours late, and that older days are skipped.
func TestLate(t *testing.T) {
	for _, tt := range []struct {
		down  time.Duration // after the time of the first post
		posts int
	}{
		{5 * time.Hour, 1}, {7 * time.Hour, 0}, {24*time.Hour + 5*time.Hour, 1}, {30*24*time.Hour + time.Hour, 1}, {30*24*time.Hour + 7*time.Hour, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			store := new(storetest.Memory)
			h := newHarness(t, store, bot.RateLimits{})
			at := putSchedule(t, store, "slack", "T", "C", 9*60, "UTC").Next
			time.Sleep(time.Until(at.Add(tt.down)))
			stop := h.run("a")
			time.Sleep(time.Hour)
			stop()
			if n := len(h.poster.all()); n != tt.posts {
				t.Errorf("down for %v: got %d posts, want %d", tt.down, n, tt.posts)
			}
			for day := at; day.Before(time.Now().Add(-6*time.Hour)) && day.Before(at.Add(48*time.Hour)); day = day.Add(24 * time.Hour) {
				// The log names the first day, and the next one as the start of the missed days.
				if date := day.Format(time.DateOnly); !strings.Contains(h.log.String(), date) {
					t.Errorf("down for %v: %s is not in the log:\n%s", tt.down, date, h.log.String())
				}
			}
			got, err := store.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 100)
			if err != nil || len(got) > 3 {
				t.Errorf("down for %v: got %d deliveries, %v; want at most 3", tt.down, len(got), err)
			}
		})
	}
}

// A dyingStore stops a replica at one of its calls, as kill -9 would: all calls fail
// from then on.
type dyingStore struct {
	fullStore
	mu   sync.Mutex
	left int // number of calls left
}

var errDead = errors.New("replica is dead")

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

func (d *dyingStore) Retry(ctx context.Context, v bot.Delivery, owner string, at time.Time) error {
	if !d.alive() {
		return errDead
	}
	return d.fullStore.Retry(ctx, v, owner, at)
}

func (d *dyingStore) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if !d.alive() {
		return bot.Delivery{}, false, errDead
	}
	return d.fullStore.Claim(ctx, t, owner, lease)
}

// TestDies kills a replica at each of its steps, and checks that another replica takes over and
// that nothing is posted twice.
func TestDies(t *testing.T) {
	for name, limits := range map[string]bot.RateLimits{"slack": {}, "discord": {Dedupe: 2 * time.Minute}} {
		for steps := 1; steps <= 4; steps++ {
			t.Run(fmt.Sprintf("%s/%d", name, steps), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					store := new(storetest.Memory)
					shared := &poster{limits: limits}
					putSchedule(t, store, "slack", "T", "C", 9*60, "UTC")
					dying := newHarness(t, &dyingStore{fullStore: store, left: steps}, limits)
					dying.posters.Set("slack", shared)
					dying.tick = 5 * time.Second
					defer dying.run("dying")()
					time.Sleep(9*time.Hour + 5*time.Second)
					healthy := newHarness(t, store, limits)
					healthy.posters.Set("slack", shared)
					healthy.tick = dying.tick
					defer healthy.run("healthy")()
					time.Sleep(time.Hour)
					if n := len(shared.all()); n != 1 {
						t.Errorf("got %d posts, want 1", n)
					}
				})
			})
		}
	}
}

// TestManyChannels posts to 10,000 channels that are due in the same minute, on time or
// an hour late, as fast as the platforms allow.
func TestManyChannels(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the same code as TestChaos, for 10,000 channels")
	}
	for name, down := range map[string]time.Duration{"on time": 0, "an hour late": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const channels, tenants = 10_000, 200
				store := new(storetest.Memory)
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
					at = putSchedule(t, store, bot.Platform(platform), tenant, fmt.Sprint("C", i), 9*60, "UTC").Next
				}
				time.Sleep(time.Until(at.Add(down)))
				begin := time.Now()
				for i := range 2 {
					h := &harness{t: t, terms: g, store: store, posters: new(bot.Posters)}
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
						t.Fatalf("%v: got two posts, want one", p.channel)
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
					t.Errorf("got posts in %d channels of %d within ten minutes", len(seen), channels)
				}
				// Two replicas, each with its own limiter and a burst of a second's worth.
				for key, n := range perSecond {
					if strings.HasPrefix(key, "discord") && n > 2*2*15 || strings.HasPrefix(key, "slack") && !strings.Contains(key, " all ") && n > 2*2*3 {
						t.Errorf("%s: got %d posts within a second", key, n)
					}
				}
				t.Logf("last post after %v, in small workspaces after %v", last, lastSmall)
				if lastSmall > time.Minute {
					t.Errorf("last post in small workspaces after %v, want at most a minute", lastSmall)
				}
			})
		})
	}
}

// A downStore fails all calls while it is down.
type downStore struct {
	fullStore
	down func() bool
}

var errDown = errors.New("store is down")

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

func (a *downStore) Retry(ctx context.Context, v bot.Delivery, owner string, at time.Time) error {
	if a.down() {
		return errDown
	}
	return a.fullStore.Retry(ctx, v, owner, at)
}

func (a *downStore) End(ctx context.Context, v bot.Delivery, owner string, s bot.DeliveryState, ref string) error {
	if a.down() {
		return errDown
	}
	return a.fullStore.End(ctx, v, owner, s, ref)
}

// TestStoreDown checks that a store that is down when a post is due, or goes down in the
// middle of one, delays the post and does not duplicate it.
func TestStoreDown(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to time.Duration // of the time of the post
		state    bot.DeliveryState
	}{
		"before":               {-time.Hour, time.Hour, bot.Sent},
		"too long":             {-time.Hour, 7 * time.Hour, bot.Skipped},
		"while it is posted":   {time.Second, 20 * time.Second, bot.Sent},
		"longer than a claim":  {time.Second, time.Minute, bot.Unknown},
		"while it is prepared": {0, time.Minute, bot.Sent},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := new(storetest.Memory)
				at := putSchedule(t, store, "slack", "T", "C", 9*60, "UTC").Next
				h := newHarness(t, &downStore{store, func() bool {
					now := time.Now()
					return !now.Before(at.Add(tt.from)) && now.Before(at.Add(tt.to))
				}}, bot.RateLimits{})
				h.poster.latency = 5 * time.Second
				h.tick = 5 * time.Second
				defer h.run("a")()
				time.Sleep(20 * time.Hour)
				got, err := store.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 10)
				if err != nil || len(got) != 1 || got[0].State != tt.state {
					t.Errorf("got deliveries %+v, %v; want one that is %s", got, err, tt.state)
				}
				if n := len(h.poster.all()); n > 1 || n == 0 && tt.state != bot.Skipped {
					t.Errorf("got %d posts", n)
				}
			})
		})
	}
}

// TestClockSteps checks that setting a clock forward and back does not cause a second post.
func TestClockSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	synctest.Test(t, func(t *testing.T) {
		var step atomic.Int64
		now := func() time.Time { return time.Now().Add(time.Duration(step.Load())) }
		store := &storetest.Memory{Now: now}
		putSchedule(t, store, "slack", "T", "C", 9*60, "UTC")
		h := newHarness(t, store, bot.RateLimits{})
		h.now, h.tick = now, 10*time.Second
		defer h.run("a")()
		posts := func(want int) {
			t.Helper()
			if n := len(h.poster.all()); n != want {
				t.Errorf("%v: got %d posts, want %d", now(), n, want)
			}
		}
		time.Sleep(8 * time.Hour)
		posts(0)
		step.Store(int64(2 * time.Hour)) // 10:00
		time.Sleep(time.Minute)
		posts(1)
		step.Store(0) // 08:01 again
		time.Sleep(4 * time.Hour)
		posts(1)
		step.Store(int64(-3 * time.Hour)) // 09:01 for the second time
		time.Sleep(6 * time.Hour)
		posts(1)
		step.Store(0)
		time.Sleep(24 * time.Hour)
		posts(2)
		step.Store(int64(400 * 24 * time.Hour)) // the wrong year
		time.Sleep(time.Minute)
		step.Store(0)
		time.Sleep(3 * 24 * time.Hour)
		if n := len(h.poster.all()); n < 4 || n > 5 { // 4 if a day was skipped
			t.Errorf("after a wrong year: got %d posts, want 4 or 5", n)
		}
	})
}

// TestStops checks that a stopped replica finishes its posts and aborts those that take too
// long, whose outcome is then unknown.
func TestStops(t *testing.T) {
	for took, want := range map[time.Duration]bot.DeliveryState{2 * time.Second: bot.Sent, 15 * time.Second: bot.Unknown} {
		synctest.Test(t, func(t *testing.T) {
			store := new(storetest.Memory)
			at := putSchedule(t, store, "slack", "T", "C", 9*60, "UTC").Next
			h := newHarness(t, store, bot.RateLimits{})
			h.poster.latency = took
			stop := h.run("a")
			time.Sleep(time.Until(at.Add(1500 * time.Millisecond)))
			start := time.Now()
			stop()
			if waited := time.Since(start); waited > 8*time.Second {
				t.Errorf("stopping took %v, want at most 8s", waited)
			}
			got, err := store.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 10)
			if err != nil || len(got) != 1 || got[0].State != want {
				t.Errorf("post takes %v: got deliveries %+v, %v; want one that is %s", took, got, err, want)
			}
		})
	}
}
