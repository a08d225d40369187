package bot

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot/command"
	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// fixture returns a bot with the three terms of testdata/terms, so that edits to the real terms
// don't break tests.
func fixture(tb testing.TB, o Options) *Bot {
	tb.Helper()
	g, err := glossary.LoadTree(os.DirFS("testdata/terms"))
	if err != nil {
		tb.Fatal(err)
	}
	if o.Random == nil {
		o.Random = func(int) int { return 0 }
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return New(g, o)
}

func realBot(tb testing.TB) *Bot {
	tb.Helper()
	g, err := glossary.Load()
	if err != nil {
		tb.Fatal(err)
	}
	b := New(g, Options{Log: slog.New(slog.DiscardHandler)})
	b.timeout = time.Minute // the tests may run on a busy machine
	return b
}

func summary(r reply.Reply) string {
	var ids []string
	for _, m := range r.Matches {
		ids = append(ids, m.Term.ID)
	}
	s := string(r.Kind) + " " + string(r.Lang)
	if len(ids) > 0 {
		s += " " + strings.Join(ids, ",")
	}
	if r.Ephemeral {
		s += " ephemeral"
	}
	return s
}

// TestHandle checks the kind of reply to each command and kind of question.
func TestHandle(t *testing.T) {
	b := fixture(t, Options{})
	for _, tt := range []struct{ text, want string }{
		{"Widget", "term ja widget"},
		{"widgetって何?", "term ja widget"},
		{"what is a widget", "term en widget"},
		{"wd", "term ja widget"},
		{"term list", "none ja ephemeral"}, // a term that is also a command
		{"term widget", "term ja widget"},
		{"thing", "term ja failing-widget,gadget"}, // an alias of two terms
		{"wid", "suggestions ja widget,failing-widget ephemeral"},
		{"ピザ", "none ja ephemeral"},
		{"pizza and beer", "none en ephemeral"},
		{"", "none ja ephemeral"},
		{"widget vs gadget", "compare ja widget,gadget"},
		{"compare widget gadget", "compare ja widget,gadget"},
		{"compare widget and WidgetFailing", "compare en widget,failing-widget"},
		{"what is the difference between a widget and a gadget?", "compare en widget,gadget"},
		{"widgetとgadgetの違いは?", "compare ja widget,gadget"},
		{"widgetとgadgetどっち", "compare ja widget,gadget"},
		{"widgetとgadget、どちらを使うべき?", "compare ja widget,gadget"},
		{"widgetかgadget、どっち?", "compare ja widget,gadget"},
		{"widgetってgadgetと同じ?", "compare ja widget,gadget"},
		{"should I use a widget or a gadget", "compare en widget,gadget"},
		{"is a widget the same as a gadget?", "compare en widget,gadget"},
		{"widget vs gadget vs failing widget", "compare ja widget,gadget,failing-widget"},
		{"compare widget gadget failing-widget", "compare en widget,gadget,failing-widget"},
		{"比較 widget gadget", "compare ja widget,gadget"},
		{"compare widget pizza", "none en ephemeral"},
		{"widget vs pizza", "none en ephemeral"},
		{"widget vs widget", "term ja widget"},
		{"compare", "help ja ephemeral"},
		{"list", "list ja failing-widget,gadget,widget"},
		{"list workloads", "list ja widget,gadget"},
		{"list ワークロード", "list ja widget,gadget"},
		{"一覧 pod-status", "list ja failing-widget"},
		{"list storage", "list ja"},
		{"list pizza", "list ja failing-widget,gadget,widget"},
		{"random", "term ja failing-widget"},
		{"random workloads", "term ja gadget"},
		{"help", "help ja ephemeral"},
		{"/help", "help ja ephemeral"},
		{"使い方", "help ja ephemeral"},
		{"lang", "setting ja ephemeral"},
		{"explain widget", "term ja widget"},
		{"explain", "none ja ephemeral"},
		{"NAME  READY  STATUS  RESTARTS  AGE\nw-1  0/1  WidgetFailing  3  4m", "explain ja failing-widget"},
		{"w-1   0/1   WidgetFailing   3   4m", "explain ja failing-widget"},
		{"explain NAME  READY  STATUS  RESTARTS  AGE\nw-1  0/1  WidgetFailing  3  4m", "explain ja failing-widget"},
		{"昨日から\nWidgetFailingになります", "explain ja failing-widget"},
		{"explain line one\nline two", "none ja ephemeral"},
		{strings.Repeat("pizza ", 20_000), "none en ephemeral"},
		{"\x00\x1b[31mwidget\x07", "none ja ephemeral"},
		{"\u202ewidget\u2066", "term ja widget"},
		{"\xff\xfewidget", "term ja widget"},
		{"help widget", "term en widget"}, // not arguments of these commands
		{"random widgets that are failing", "suggestions en failing-widget,widget ephemeral"},
		{"list of widgets", "suggestions en widget,failing-widget ephemeral"},
		{"daily widget failed", "suggestions en failing-widget,widget ephemeral"},
		{"daily off", "setting ja ephemeral"},
		{"daily fri 9am", "setting ja ephemeral"},
		{"forget widget please", "suggestions en widget,failing-widget ephemeral"},
		{"lang klingon", "setting ja ephemeral"},
		{"Thanks!", "help ja ephemeral"},
		{"ありがとう〜!", "help ja ephemeral"},
		{"@alice", "help ja ephemeral"},
		{"🎉", "help ja ephemeral"},
		{":tada:", "help ja ephemeral"},
		{"42", "help ja ephemeral"},
	} {
		r := b.Handle(context.Background(), Request{Platform: Console, Surface: Terminal, Text: tt.text})
		if got := summary(r); got != tt.want {
			t.Errorf("Handle(%.60q) = %s, want %s", tt.text, got, tt.want)
		}
		if len(r.Blocks) == 0 {
			t.Errorf("Handle(%.60q): empty reply", tt.text)
		}
	}
}

// TestNames checks that every name and alias of the glossary finds its term, even if it starts
// like a command. Under the race detector, it checks only some terms.
func TestNames(t *testing.T) {
	b := realBot(t)
	for i, term := range b.glossary.All() {
		if i%termStep != 0 {
			continue
		}
		names := term.Names()
		for _, name := range append(term.OtherNames(), names.EN, names.JA) {
			if _, arg := command.Parse(name); arg == "" {
				name = "term " + name
			}
			r := b.Handle(context.Background(), Request{Platform: Console, Surface: Terminal, Text: name})
			isTerm := func(m reply.Match) bool { return m.Term == term }
			if r.Kind != reply.KindTerm || !slices.ContainsFunc(r.Matches, isTerm) {
				t.Errorf("%q is a name of %s: got kind %s", name, term.ID, r.Kind)
			}
		}
	}
	if termStep > 1 {
		t.Logf("under the race detector, one term in %d is checked", termStep)
	}
}

// TestCommand checks that the text is the argument if the request contains a command, no matter
// how the text starts.
func TestCommand(t *testing.T) {
	b := fixture(t, Options{})
	for _, tt := range []struct{ command, text, want string }{
		{TermCommand, "widget", "term ja widget"},
		{TermCommand, "list", "none ja ephemeral"},
		{ExplainCommand, "list\nWidgetFailing", "explain ja failing-widget"},
		{ExplainCommand, "help", "none ja ephemeral"},
		{HelpCommand, "", "help ja ephemeral"},
		{LangCommand, "", "setting ja ephemeral"},
		{"compare", "widget vs gadget", "compare ja widget,gadget"},
		{"of a newer version", "widget", "term ja widget"},
	} {
		r := b.Handle(context.Background(), Request{Platform: Console, Surface: Terminal, Command: tt.command, Text: tt.text})
		if got := summary(r); got != tt.want {
			t.Errorf("%s %q = %s, want %s", tt.command, tt.text, got, tt.want)
		}
		if r.Query != tt.text {
			t.Errorf("%s %q: got query %q", tt.command, tt.text, r.Query)
		}
	}
}

// TestEphemeral checks which replies are ephemeral.
func TestEphemeral(t *testing.T) {
	b := fixture(t, Options{})
	for _, tt := range []struct {
		req  Request
		want bool
		why  string
	}{
		{Request{Surface: Slash, Text: "widget"}, true, "slash commands get ephemeral replies"},
		{Request{Surface: Slash, Text: "widget", Public: true}, false, "unless the person wants them public"},
		{Request{Surface: Slash, Text: "pizza", Public: true}, true, "a miss is never public"},
		{Request{Surface: Mention, Text: "widget"}, false, "mentions get public replies"},
		{Request{Surface: Mention, Text: "pizza"}, true, "except misses"},
		{Request{Surface: Mention, Text: "wid"}, true, "and suggestions"},
		{Request{Surface: Mention, Text: "help"}, true, "and help"},
		{Request{Surface: Shortcut, Text: "explain WidgetFailing\nwidget"}, true, "a shortcut gets an ephemeral reply"},
		{Request{Surface: ButtonClick, Action: "1:term:widget"}, true, "a button click gets an ephemeral reply"},
		{Request{Surface: ButtonClick, Action: "1:more:widget"}, true, "a button click gets an ephemeral reply"},
		{Request{Surface: ButtonClick, Action: "1:share:widget:en"}, false, "sharing is public"},
		{Request{Surface: ButtonClick, Action: "1:share:gone:en"}, true, "a stale button is not"},
	} {
		if got := b.Handle(context.Background(), tt.req).Ephemeral; got != tt.want {
			t.Errorf("%+v: ephemeral %v, want %v: %s", tt.req, got, tt.want, tt.why)
		}
	}
}

// TestActions clicks every button of every reply, recursively, and checks that each leads to a
// reply and is within the limits of every platform.
func TestActions(t *testing.T) {
	for _, b := range []*Bot{fixture(t, Options{}), realBot(t)} {
		pressed := make(map[string]bool)
		var press func(r reply.Reply, depth int)
		press = func(r reply.Reply, depth int) {
			for _, c := range r.Buttons {
				if len(c.ID) > 100 {
					t.Errorf("the ID %q has %d bytes", c.ID, len(c.ID))
				}
				if c.Label == "" {
					t.Errorf("button %q has no label", c.ID)
				}
				if pressed[c.ID] || depth == 0 {
					continue
				}
				pressed[c.ID] = true
				next := b.Handle(context.Background(), Request{Platform: Slack, Caps: chat, Surface: ButtonClick, Action: c.ID, User: "U1"})
				if next.Kind == reply.KindNone {
					t.Errorf("button %q leads to nothing", c.ID)
				}
				press(next, depth-1)
			}
		}
		for _, text := range []string{"widget", "pod", "help", "pizza", "wid", "widget vs gadget", "list", "random", "lang"} {
			press(b.Handle(context.Background(), Request{Platform: Slack, Caps: chat, Surface: Slash, Text: text}), 20)
		}
		if len(pressed) < 8 {
			t.Errorf("found only %d buttons", len(pressed))
		}
	}
}

func TestStaleActions(t *testing.T) {
	b := fixture(t, Options{})
	for _, action := range []string{"1:term:gone", "9:term:widget", "nonsense", "1", "1:", "1:compare:widget:gone", ":::"} {
		r := b.Handle(context.Background(), Request{Surface: ButtonClick, Action: action})
		if len(r.Blocks) == 0 || !r.Ephemeral {
			t.Errorf("Handle(%q) = %+v, want an ephemeral reply", action, r)
		}
	}
}

// TestReplaceOriginal checks that "more" replaces an ephemeral message, and no other.
func TestReplaceOriginal(t *testing.T) {
	b := fixture(t, Options{})
	for fromEphemeral, want := range map[bool]bool{true: true, false: false} {
		r := b.Handle(context.Background(), Request{Surface: ButtonClick, Action: "1:more:widget", FromEphemeral: fromEphemeral})
		if r.ReplaceOriginal != want {
			t.Errorf("from ephemeral %v: replace original %v, want %v", fromEphemeral, r.ReplaceOriginal, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	kept := &fakeStore{langs: map[Person]glossary.Lang{{Slack, "T1", "U-en"}: glossary.English, {Slack, "T1", "U-ja"}: glossary.Japanese, {Slack, "T1", "U-auto"}: "auto"}}
	b := fixture(t, Options{Store: kept})
	for _, tt := range []struct {
		req  Request
		want glossary.Lang
		why  string
	}{
		{Request{Text: "widget"}, "ja", "the default"},
		{Request{Text: "widget", Locales: []string{"en-US"}}, "en", "the locale for a bare term"},
		{Request{Text: "widget", Locales: []string{"fr", "en-GB"}}, "en", "the first supported locale"},
		{Request{Text: "widgetとは", Locales: []string{"en-US"}}, "ja", "kana beat the locale"},
		{Request{Text: "部品", Locales: []string{"en-US"}}, "ja", "and so do kanji"},
		{Request{Text: "what is a widget", Locales: []string{"ja"}}, "en", "and an English sentence"},
		{Request{Text: "NAME  READY  STATUS\nw  0/1  WidgetFailing", Locales: []string{"ja"}}, "ja", "kubectl output says nothing about its reader"},
		{Request{Text: "widgetとは", Platform: Slack, Tenant: "T1", User: "U-en"}, "en", "the person's setting beats everything"},
		{Request{Text: "widget", Platform: Slack, Tenant: "T2", User: "U-en"}, "ja", "in that workspace only"},
		{Request{Text: "widgetとは", Platform: Slack, Caps: chat, Locales: []string{"en-US"}}, "ja", "also on a chat platform, where the locale is the profile's"},
		{Request{Text: "what is a widget", Platform: Discord, Caps: chat, Locales: []string{"ja"}}, "en", "and for an English question"},
		{Request{Text: "rolling update stuck", Platform: Discord, Caps: chat, Locales: []string{"ja"}}, "ja", "but words are no sentence"},
		{Request{Text: "rolling update stuck", Platform: Discord, Caps: chat}, "en", "although they beat the default"},
		{Request{Text: "rolling update stuck", Surface: Mention, Platform: Slack, Tenant: "T1", User: "U-ja", Caps: chat}, "ja", "not even in a mention"},
		{Request{Text: "daily on 9:00 Asia/Toky", Platform: Slack, Tenant: "T1", User: "U-auto", Caps: chat, Locales: []string{"ja"}}, "ja", "nor is the argument of a command"},
		{Request{Text: "widgetとは", Platform: Slack, Caps: chat}, "ja", "the question decides without a profile locale"},
		{Request{Text: "what is a widget", Platform: Slack, Caps: chat, Locales: []string{"fr-FR"}}, "en", "or with an unsupported one"},
		{Request{Text: "what is a widget", Surface: Mention, Platform: Slack, Caps: chat, Locales: []string{"ja"}}, "en", "others read the answer to a mention too"},
		{Request{Text: "what is a widget", Surface: Mention, Platform: Slack, Tenant: "T1", User: "U-ja", Caps: chat}, "en", "also if the person reads Japanese"},
		{Request{Text: "widget", Surface: Mention, Platform: Slack, Tenant: "T1", User: "U-en", Caps: chat, Locales: []string{"ja"}}, "en", "a bare term has no language"},
		{Request{Text: "NAME  READY  STATUS\nw  0/1  WidgetFailing", Surface: Mention, Platform: Slack, Tenant: "T1", User: "U-en", Caps: chat, Locales: []string{"ja"}}, "en", "nor has kubectl output"},
		{Request{Text: "Error from server (NotFound): pods \"web\" not found", Surface: Mention, Platform: Slack, Caps: chat, Locales: []string{"ja"}}, "ja", "not even of one line"},
		{Request{Text: "Error from server (NotFound): pods \"web\" not found と出ました", Surface: Mention, Platform: Slack, Caps: chat, Locales: []string{"en-US"}}, "ja", "but kana in that line count"},
		{Request{Text: "説明 WidgetFailing", Surface: Mention, Platform: Slack, Caps: chat, Locales: []string{"en-US"}}, "ja", "as do kana in the name of a command"},
		{Request{Text: "なぜ?\nNAME  READY  STATUS\nw  0/1  WidgetFailing", Surface: Mention, Platform: Slack, Tenant: "T1", User: "U-en", Caps: chat}, "ja", "but the prose around it has"},
		{Request{Text: "NAME  READY  STATUS\nw  0/1  WidgetFailing", Platform: Slack, Tenant: "T1", User: "U-auto", Caps: chat, Locales: []string{"en-US"}}, "en", "auto for a paste is the profile"},
		{Request{Text: "what is a widget", Platform: Slack, Tenant: "T1", User: "U-auto", Caps: chat, Locales: []string{"ja"}}, "en", "auto is the language of the question"},
		{Request{Text: "widget", Platform: Slack, Tenant: "T1", User: "U-auto", Caps: chat, Locales: []string{"ja"}}, "ja", "and else of the profile"},
		{Request{Action: "1:term:widget", Locales: []string{"en"}}, "en", "a button click only has a locale"},
		{Request{Action: "1:share:widget:en", Locales: []string{"ja"}}, "en", "sharing keeps the language of the reply"},
	} {
		if got := b.Handle(context.Background(), tt.req).Lang; got != tt.want {
			t.Errorf("%+v: language %s, want %s: %s", tt.req, got, tt.want, tt.why)
		}
	}
}

func TestChooseLanguage(t *testing.T) {
	kept := &fakeStore{langs: map[Person]glossary.Lang{}}
	b := fixture(t, Options{Store: kept})
	ask := func(text string) reply.Reply {
		return b.Handle(context.Background(), Request{Platform: Slack, User: "U1", Text: text})
	}
	for _, tt := range []struct {
		text string
		want glossary.Lang
	}{
		{"lang en", "en"}, {"widget", "en"}, {"widgetとは", "en"}, {"lang 日本語", "ja"}, {"what is a widget", "ja"},
		{"lang EN", "en"}, {"lang auto", "ja"}, {"what is a widget", "en"}, {"lang klingon", "ja"},
	} {
		if got := ask(tt.text).Lang; got != tt.want {
			t.Errorf("after %q: got language %s, want %s", tt.text, got, tt.want)
		}
	}
}

// fakeStore is a Store that can fail or hang.
type fakeStore struct {
	Store
	langs map[Person]glossary.Lang
	err   error
	hang  bool
	miss  chan string
}

func (s *fakeStore) Language(ctx context.Context, p Person) (glossary.Lang, error) {
	if s.hang {
		<-ctx.Done()
		return "", ctx.Err()
	}
	return s.langs[p], s.err
}

func (s *fakeStore) SetLanguage(ctx context.Context, p Person, l glossary.Lang) error {
	if s.hang {
		<-ctx.Done()
		return ctx.Err()
	}
	if s.err == nil {
		s.langs[p] = l
	}
	return s.err
}

func (s *fakeStore) CountMiss(_ context.Context, _ Tenant, query string) error {
	if s.miss != nil {
		s.miss <- query
	}
	return s.err
}

// TestWithoutStore checks that the bot answers while the store is down.
func TestWithoutStore(t *testing.T) {
	for name, s := range map[string]*fakeStore{
		"failing": {err: errors.New("connection refused")},
		"hanging": {hang: true},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			b := fixture(t, Options{Store: s, Log: slog.New(slog.NewTextHandler(&logged, nil))})
			for range 20 {
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				if r := b.Handle(ctx, Request{Platform: Slack, User: "U1", Text: "widget"}); r.Kind != reply.KindTerm {
					t.Errorf("got a reply of kind %s, want a term", r.Kind)
				}
				cancel()
			}
			if n := strings.Count(logged.String(), "cannot look up language"); n != 1 {
				t.Errorf("asked the store %d times while it was down, want once", n)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
			defer cancel()
			r := b.Handle(ctx, Request{Platform: Slack, User: "U1", Text: "lang en"})
			if r.Kind != reply.KindSetting {
				t.Errorf("got a reply of kind %s, want a setting", r.Kind)
			}
		})
	}
}

// TestMisses checks which questions that found nothing are stored, and in which form.
func TestMisses(t *testing.T) {
	s := &fakeStore{miss: make(chan string, 10)}
	b := fixture(t, Options{Store: s})
	for _, text := range []string{"Pizza Margherita", "widget", "", "ピザ！", strings.Repeat("pizza ", 30), "!!!"} {
		b.Handle(context.Background(), Request{Platform: Slack, Tenant: "T1", User: "U1", Text: text})
	}
	b.Wait()
	close(s.miss)
	got := make(map[string]bool)
	for q := range s.miss {
		got[q] = true
	}
	if diff := cmp.Diff(map[string]bool{"pizzamargherita": true, "ピザ": true}, got); diff != "" {
		t.Errorf("misses (-want +got):\n%s", diff)
	}
}

// TestPanic checks that a panic results in a reply of one sentence, and in one log line that does
// not contain the question.
func TestPanic(t *testing.T) {
	var logged bytes.Buffer
	b := fixture(t, Options{
		Log:    slog.New(slog.NewTextHandler(&logged, nil)),
		Random: func(int) int { panic("broken dice") },
	})
	r := b.Handle(context.Background(), Request{ID: "req-1", Text: "random workloads"})
	if r.Kind != reply.KindNone || !r.Ephemeral || len(r.Blocks) != 1 {
		t.Errorf("got %+v, want an ephemeral sentence", r)
	}
	if n := strings.Count(logged.String(), "level=ERROR"); n != 1 || !strings.Contains(logged.String(), "req-1") {
		t.Errorf("the log has %d errors:\n%s", n, &logged)
	}
	if strings.Contains(logged.String(), "random workloads") {
		t.Error("the log contains the question")
	}
}

// TestCommands checks that each command has texts in both languages.
func TestCommands(t *testing.T) {
	for _, c := range command.All() {
		if c.Help.EN == "" || c.Help.JA == "" || (c.Usage.EN == "") != (c.Usage.JA == "") {
			t.Errorf("the command %s lacks a language", c.Name)
		}
	}
}

// TestExamples checks that the bot can answer the examples that it shows.
func TestExamples(t *testing.T) {
	b := realBot(t)
	for _, l := range glossary.Langs {
		examples := wording.In(l).Examples
		for _, text := range examples[:len(examples)-1] { // the last one is a paste
			if r := b.Handle(context.Background(), Request{Text: text}); r.Kind != reply.KindTerm && r.Kind != reply.KindCompare {
				t.Errorf("example %q: got kind %s", text, r.Kind)
			}
		}
	}
}

func TestExplainFillsCommands(t *testing.T) {
	b := fixture(t, Options{})
	paste := "NAMESPACE  NAME   READY  STATUS         RESTARTS\n" +
		"shop       w-1    0/1    WidgetFailing  3\n" +
		"shop       w;rm   0/1    WidgetFailing  3\n" +
		"shop       w-2    0/1    WidgetFailing  3\n"
	r := b.Handle(context.Background(), Request{Text: paste})
	want := reply.Entry{
		Name: "WidgetFailing", Severity: glossary.Failure, Objects: []string{"pod/w-1", "pod/w-2"},
		Text:     "部品が失敗した状態です。",
		Facts:    []string{"STATUS WidgetFailing, RESTARTS 3"},
		Commands: []reply.Step{{Run: "kubectl describe pod w-1 -n shop", Note: "`Events`を読みます。"}},
	}
	if diff := cmp.Diff(want, r.Blocks[1]); diff != "" {
		t.Errorf("the finding (-want +got):\n%s", diff)
	}
}

func FuzzHandle(f *testing.F) {
	b := realBot(f)
	for _, s := range []string{"pod", "A vs B", "compare a b c", "AとBの違い", "explain NAME READY\nx y", "list list", "lang xx", "term", "\xff", "は", "1:more:pod"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, text string, press bool) {
		req := Request{Platform: Console, Surface: Terminal, Text: text}
		if press {
			req = Request{Platform: Slack, Surface: ButtonClick, Action: text}
		}
		r := b.Handle(context.Background(), req)
		if len(r.Blocks) == 0 || r.Lang == "" || r.Kind == "" {
			t.Errorf("Handle(%q) = %+v", text, r)
		}
		if !utf8.ValidString(r.Query) || strings.ContainsAny(r.Query, "\x00\x1b\u202e") {
			t.Errorf("query %q is not sanitized", r.Query)
		}
	})
}

func BenchmarkHandle(b *testing.B) {
	bot := realBot(b)
	for _, bb := range []struct{ name, text string }{
		{"term", "くらっしゅるーぷ"},
		{"miss", "ピザ"},
		{"100kB", strings.Repeat("x", 100_000)},
		{"100kB of marks", strings.Repeat("\u0301", 50_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			for b.Loop() {
				bot.Handle(context.Background(), Request{Text: bb.text})
			}
		})
	}
}
