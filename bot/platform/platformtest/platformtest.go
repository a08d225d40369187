// Package platformtest contains the tests that every adapter must pass ([Kit]), and helpers
// for the tests of adapters.
package platformtest

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/longtest"
)

// Main runs the tests of a package that mostly wait for servers and time limits, up to 8 at once.
// The flag -parallel is parsed later and overrides that. Main returns the exit status of the test
// program.
func Main(m *testing.M) int {
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	return m.Run()
}

// Hostile contains texts that a user might type and that must be inert in a reply: without
// mentions, links, formatting or control characters.
var Hostile = []string{
	"<!channel> <!here> <@U0123456789> <#C012345|general> <https://evil.example|click>",
	"&lt;!channel&gt; &amp;lt;!channel&amp;gt;",
	"@everyone @here <@123456789012345678> <@&123456789012345678> <#123456789012345678>",
	"*bold* _italic_ ~strike~ `code` ```fence``` > quote || spoiler || # heading [link](https://evil.example)",
	"https://evil.example/pod http://evil.example",
	"\x1b[31mred\x07 \u202ereversed\u2066 \u200b\ufeff",
	":smile: </div><script>alert(1)</script>",
}

// Bot returns a bot with the terms in dir, or with the real terms if dir is nil. Golden files
// use test terms, so that editing a real term does not change them.
func Bot(tb testing.TB, dir fs.FS, log *slog.Logger) *bot.Bot {
	tb.Helper()
	load := realTerms
	if dir != nil {
		load = func() (*glossary.Glossary, error) { return glossary.LoadTree(dir) }
	}
	g, err := load()
	if err != nil {
		tb.Fatal(err)
	}
	return newBot(g, log)
}

func newBot(g *glossary.Glossary, log *slog.Logger) *bot.Bot {
	return bot.New(g, bot.Options{Log: log, Random: func(int) int { return 0 }, Now: now, Picker: &daily.Picker{Glossary: g}})
}

// realTerms loads the built-in terms once for all tests.
var realTerms = sync.OnceValues(func() (*glossary.Glossary, error) { return glossary.Load() })

// now returns a fixed time, so that the daily term is the same in all runs.
func now() time.Time { return time.Date(2026, time.November, 24, 0, 30, 0, 0, time.UTC) }

// Sample returns some of the terms: those that [longtest.Sample] returns or, under the race
// detector, every 20th. It logs how many it returns. Use it in tests that check terms one at a time:
// such tests have no races, and the race detector makes them slow.
func Sample(tb testing.TB, all []*glossary.Term) []*glossary.Term {
	tb.Helper()
	if !raceEnabled {
		return longtest.Sample(tb, all)
	}
	const step = 20
	var some []*glossary.Term
	for i := 0; i < len(all); i += step {
		some = append(some, all[i])
	}
	tb.Logf("race detector: testing %d of %d terms", len(some), len(all))
	return some
}

// Replies returns the bot's replies on the given platform, keyed by a descriptive name. They
// include each real term that [Sample] returns, in each language: short, in full, shared, in a paste,
// as the daily term, and compared with similar terms. They also include all other kinds of replies,
// and replies from a bot with a team's own terms and extensions. Replies asks the bot only once
// per platform and caches the result, because thousands of replies take seconds.
func Replies(tb testing.TB, p bot.Platform, caps bot.Capabilities) map[string]reply.Reply {
	tb.Helper()
	replies.mu.Lock()
	defer replies.mu.Unlock()
	key := fmt.Sprintf("%s %+v", p, caps)
	if replies.all[key] == nil {
		replies.all[key] = newReplies(tb, p, caps)
	}
	return maps.Clone(replies.all[key])
}

// replies caches the results of Replies, keyed by platform and capabilities.
var replies = struct {
	mu  sync.Mutex
	all map[string]map[string]reply.Reply
}{all: make(map[string]map[string]reply.Reply)}

func newReplies(tb testing.TB, p bot.Platform, caps bot.Capabilities) map[string]reply.Reply {
	tb.Helper()
	// All replies stay in memory. With the default, the collector would take a fifth of the time.
	debug.SetGCPercent(400)
	g, err := realTerms()
	if err != nil {
		tb.Fatal(err)
	}
	b := Bot(tb, nil, slog.New(slog.DiscardHandler))
	replies := make(map[string]reply.Reply)
	ask := func(name string, l glossary.Lang, req bot.Request) {
		req.Platform, req.Caps, req.Locales = p, caps, []string{string(l)}
		replies[fmt.Sprintf("%s/%s", name, l)] = b.Handle(context.Background(), req)
	}
	team := newBot(withTeam(tb, g), slog.New(slog.DiscardHandler))
	terms := Sample(tb, g.All())
	for _, l := range glossary.Langs {
		for _, t := range terms {
			ask("short/"+t.ID, l, bot.Request{Surface: bot.Slash, Command: bot.TermCommand, Text: t.Name.EN})
			ask("more/"+t.ID, l, bot.Request{Surface: bot.ButtonClick, Action: "1:more:" + t.ID})
			ask("share/"+t.ID, l, bot.Request{Surface: bot.ButtonClick, FromEphemeral: true, Action: "1:share:" + t.ID + ":" + string(l)})
			ask("discuss/"+t.ID, l, bot.Request{Surface: bot.ButtonClick, Action: "1:discuss:" + t.ID})
			ask("paste/"+t.ID, l, bot.Request{Surface: bot.Shortcut, Command: bot.ExplainCommand, Text: "pod/web-1 -n shop: " + t.Name.EN})
			replies[fmt.Sprintf("daily/%s/%s", t.ID, l)] = b.DailyPost(t, l, "2026-11-24", nil)
			for _, c := range t.ConfusedWith {
				ask("compare/"+t.ID+"/"+c.Term, l, bot.Request{Surface: bot.ButtonClick, Action: "1:compare:" + t.ID + ":" + c.Term})
			}
		}
		for _, c := range glossary.Categories() {
			ask("list/"+string(c), l, bot.Request{Surface: bot.Slash, Text: "list " + string(c)})
		}
		for name, text := range map[string]string{
			"suggestions": "image pull", "miss": "pizza", "empty": "", "list": "list", "help": "help", "lang": "lang",
			"explain": "NAME   READY   STATUS   RESTARTS\na   0/1   CrashLoopBackOff   1\nb   0/1   Pending   0\nc   0/1   ImagePullBackOff   0\n" +
				"d   0/1   OOMKilled   1\ne   0/1   Error   1\nf   0/1   Evicted   0\ng   0/1   Terminating   0\nh   1/1   Running   0",
		} {
			ask(name, l, bot.Request{Surface: bot.Slash, Text: text})
		}
		if r := replies["suggestions/"+string(l)]; r.Kind != reply.KindSuggestions {
			tb.Errorf("suggestions/%s: got kind %s, want %s", l, r.Kind, reply.KindSuggestions)
		}
		for name, text := range teamQuestions {
			req := bot.Request{Surface: bot.Slash, Text: text, Platform: p, Caps: caps, Locales: []string{string(l)}}
			replies[fmt.Sprintf("team/%s/%s", name, l)] = team.Handle(context.Background(), req)
		}
		more := bot.Request{Surface: bot.ButtonClick, Action: "1:more:crashloopbackoff", Platform: p, Caps: caps, Locales: []string{string(l)}}
		replies[fmt.Sprintf("team/more/%s", l)] = team.Handle(context.Background(), more)
		for i, text := range Hostile {
			ask(fmt.Sprintf("hostile/%d", i), l, bot.Request{Surface: bot.Mention, Text: text})
		}
	}
	return replies
}
