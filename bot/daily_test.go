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
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A poster stands in for a platform: it takes down what is posted.
type poster struct {
	mu    sync.Mutex
	posts []post
	fail  error // of each post; nil for none
}

type post struct {
	at         time.Time
	term, text string
}

func (p *poster) Post(_ context.Context, _ bot.Channel, r bot.Reply, _ string) (string, error) {
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

func (p *poster) SendDirect(context.Context, bot.Tenant, string, bot.Reply) error { return nil }

func (p *poster) RateLimits() bot.RateLimits { return bot.RateLimits{} }

func (p *poster) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.posts)
}

var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

// A channel is one of Slack, in which people talk with a bot.
type channel struct {
	t       *testing.T
	bot     *bot.Bot
	picker  *daily.Picker
	posters *bot.Posters
	poster  *poster
}

func newChannel(t *testing.T, kept *storetest.Memory) *channel {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	c := &channel{t: t, picker: &daily.Picker{Glossary: g, History: kept}, posters: new(bot.Posters), poster: new(poster)}
	c.bot = bot.New(g, bot.Options{
		Store: kept, Schedules: kept, Reviews: kept, Picker: c.picker, Posters: c.posters, Log: slog.New(slog.DiscardHandler),
	})
	c.posters.Set("slack", c.poster)
	return c
}

// ask asks as a member of the channel.
func (c *channel) ask(text string, change ...func(*bot.Request)) bot.Reply {
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

func says(r bot.Reply) string { return fmt.Sprint(r.Blocks) }

// runWorker posts daily terms until stop is called.
func (c *channel) runWorker(kept daily.Store) (stop func()) {
	w := daily.New(daily.Options{
		Store: kept, Picker: c.picker, Posters: c.posters, Replies: c.bot, Owner: "a", Log: slog.New(slog.DiscardHandler),
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

// TestDailyCommands goes through a channel's life with the daily term.
func TestDailyCommands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// A bubble begins at midnight UTC of 1 January 2000, a Saturday.
		kept := new(storetest.Memory)
		c := newChannel(t, kept)
		for _, tt := range []struct{ text, want string }{
			{"daily", "has no daily term"},
			{"daily on 25:00", "not a valid time"},
			{"daily on 9:00 Asia/Tokio", "Asia/Tokyo"},
			{"daily pizza", "I don't understand"},
			{"daily off", "has no daily term"},
		} {
			if r := c.ask(tt.text); !strings.Contains(says(r), tt.want) || r.Kind != bot.KindSetting || !r.Ephemeral {
				t.Errorf("%q is answered with %s", tt.text, says(r))
			}
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "have permission") {
			t.Errorf("who may not is answered with %s", says(r))
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) { r.CanManage = nil }); !strings.Contains(says(r), "/k8s daily") {
			t.Errorf("where nobody can tell, the answer is %s", says(r))
		}
		if r := c.ask("daily on 9:00", func(r *bot.Request) {
			r.CanManage = func(context.Context) (bool, error) { return false, errors.New("away") }
		}); !strings.Contains(says(r), "That didn't work") {
			t.Errorf("where the platform is away, the answer is %s", says(r))
		}

		// A channel that the bot cannot post in keeps nothing.
		c.poster.fail = &bot.PostError{Fault: bot.ChannelUnavailable, Err: errors.New("not_in_channel")}
		if r := c.ask("daily on 9:00"); !strings.Contains(says(r), "First type /invite") {
			t.Errorf("a closed channel is answered with %s", says(r))
		}
		if _, ok, _ := kept.Schedule(context.Background(), bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}); ok {
			t.Error("a channel that the bot cannot post in has a schedule")
		}
		c.poster.fail = nil

		r := c.ask("daily on 9:30 mon-fri storage")
		if !strings.Contains(says(r), "Mon–Fri at 09:30 (Europe/Berlin), Storage") || !strings.Contains(says(r), "2000-01-03 09:30") {
			t.Errorf("daily on is answered with %s", says(r))
		}
		if posts := c.poster.all(); len(posts) != 1 || !strings.Contains(posts[0].text, "now gets a daily Kubernetes term") {
			t.Fatalf("the channel is told %v", posts)
		}
		if r := c.ask("daily"); !strings.Contains(says(r), "2000-01-03 09:30") {
			t.Errorf("the status is %s", says(r))
		}
		r = c.ask("daily now")
		if r.Kind != bot.KindTerm || !r.Ephemeral || r.Matches[0].Term.Category != "storage" {
			t.Errorf("the preview is %+v", r)
		}
		if n := len(c.poster.all()); n != 1 {
			t.Error("a preview is posted")
		}
		if r := c.ask("", press("1:daily-off"), func(r *bot.Request) { r.CanManage = func(context.Context) (bool, error) { return false, nil } }); !strings.Contains(says(r), "have permission") {
			t.Errorf("the button is answered to who may not with %s", says(r))
		}
		stop := c.runWorker(kept)
		time.Sleep(3 * 24 * time.Hour)
		posts := c.poster.all()[1:]
		if len(posts) != 1 || posts[0].term != r.Matches[0].Term.ID || !strings.Contains(posts[0].text, "Daily term") {
			t.Fatalf("posted is %+v, and the preview was %s", posts, r.Matches[0].Term.ID)
		}
		if at := posts[0].at.UTC().Format(time.DateTime); at < "2000-01-03 08:30:00" || at > "2000-01-03 08:30:02" {
			t.Errorf("posted at %s", at)
		}
		if r := c.ask("daily"); !strings.Contains(says(r), "2000-01-03 ") || !strings.Contains(says(r), "Recently posted") {
			t.Errorf("the status is %s", says(r))
		}

		// Who sets it anew on a day that has got its term waits for the next.
		if r := c.ask("daily on 23:00"); !strings.Contains(says(r), "2000-01-04") {
			t.Errorf("set anew, the answer is %s", says(r))
		}
		if r := c.ask("", press("1:daily-off")); !strings.Contains(says(r), "off for this channel") {
			t.Errorf("off is answered with %s", says(r))
		}
		before := len(c.poster.all())
		time.Sleep(3 * 24 * time.Hour)
		if n := len(c.poster.all()); n != before {
			t.Errorf("after off there are %d posts more", n-before)
		}
		stop()

		// In another language, and where there are no channels.
		if r := c.ask("daily on 朝9時 平日", func(r *bot.Request) { r.Locales, r.TimeZone = []string{"ja"}, "" }); !strings.Contains(says(r), "平日 09:00、Asia/Tokyo") {
			t.Errorf("in Japanese the answer is %s", says(r))
		}
		if r := c.ask("daily on", func(r *bot.Request) { r.Platform = "console" }); !strings.Contains(says(r), "only available in channels") {
			t.Errorf("the terminal is answered with %s", says(r))
		}
	})
}

// TestDailyPosts holds what the post of each term has.
func TestDailyPosts(t *testing.T) {
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler)})
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
			if len(r.Buttons) != 4 {
				t.Errorf("%s has %d choices", term.ID, len(r.Buttons))
			}
			for _, c := range r.Buttons {
				if len(c.ID) > 100 {
					t.Errorf("%s has the choice %s, which Discord does not take", term.ID, c.ID)
				}
			}
		}
	}
}
