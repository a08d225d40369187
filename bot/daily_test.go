package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// A poster is a fake platform that records posts.
type poster struct {
	mu    sync.Mutex
	posts []post
	fail  error // of each post; nil for none
}

type post struct {
	at         time.Time
	term, text string
}

func (p *poster) Post(_ context.Context, _ bot.Channel, r reply.Reply, _ string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		return "", p.fail
	}
	term := ""
	if len(r.Matches) > 0 {
		term = r.Matches[0].Term.ID
	}
	p.posts = append(p.posts, post{time.Now(), term, says(r)})
	return fmt.Sprint("message ", len(p.posts)), nil
}

func (p *poster) SendDirect(context.Context, bot.Tenant, string, reply.Reply) error { return nil }

func (p *poster) RateLimits() bot.RateLimits { return bot.RateLimits{} }

func (p *poster) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.posts)
}

var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

// A channel is a fake Slack channel with a bot.
type channel struct {
	t       *testing.T
	bot     *bot.Bot
	picker  *daily.Picker
	posters *bot.Posters
	poster  *poster
	disk    *disk
}

// A disk is a store of schedules that may be full.
type disk struct {
	bot.ScheduleStore
	err error // of storing a schedule; nil for none
}

func (d *disk) PutSchedule(ctx context.Context, s bot.Schedule) error {
	if d.err != nil {
		return d.err
	}
	return d.ScheduleStore.PutSchedule(ctx, s)
}

func newChannel(t *testing.T, kept *storetest.Memory) *channel {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	reviewer := &review.Reviewer{Store: kept.Learners()}
	c := &channel{t: t, picker: &daily.Picker{Glossary: g, History: kept, Forgetting: reviewer}, posters: new(bot.Posters), poster: new(poster), disk: &disk{ScheduleStore: kept}}
	c.bot = bot.New(g, bot.Options{
		Store: kept, Schedules: c.disk, Reviews: kept, Picker: c.picker, Posters: c.posters, Log: slog.New(slog.DiscardHandler),
		Tutor: study.New(g, reviewer, slog.New(slog.DiscardHandler)),
	})
	c.posters.Set("slack", c.poster)
	return c
}

// ask sends a question by a member of the channel.
func (c *channel) ask(text string, change ...func(*bot.Request)) reply.Reply {
	req := bot.Request{
		ID: fmt.Sprint(time.Now().UnixNano()), Platform: "slack", Caps: bot.Capabilities{InviteHint: glossary.Text{EN: "type /invite @k8sbot"}}, Tenant: "T", Surface: bot.Slash, User: "U", Channel: "C", Text: text,
		Locales: []string{"en"}, TimeZone: "Europe/Berlin",
		CanManage: func(context.Context) (bool, error) { return true, nil },
	}
	for _, f := range change {
		f(&req)
	}
	return c.bot.Handle(context.Background(), req)
}

func press(action string) func(*bot.Request) {
	return func(r *bot.Request) { r.Text, r.Action, r.Surface = "", action, bot.ButtonClick }
}

func says(r reply.Reply) string { return fmt.Sprint(r.Blocks) }

// runWorker runs the worker for daily terms, which looks for work every tick, until stop is called.
func (c *channel) runWorker(kept daily.Store, tick time.Duration) (stop func()) {
	w := daily.New(daily.Options{
		Store: kept, Picker: c.picker, Posters: c.posters, Replies: c.bot, Owner: "a", Log: slog.New(slog.DiscardHandler), Tick: tick,
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			c.t.Error(err)
		}
	}
}

// TestDailyCommands walks through all commands for daily terms.
func TestDailyCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	synctest.Test(t, func(t *testing.T) {
		// The clock of a bubble starts at midnight UTC on 1 January 2000, a Saturday.
		kept := new(storetest.Memory)
		c := newChannel(t, kept)
		for _, tt := range []struct{ text, want string }{
			{"daily", "has no daily term"},
			{"daily on 25:00", "not a valid time"},
			{"daily on 9:00 Asia/Tokio", "Asia/Tokyo"},
			{"daily pizza", "I don't understand"},
			{"daily off", "has no daily term"},
		} {
			if r := c.ask(tt.text); !strings.Contains(says(r), tt.want) || r.Kind != reply.KindSetting || !r.Ephemeral {
				t.Errorf("%q: got %s", tt.text, says(r))
			}
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "have permission") {
			t.Errorf("without permission: got %s", says(r))
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = nil }); !strings.Contains(says(r), "`daily`") {
			t.Errorf("unknown permissions: got %s", says(r))
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) {
			r.CanManage = func(context.Context) (bool, error) { return false, errors.New("away") }
		}); !strings.Contains(says(r), "Something went wrong") {
			t.Errorf("platform down: got %s", says(r))
		}

		// Nothing is stored if the bot cannot post in the channel.
		c.poster.fail = &bot.PostError{Fault: bot.ChannelUnavailable, Err: errors.New("not_in_channel")}
		if r := c.ask("daily on 9:00"); !strings.Contains(says(r), "First, type /invite") {
			t.Errorf("unavailable channel: got %s", says(r))
		}
		if _, ok, _ := kept.Schedule(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}); ok {
			t.Error("unavailable channel has a schedule")
		}
		c.poster.fail = nil

		r := c.ask("daily on 9:30 mon-fri storage")
		if !strings.Contains(says(r), "Mon–Fri at 09:30 (Europe/Berlin), Storage") || !strings.Contains(says(r), "Monday, 3 January, at 09:30") {
			t.Errorf("daily on: got %s", says(r))
		}
		if posts := c.poster.all(); len(posts) != 1 || !strings.Contains(posts[0].text, "now gets a daily Kubernetes term") {
			t.Fatalf("got announcements %v", posts)
		}
		// A schedule that cannot be stored leaves the earlier one, and the channel is told so.
		c.disk.err = errors.New("disk full")
		if r := c.ask("daily on 10:00"); !strings.Contains(says(r), "nothing was changed") {
			t.Errorf("disk full: got %s", says(r))
		}
		c.disk.err = nil
		if posts := c.poster.all(); len(posts) != 3 || !strings.Contains(posts[2].text, "nothing was changed") {
			t.Fatalf("disk full: got posts %v, want an announcement and its correction", posts)
		}
		c.poster.posts = c.poster.posts[:1]
		if r := c.ask("daily"); !strings.Contains(says(r), "Monday, 3 January, at 09:30") {
			t.Errorf("daily: got %s", says(r))
		}
		r = c.ask("daily now")
		if r.Kind != reply.KindTerm || !r.Ephemeral || r.Matches[0].Term.Category != "storage" {
			t.Errorf("daily now: got %+v", r)
		}
		if n := len(c.poster.all()); n != 1 {
			t.Error("the preview was posted")
		}
		if r := c.ask("", press("1:daily-off"), func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "have permission") {
			t.Errorf("button without permission: got %s", says(r))
		}
		stop := c.runWorker(kept, 2*time.Second)
		time.Sleep(3 * 24 * time.Hour)
		posts := c.poster.all()[1:]
		if len(posts) != 1 || posts[0].term != r.Matches[0].Term.ID || !strings.Contains(posts[0].text, "Daily term") {
			t.Fatalf("posted %+v, want the previewed %s", posts, r.Matches[0].Term.ID)
		}
		if at := posts[0].at.UTC().Format(time.DateTime); at < "2000-01-03 08:30:00" || at > "2000-01-03 08:30:02" {
			t.Errorf("posted at %s", at)
		}
		if r := c.ask("daily"); !strings.Contains(says(r), "3 January: ") || !strings.Contains(says(r), "Recently posted") {
			t.Errorf("daily: got %s", says(r))
		}

		// A new schedule does not post again on a day that already has its term.
		if r := c.ask("daily on 23:00"); !strings.Contains(says(r), "Tuesday, 4 January") {
			t.Errorf("daily on again: got %s", says(r))
		}
		if r := c.ask("", press("1:daily-off")); !strings.Contains(says(r), "off for this channel") {
			t.Errorf("daily off: got %s", says(r))
		}
		before := len(c.poster.all())
		time.Sleep(3 * 24 * time.Hour)
		if n := len(c.poster.all()); n != before {
			t.Errorf("got %d posts after daily off", n-before)
		}
		stop()

		// In Japanese, and on a platform without channels.
		if r := c.ask("daily on 朝9時 平日", func(r *bot.Request) { r.Locales, r.TimeZone = []string{"ja"}, "" }); !strings.Contains(says(r), "平日 09:00、Asia/Tokyo") {
			t.Errorf("in Japanese: got %s", says(r))
		}
		if r := c.ask("daily on", func(r *bot.Request) { r.Platform = "console" }); !strings.Contains(says(r), "available only in channels") {
			t.Errorf("terminal: got %s", says(r))
		}
	})
}

// TestChannelForgets lets people in a channel forget the daily terms of a weekend, and checks
// that the post on Monday lists the terms, and that they come back after a month, unless fewer
// than three people forgot them.
func TestChannelForgets(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	for people, want := range map[int]bool{2: false, 3: true} {
		t.Run(fmt.Sprint(people, " people"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				c := newChannel(t, kept)
				stop := c.runWorker(kept, 15*time.Second)
				// The clock of a bubble starts at midnight UTC on 1 January 2000, a Saturday.
				c.ask("daily on 9:00 UTC")
				time.Sleep(10 * time.Hour)
				first := c.poster.all()[len(c.poster.all())-1]
				for i := range people {
					by := func(r *bot.Request) { r.User = fmt.Sprint("U", i) }
					c.ask("", press("1:remember:s:pod"), by)
					c.ask("", press("1:forgot:"+first.term+":2000-01-01:r"), by)
				}
				time.Sleep(48 * time.Hour)
				if monday := c.poster.all()[len(c.poster.all())-1]; strings.Contains(monday.text, "forgot last week: "+c.name(first.term)) != want {
					t.Errorf("on Monday: got %s, want the forgotten term: %t", monday.text, want)
				}
				time.Sleep(24 * time.Hour)
				if tuesday := c.poster.all()[len(c.poster.all())-1]; strings.Contains(tuesday.text, "last week") {
					t.Errorf("on Tuesday: got %s", tuesday.text)
				}
				if next := c.ask("daily now"); next.Matches[0].Term.ID == first.term {
					t.Errorf("%s comes back within days", first.term)
				}
				stop()
				time.Sleep(29 * 24 * time.Hour)
				if next := c.ask("daily now"); (next.Matches[0].Term.ID == first.term) != want {
					t.Errorf("after a month: got %s, want %s: %t", next.Matches[0].Term.ID, first.term, want)
				}
			})
		})
	}
}

func (c *channel) name(term string) string {
	t, _ := c.picker.Glossary.Term(term)
	return t.DisplayName(glossary.English)
}

// TestDailyPosts checks the daily post of every term.
func TestDailyPosts(t *testing.T) {
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler)})
	for _, term := range g.All() {
		for _, l := range []glossary.Lang{glossary.English, glossary.Japanese} {
			r := b.DailyPost(term, l, "2026-11-24", nil)
			title, ok := r.Blocks[0].(reply.Title)
			if !ok || title.Name == "" || len(title.Context) < 2 {
				t.Errorf("%s in %s: got title %+v, want the name and the kind", term.ID, l, title)
			}
			if text := fmt.Sprint(r.Blocks); strings.Contains(text, term.Summary.Paragraph(l)) {
				t.Errorf("%s in %s: the post has the answer", term.ID, l)
			}
			if len(r.Buttons) != 2 || r.Buttons[1].ID != bot.DailyButtonID(term.ID) {
				t.Errorf("%s in %s: got buttons %v", term.ID, l, r.Buttons)
			}
			for _, c := range r.Buttons {
				if len(c.ID) > 100 {
					t.Errorf("%s: button ID %s is too long for Discord", term.ID, c.ID)
				}
			}
		}
	}
}
