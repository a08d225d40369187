package study_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// embedded is the glossary of the program.
var embedded = sync.OnceValues(glossary.Load)

// A school is a person who talks to the bot's replicas, which share a store.
type school struct {
	t        testing.TB
	store    *reviewtest.Memory
	bots     []*bot.Bot
	at       time.Time
	lang     string
	platform bot.Platform
	user     string
	caps     bot.Capabilities
	turn     int
	last     reply.Reply
}

var chat = bot.Capabilities{Channels: true, DirectMessages: true}

// monday is a Monday, 10:00 in Tokyo.
var monday = time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC)

// newSchool returns a person with one replica.
func newSchool(t testing.TB, lang glossary.Lang) *school { return newReplicas(t, lang, 1) }

func newReplicas(t testing.TB, lang glossary.Lang, replicas int) *school {
	g, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := &school{t: t, store: reviewtest.NewMemory(), at: monday, lang: string(lang), platform: "slack", user: "U", caps: chat}
	for range replicas {
		r := &review.Reviewer{Store: s.store, Now: func() time.Time { return s.at }}
		log := slog.New(slog.DiscardHandler)
		s.bots = append(s.bots, bot.New(g, bot.Options{Tutor: study.New(g, r, log), Log: log, Now: func() time.Time { return s.at }}))
	}
	return s
}

// handle sends a request to the next replica.
func (s *school) handle(change func(*bot.Request)) reply.Reply {
	req := bot.Request{
		Platform: s.platform, Caps: s.caps, Tenant: "T", Surface: bot.Slash, User: s.user, Channel: "C", Locales: []string{s.lang}, TimeZone: "Asia/Tokyo",
	}
	change(&req)
	s.turn++
	s.last = s.bots[s.turn%len(s.bots)].Handle(context.Background(), req)
	controls := len(s.last.Buttons) + min(len(s.last.Menu.Options), 1)
	if controls > 4 {
		s.t.Errorf("%q %q has %d controls, want at most 4", req.Text, req.Action, controls)
	}
	for _, b := range slices.Concat(s.last.Buttons, s.last.Menu.Options) {
		if len(b.ID) > 100 {
			s.t.Errorf("the ID %q is too long", b.ID)
		}
	}
	return s.last
}

func (s *school) ask(text string) reply.Reply {
	return s.handle(func(r *bot.Request) { r.Text = text })
}

// press clicks the button with a label in the last reply, on an ephemeral message.
func (s *school) press(label string) reply.Reply {
	s.t.Helper()
	for _, b := range slices.Concat(s.last.Buttons, s.last.Menu.Options) {
		if b.Label == label {
			return s.click(b.ID)
		}
	}
	s.t.Fatalf("no button %q in\n%s", label, shown(s.last))
	return reply.Reply{}
}

func (s *school) click(id string) reply.Reply {
	return s.handle(func(r *bot.Request) { r.Surface, r.Action, r.FromEphemeral = bot.ButtonClick, id, true })
}

// remember adds cards for the person that are due now.
func (s *school) remember(terms ...string) {
	s.t.Helper()
	for _, term := range terms {
		s.click("1:remember:o:" + term)
	}
}

func (s *school) deck() review.Deck {
	s.t.Helper()
	r := &review.Reviewer{Store: s.store, Now: func() time.Time { return s.at }}
	d, err := r.Deck(context.Background(), review.Learner{Platform: string(s.platform), Tenant: "T", User: s.user})
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}

// shown returns a reply as a terminal shows it.
func shown(r reply.Reply) string {
	out := console.Render(r, console.Style{Numbers: true, Width: 90})
	for _, o := range r.Menu.Options {
		out += "  - " + o.Label + "\n"
	}
	flags := ""
	if r.Ephemeral {
		flags += " private"
	}
	if r.ReplaceOriginal {
		flags += " in place"
	}
	return out + "(" + strings.TrimSpace(string(r.Kind)+flags) + ")\n"
}

// TestConversation plays whole conversations in both languages, and compares all replies with
// testdata/*.golden.
func TestConversation(t *testing.T) {
	for _, lang := range glossary.Langs {
		t.Run(string(lang), func(t *testing.T) {
			s := newReplicas(t, lang, 3)
			en := lang == glossary.English
			say := func(inEnglish, japanese string) string {
				if en {
					return inEnglish
				}
				return japanese
			}
			var played strings.Builder
			step := func(what string, r reply.Reply) {
				fmt.Fprintf(&played, "== %s\n%s\n", what, shown(r))
			}
			step("review, before anything", s.ask(say("review", "復習")))
			step("a term", s.ask("taint"))
			step("remember it", s.press(say("Remember", "覚える")))
			step("undo", s.press(say("Undo", "元に戻す")))
			step("remember it again", s.press(say("Remember", "覚える")))
			step("below a public answer", s.handle(func(r *bot.Request) {
				r.Surface, r.Action = bot.ButtonClick, "1:remember:s:pod-disruption-budget"
			}))
			step("a paste", s.ask("NAME   READY   STATUS             RESTARTS   AGE\nw-1    0/1     CrashLoopBackOff   7          9m\nw-2    0/1     ImagePullBackOff   0          9m"))
			step("remember its terms", s.press(say("Remember these 2 terms", "この2語を覚える")))
			step("the hub", s.ask("review"))
			step("the first card", s.press(say("Review", "復習する")))
			for i := range 4 {
				step("its back", s.press(say("Show", "答えを見る")))
				label := say("Knew it", "覚えていた")
				if i == 2 {
					label = say("Forgot", "忘れていた")
				}
				step(label, s.press(label))
			}
			step("undo the last one", s.press(say("Undo last", "直前の回答を取り消す")))
			s.press(say("Show", "答えを見る"))
			step("and know it", s.press(say("Knew it", "覚えていた")))
			s.at = s.at.AddDate(0, 0, 21)
			step("the hub, three weeks later", s.ask("review"))
			step("settings", s.ask(say("review settings", "復習 設定")))
			step("change them", s.ask(say("review settings 8:30 mon,wed 3/day", "復習 設定 8:30 月・水 1日3語")))
			step("a mistake", s.ask(say("review settings tokio", "復習 設定 tokio")))
			step("too many", s.ask(say("review settings 99/day", "復習 設定 1日99語")))
			step("pause", s.ask(say("review pause", "復習 休む")))
			step("resume", s.press(say("Resume", "再開する")))
			step("stop", s.ask(say("review stop", "復習 停止")))
			step("export", s.ask(say("review export", "復習 書き出し")))
			step("export the tables", s.ask("review export csv"))
			step("the placement", s.ask(say("review placement", "復習 診断")))
			step("in a mention", s.handle(func(r *bot.Request) { r.Surface, r.Text = bot.Mention, "review" }))
			step("forget me", s.ask("forget me"))
			step("review, after that", s.ask("review"))
			platformtest.GoldenText(t, "testdata/conversation-"+string(lang)+".golden", played.String())
		})
	}
}
