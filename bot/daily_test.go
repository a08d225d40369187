package bot_test

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
	"k8sbot/bot/store"
	"k8sbot/glossary"
)

// A poster stands in for a platform: it takes down what is posted, and fails as a
// test wants it to.
type poster struct {
	rules bot.PostRules

	mu    sync.Mutex
	posts []post
	told  []string
	keys  map[string]known
	// fail returns the error of a post, nil for none; posted is set where the
	// message arrives all the same.
	fail func(n int, c bot.Channel) (err error, posted bool)
	took time.Duration
}

// known is a message that a platform knows by its key, for a time.
type known struct {
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

func (p *poster) PostRules() bot.PostRules { return p.rules }

func (p *poster) Post(ctx context.Context, c bot.Channel, r bot.Reply, key string) (string, error) {
	select {
	case <-time.After(p.took):
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
	if known, ok := p.keys[key]; ok && time.Since(known.at) <= p.rules.Dedupe {
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
			p.keys = make(map[string]known)
		}
		p.keys[key] = known{ref, time.Now()}
	}
	return ref, err
}

func (p *poster) Tell(_ context.Context, _ bot.Tenant, user string, r bot.Reply) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, user+": "+fmt.Sprint(r.Blocks))
	return nil
}

func (p *poster) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.posts)
}

// A stand is a bot with daily terms.
type stand struct {
	t      *testing.T
	bot    *bot.Bot
	store  bot.DailyStore
	poster *poster
	log    bytes.Buffer // of run, once it has stopped
}

var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

func newStand(t *testing.T, kept bot.DailyStore, rules bot.PostRules) *stand {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	langs, _ := kept.(bot.Store)
	s := &stand{t: t, store: kept, poster: &poster{rules: rules}}
	s.bot = bot.New(g, bot.Options{Store: langs, Daily: kept, Log: slog.New(slog.DiscardHandler)})
	s.bot.PostBy("slack", s.poster)
	return s
}

// ask asks as a member of a channel.
func (s *stand) ask(text string, change ...func(*bot.Request)) bot.Reply {
	req := bot.Request{
		ID: fmt.Sprint(time.Now().UnixNano()), Platform: "slack", Tenant: "T", Surface: bot.Slash, User: "U", Channel: "C", Text: text,
		Locales: []string{"en"}, TimeZone: "Europe/Berlin",
		CanManage: func(context.Context) (bool, error) { return true, nil },
	}
	for _, c := range change {
		c(&req)
	}
	return s.bot.Handle(context.Background(), req)
}

func press(action string) func(*bot.Request) {
	return func(r *bot.Request) { r.Text, r.Action, r.Surface = "", action, bot.Button }
}

func says(r bot.Reply) string { return fmt.Sprint(r.Blocks) }

// run runs a replica until stop is called.
func (s *stand) run(owner string) (stop func()) {
	s.t.Helper()
	d, err := bot.NewDaily(s.bot, bot.DailyOptions{Owner: owner, Log: slog.New(slog.NewTextHandler(&s.log, nil))})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- d.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			s.t.Error(err)
		}
	}
}

// TestDailyCommands goes through a channel's life with the daily term.
func TestDailyCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// A bubble begins at midnight UTC of 1 January 2000, a Saturday.
		s := newStand(t, new(store.Memory), bot.PostRules{})
		for _, tt := range []struct{ text, want string }{
			{"daily", "gets no daily word"},
			{"daily on 25:00", "no time of day"},
			{"daily on 9:00 Asia/Tokio", "Asia/Tokyo"},
			{"daily pizza", "says nothing to me"},
			{"daily off", "gets no daily word"},
		} {
			if r := s.ask(tt.text); !strings.Contains(says(r), tt.want) || r.Kind != bot.KindSetting || !r.Private {
				t.Errorf("%q is answered with %s", tt.text, says(r))
			}
		}
		if r := s.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "may not") {
			t.Errorf("who may not is answered with %s", says(r))
		}
		if r := s.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = nil }); !strings.Contains(says(r), "/k8s daily") {
			t.Errorf("where nobody can tell, the answer is %s", says(r))
		}
		if r := s.ask("daily on 9:00", func(r *bot.Request) {
			r.CanManage = func(context.Context) (bool, error) { return false, errors.New("away") }
		}); !strings.Contains(says(r), "not work just now") {
			t.Errorf("where the platform is away, the answer is %s", says(r))
		}

		// A channel that the bot cannot post in keeps nothing.
		s.poster.fail = func(int, bot.Channel) (error, bool) {
			return &bot.PostError{Fault: bot.Closed, Err: errors.New("not_in_channel")}, false
		}
		if r := s.ask("daily on 9:00"); !strings.Contains(says(r), "Invite me") {
			t.Errorf("a closed channel is answered with %s", says(r))
		}
		if _, ok, _ := s.store.Schedule(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}); ok {
			t.Error("a channel that the bot cannot post in has a schedule")
		}
		s.poster.fail = nil

		r := s.ask("daily on 9:30 mon-fri storage")
		if !strings.Contains(says(r), "Mon–Fri at 09:30 (Europe/Berlin), Storage") || !strings.Contains(says(r), "2000-01-03 09:30") {
			t.Errorf("daily on is answered with %s", says(r))
		}
		if posts := s.poster.all(); len(posts) != 1 || !strings.Contains(posts[0].text, "from now on") {
			t.Fatalf("the channel is told %v", posts)
		}
		if r := s.ask("daily"); !strings.Contains(says(r), "2000-01-03 09:30") {
			t.Errorf("the status is %s", says(r))
		}
		r = s.ask("daily now")
		if r.Kind != bot.KindTerm || !r.Private || r.Matches[0].Term.Category != "storage" {
			t.Errorf("the preview is %+v", r)
		}
		if n := len(s.poster.all()); n != 1 {
			t.Error("a preview is posted")
		}
		if r := s.ask("", press("1:daily-off"), func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "may not") {
			t.Errorf("the button is answered to who may not with %s", says(r))
		}
		stop := s.run("a")
		time.Sleep(3 * 24 * time.Hour)
		posts := s.poster.all()[1:]
		if len(posts) != 1 || posts[0].term != r.Matches[0].Term.ID || !strings.Contains(posts[0].text, "Word of the day") {
			t.Fatalf("posted is %+v, and the preview was %s", posts, r.Matches[0].Term.ID)
		}
		if at := posts[0].at.UTC().Format(time.DateTime); at < "2000-01-03 08:30:00" || at > "2000-01-03 08:30:02" {
			t.Errorf("posted at %s", at)
		}
		if r := s.ask("daily"); !strings.Contains(says(r), "2000-01-03 ") || !strings.Contains(says(r), "Posted lately") {
			t.Errorf("the status is %s", says(r))
		}

		// Who sets it anew on a day that has got its term waits for the next.
		if r := s.ask("daily on 23:00"); !strings.Contains(says(r), "2000-01-04") {
			t.Errorf("set anew, the answer is %s", says(r))
		}
		if r := s.ask("", press("1:daily-off")); !strings.Contains(says(r), "no daily word any more") {
			t.Errorf("off is answered with %s", says(r))
		}
		before := len(s.poster.all())
		time.Sleep(3 * 24 * time.Hour)
		if n := len(s.poster.all()); n != before {
			t.Errorf("after off there are %d posts more", n-before)
		}
		stop()

		// In another language, and where there are no channels.
		if r := s.ask("daily on 朝9時 平日", func(r *bot.Request) { r.Locales, r.TimeZone = []string{"ja"}, "" }); !strings.Contains(says(r), "平日 09:00、Asia/Tokyo") {
			t.Errorf("in Japanese the answer is %s", says(r))
		}
		if r := s.ask("daily on", func(r *bot.Request) { r.Platform = "console" }); !strings.Contains(says(r), "Slack and Discord") {
			t.Errorf("the terminal is answered with %s", says(r))
		}
	})
}

// TestReviews holds what is kept of people, and that they can have it deleted.
func TestReviews(t *testing.T) {
	kept := new(store.Memory)
	s := newStand(t, kept, bot.PostRules{})
	p := bot.Person{Platform: "slack", Tenant: "T", User: "U"}
	if r := s.ask("", press("1:knew:pod:2026-11-24")); !r.Private || !strings.Contains(says(r), "knew Pod") {
		t.Errorf("knew is answered with %s", says(r))
	}
	if r := s.ask("", press("1:forgot:pod:2026-11-24")); !r.Private || r.Kind != bot.KindTerm {
		t.Errorf("forgot is answered with %s", says(r))
	}
	s.ask("", press("1:knew:node:2026-11-25"))
	for _, bad := range []string{"1:knew:no-such-term:2026-11-24", "1:knew:pod:today", "1:knew:pod"} {
		if r := s.ask("", press(bad)); !strings.Contains(says(r), "no longer exists") {
			t.Errorf("%s is answered with %s", bad, says(r))
		}
	}
	s.ask("lang en")
	reviews, err := kept.Reviews(t.Context(), p)
	if err != nil || len(reviews) != 2 || reviews[0].Term != "node" && reviews[1].Term != "node" {
		t.Errorf("the reviews are %v, %v", reviews, err)
	}
	if r := s.ask("", press("1:discuss:pod")); r.Private || !r.Thread {
		t.Errorf("a talk is begun with %+v", r)
	}
	if r := s.ask("forget"); !strings.Contains(says(r), "forget me") {
		t.Errorf("forget is answered with %s", says(r))
	}
	if reviews, _ := kept.Reviews(t.Context(), p); len(reviews) != 2 {
		t.Error("forget alone forgets")
	}
	if r := s.ask("forget me"); !strings.Contains(says(r), "deleted") {
		t.Errorf("forget me is answered with %s", says(r))
	}
	reviews, err = kept.Reviews(t.Context(), p)
	if lang, _ := kept.Language(t.Context(), p); err != nil || len(reviews) != 0 || lang != "" {
		t.Errorf("after forget me there are %v and %q, %v", reviews, lang, err)
	}
}

// TestDailyPosts holds what the post of each term has.
func TestDailyPosts(t *testing.T) {
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Daily: new(store.Memory), Log: slog.New(slog.DiscardHandler)})
	for _, term := range g.All() {
		for _, l := range []glossary.Lang{glossary.English, glossary.Japanese} {
			r := b.DailyPost(term, l, bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, "2026-11-24")
			var title, layers, summary, links bool
			for _, block := range r.Blocks {
				switch block := block.(type) {
				case bot.Title:
					title = block.Name != ""
					layers = len(block.Badges) > 0
				case bot.Paragraph:
					summary = summary || block.Text == term.Summary.Paragraph(l)
				case bot.Steps:
					if len(block.Commands) != 1 {
						t.Errorf("%s has %d commands", term.ID, len(block.Commands))
					}
				case bot.Links:
					links = len(block.Links) > 0
				}
			}
			if !title || !layers || !summary || !links {
				t.Errorf("%s in %s: title %v, layers %v, summary %v, links %v", term.ID, l, title, layers, summary, links)
			}
			if len(r.Choices) != 4 {
				t.Errorf("%s has %d choices", term.ID, len(r.Choices))
			}
			for _, c := range r.Choices {
				if len(c.ID) > 100 {
					t.Errorf("%s has the choice %s, which Discord does not take", term.ID, c.ID)
				}
			}
		}
	}
}

// schedule sets a channel's daily term, as of now.
func schedule(t *testing.T, s bot.DailyStore, platform bot.Platform, tenant, id string, at bot.TimeOfDay, zone string) bot.Schedule {
	t.Helper()
	sched := bot.Schedule{
		Channel: bot.Channel{Platform: platform, Tenant: tenant, ID: id}, Time: at, Zone: zone, Days: bot.EveryDay,
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
		at    bot.TimeOfDay
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
				kept := new(store.Memory)
				schedule(t, kept, "slack", "T", "C", tt.at, tt.zone)
				shared := &poster{}
				for i := range 3 {
					s := newStand(t, kept, bot.PostRules{})
					s.bot.PostBy("slack", shared)
					defer s.run(fmt.Sprint("replica ", i))()
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
	limited := &bot.PostError{Fault: bot.Unposted, After: 40 * time.Second, Err: errors.New("429")}
	down := &bot.PostError{Fault: bot.Unposted, Err: errors.New("down")}
	unclear := &bot.PostError{Fault: bot.PostUnclear, Err: errors.New("timeout")}
	closed := &bot.PostError{Fault: bot.Closed, Code: "is_archived", Err: errors.New("is_archived")}
	c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
	for name, tt := range map[string]struct {
		rules  bot.PostRules
		fail   func(try int) (error, bool)
		posts  int
		within time.Duration // of the time of the post
		state  bot.DeliveryState
		told   int
	}{
		"limited":                   {bot.PostRules{}, failing(limited, false, 2), 1, 2 * time.Minute, bot.Sent, 0},
		"down for an hour":          {bot.PostRules{}, failing(down, false, 8), 1, 2 * time.Hour, bot.Sent, 0},
		"down for a day":            {bot.PostRules{}, failing(down, false, 1000), 0, 0, bot.Skipped, 0},
		"closed":                    {bot.PostRules{}, failing(closed, false, 1), 0, 0, bot.Failed, 1},
		"unclear, arrived":          {bot.PostRules{}, failing(unclear, true, 1), 1, time.Second * 5, bot.Unclear, 0},
		"unclear, lost":             {bot.PostRules{}, failing(unclear, false, 1), 0, 0, bot.Unclear, 0},
		"key known, arrived":        {bot.PostRules{Dedupe: 2 * time.Minute}, failing(unclear, true, 1), 1, 5 * time.Second, bot.Sent, 0},
		"key known, lost":           {bot.PostRules{Dedupe: 2 * time.Minute}, failing(unclear, false, 1), 1, 2 * time.Minute, bot.Sent, 0},
		"key known, always unclear": {bot.PostRules{Dedupe: 2 * time.Minute}, failing(unclear, true, 100), 1, 5 * time.Second, bot.Unclear, 0},
		// What may have arrived is not sent anew once its key is no longer known,
		// whatever came in between.
		"key known, arrived, then down":    {bot.PostRules{Dedupe: 2 * time.Minute}, failingThen(failing(unclear, true, 1), failing(down, false, 6)), 1, 5 * time.Second, bot.Unclear, 0},
		"key known, arrived, then limited": {bot.PostRules{Dedupe: 2 * time.Minute}, failingThen(failing(unclear, true, 1), failing(limited, false, 2)), 1, 5 * time.Second, bot.Sent, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(store.Memory)
				s := newStand(t, kept, tt.rules)
				tries := 0
				s.poster.fail = func(int, bot.Channel) (error, bool) { tries++; return tt.fail(tries) }
				at := schedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
				stop := s.run("a")
				time.Sleep(23 * time.Hour)
				stop()
				posts := s.poster.all()
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
				if len(s.poster.told) != tt.told {
					t.Errorf("told is %v", s.poster.told)
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
		kept := new(store.Memory)
		s := newStand(t, kept, bot.PostRules{PerTenant: 3})
		const channels, pause = 50, 2 * time.Minute
		var at time.Time
		for i := range channels {
			at = schedule(t, kept, "slack", "full", fmt.Sprint("C", i), 9*60, "UTC").Next
			schedule(t, kept, "slack", "free", fmt.Sprint("C", i), 9*60, "UTC")
		}
		refused := 0
		s.poster.fail = func(_ int, c bot.Channel) (error, bool) {
			left := pause - time.Since(at)
			if c.Tenant != "full" || left <= 0 {
				return nil, true
			}
			refused++
			return &bot.PostError{Fault: bot.Unposted, After: left, Err: errors.New("429")}, false
		}
		defer s.run("a")()
		time.Sleep(time.Until(at.Add(pause - time.Second)))
		if refused > 4 { // as many as are under way at once
			t.Errorf("a workspace that has had enough gets %d posts more", refused)
		}
		if n := len(s.poster.all()); n != channels {
			t.Errorf("the other workspace has %d posts, want %d", n, channels)
		}
		time.Sleep(time.Minute)
		if n := len(s.poster.all()); n != 2*channels {
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
			kept := new(store.Memory)
			s := newStand(t, kept, bot.PostRules{})
			at := schedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
			time.Sleep(time.Until(at.Add(tt.away)))
			stop := s.run("a")
			time.Sleep(time.Hour)
			stop()
			if n := len(s.poster.all()); n != tt.posts {
				t.Errorf("after %v there are %d posts, want %d", tt.away, n, tt.posts)
			}
			for day := at; day.Before(time.Now().Add(-6*time.Hour)) && day.Before(at.Add(48*time.Hour)); day = day.Add(24 * time.Hour) {
				// The first is skipped, and the second begins those that are passed over.
				if said := day.Format(time.DateOnly); !strings.Contains(s.log.String(), said) {
					t.Errorf("after %v the log does not tell that %s has none:\n%s", tt.away, said, s.log.String())
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
	bot.DailyStore
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
	return d.DailyStore.Begin(ctx, v, owner, term, round, lease)
}

func (d *dyingStore) End(ctx context.Context, v bot.Delivery, owner string, s bot.DeliveryState, ref string) error {
	if !d.alive() {
		return errDead
	}
	return d.DailyStore.End(ctx, v, owner, s, ref)
}

func (d *dyingStore) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if !d.alive() {
		return bot.Delivery{}, false, errDead
	}
	return d.DailyStore.Claim(ctx, t, owner, lease)
}

// TestDies ends a replica at each of its steps: the other posts what it left, and
// nothing is posted twice.
func TestDies(t *testing.T) {
	for name, rules := range map[string]bot.PostRules{"slack": {}, "discord": {Dedupe: 2 * time.Minute}} {
		for steps := 1; steps <= 4; steps++ {
			t.Run(fmt.Sprintf("%s/%d", name, steps), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					kept := new(store.Memory)
					shared := &poster{rules: rules}
					schedule(t, kept, "slack", "T", "C", 9*60, "UTC")
					dying := newStand(t, &dyingStore{DailyStore: kept, left: steps}, rules)
					dying.bot.PostBy("slack", shared)
					defer dying.run("dying")()
					time.Sleep(9*time.Hour + 5*time.Second)
					well := newStand(t, kept, rules)
					well.bot.PostBy("slack", shared)
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
				kept := new(store.Memory)
				slack, discord := &poster{rules: bot.PostRules{PerTenant: 3}, took: 200 * time.Millisecond}, &poster{rules: bot.PostRules{Total: 15, Dedupe: time.Minute}, took: 200 * time.Millisecond}
				g, err := glossary.LoadTree(os.DirFS("testdata/terms"))
				if err != nil {
					t.Fatal(err)
				}
				var at time.Time
				for i := range channels {
					platform := bot.Platform("slack")
					if i%2 == 1 {
						platform = "discord"
					}
					// Half of each platform's channels are in one tenant.
					tenant := fmt.Sprint("T", i%tenants)
					if i%4 < 2 {
						tenant = "big"
					}
					at = schedule(t, kept, platform, tenant, fmt.Sprint("C", i), 9*60, "UTC").Next
				}
				time.Sleep(time.Until(at.Add(away)))
				begin := time.Now()
				for i := range 2 {
					b := bot.New(g, bot.Options{Daily: kept, Log: slog.New(slog.DiscardHandler)})
					b.PostBy("slack", slack)
					b.PostBy("discord", discord)
					s := &stand{t: t, bot: b}
					defer s.run(fmt.Sprint("replica ", i))()
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

// An awayStore fails at every call while it is away.
type awayStore struct {
	bot.DailyStore
	away func() bool
}

var errAway = errors.New("the store is away")

func (a *awayStore) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	if a.away() {
		return nil, errAway
	}
	return a.DailyStore.DueSchedules(ctx, limit)
}

func (a *awayStore) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	if a.away() {
		return nil, errAway
	}
	return a.DailyStore.DueTenants(ctx)
}

func (a *awayStore) Begin(ctx context.Context, v bot.Delivery, owner, term string, round int, lease time.Duration) (bool, error) {
	if a.away() {
		return false, errAway
	}
	return a.DailyStore.Begin(ctx, v, owner, term, round, lease)
}

func (a *awayStore) End(ctx context.Context, v bot.Delivery, owner string, s bot.DeliveryState, ref string) error {
	if a.away() {
		return errAway
	}
	return a.DailyStore.End(ctx, v, owner, s, ref)
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
		"while it is posted":   {time.Second, 10 * time.Second, bot.Unclear},
		"while it is prepared": {0, time.Minute, bot.Sent},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(store.Memory)
				at := schedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
				s := newStand(t, &awayStore{kept, func() bool {
					now := time.Now()
					return !now.Before(at.Add(tt.from)) && now.Before(at.Add(tt.to))
				}}, bot.PostRules{})
				s.poster.took = 5 * time.Second
				defer s.run("a")()
				time.Sleep(20 * time.Hour)
				got, err := kept.Deliveries(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}, 10)
				if err != nil || len(got) != 1 || got[0].State != tt.state {
					t.Errorf("the deliveries are %+v, %v", got, err)
				}
				if n := len(s.poster.all()); n > 1 || n == 0 && tt.state != bot.Skipped {
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
		kept := &store.Memory{Now: now}
		schedule(t, kept, "slack", "T", "C", 9*60, "UTC")
		g, err := realTerms()
		if err != nil {
			t.Fatal(err)
		}
		shared := &poster{}
		b := bot.New(g, bot.Options{Daily: kept, Log: slog.New(slog.DiscardHandler), Now: now})
		b.PostBy("slack", shared)
		defer (&stand{t: t, bot: b}).run("a")()
		posts := func(want int) {
			t.Helper()
			if n := len(shared.all()); n != want {
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
		if n := len(shared.all()); n < 4 || n > 5 { // without a day that was skipped
			t.Errorf("after a wrong year there are %d posts", n)
		}
	})
}

// TestStops holds that a replica that is told to stop finishes its posts, and cuts
// off those that take too long, which end as what they are: unclear.
func TestStops(t *testing.T) {
	for took, want := range map[time.Duration]bot.DeliveryState{2 * time.Second: bot.Sent, 15 * time.Second: bot.Unclear} {
		synctest.Test(t, func(t *testing.T) {
			kept := new(store.Memory)
			at := schedule(t, kept, "slack", "T", "C", 9*60, "UTC").Next
			s := newStand(t, kept, bot.PostRules{})
			s.poster.took = took
			stop := s.run("a")
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
