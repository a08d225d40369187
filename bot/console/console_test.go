package console

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/daily"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

func fixture(tb testing.TB) *bot.Bot {
	tb.Helper()
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		tb.Fatal(err)
	}
	return bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler), Random: func(int) int { return 0 }, Now: newYear, Picker: &daily.Picker{Glossary: g}})
}

// newYear is a fixed time, so that the daily term is fixed too.
func newYear() time.Time { return time.Date(2027, time.January, 1, 3, 0, 0, 0, time.UTC) }

// TestRender compares whole replies in both languages with testdata/*.golden.
func TestRender(t *testing.T) {
	b := fixture(t)
	styles := map[string]Style{
		"":       {},
		"-color": {Color: true, Width: 40, Numbers: true},
	}
	for name, req := range map[string]bot.Request{
		"status":      {Text: "WidgetFailing"},
		"status-more": {Action: "1:more:failing-widget"},
		"kind":        {Text: "wd"},
		"kind-more":   {Action: "1:more:widget"},
		"shared":      {Text: "thing"},
		"suggestions": {Text: "wid"},
		"miss":        {Text: "pizza\u202e [31m"},
		"compare":     {Text: "widget vs gadget"},
		"explain":     {Text: "NAME   READY   STATUS          RESTARTS\nw-1    0/1     WidgetFailing   3"},
		"list":        {Text: "list"},
		"category":    {Text: "list workloads"},
		"help":        {Text: "help"},
		"lang":        {Text: "lang"},
	} {
		for suffix, style := range styles {
			t.Run(name+suffix, func(t *testing.T) {
				var got strings.Builder
				for _, l := range glossary.Langs {
					req := req
					req.Platform, req.Surface, req.Locales = Platform, bot.Terminal, []string{string(l)}
					fmt.Fprintf(&got, "-- %s --\n%s", l, Render(b.Handle(context.Background(), req), style))
				}
				platformtest.GoldenText(t, filepath.Join("testdata", name+suffix+".golden"), got.String())
			})
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		want []string
	}{
		{"short", 20, []string{"short"}},
		{"two words and some more of them", 20, []string{"two words and some", "more of them"}},
		{"日本語の文は、どこででも折り返せます。", 20, []string{"日本語の文は、どこで", "でも折り返せます。"}},
		{"句読点は行の頭に来な、い", 20, []string{"句読点は行の頭に来", "な、い"}},
		{"kubeletがPodを起動します", 20, []string{"kubeletがPodを起動し", "ます"}},
		{"averyveryveryverylongwordthatdoesnotfit", 20, []string{"averyveryveryverylongwordthatdoesnotfit"}},
		{"never " + strings.Repeat("broken ", 50), 0, []string{"never " + strings.Repeat("broken ", 50)}},
	} {
		if diff := cmp.Diff(tt.want, wrap(tt.text, tt.n)); diff != "" {
			t.Errorf("wrap(%q, %d) (-want +got):\n%s", tt.text, tt.n, diff)
		}
	}
}

// TestChat runs whole conversations. Each step is typed or pasted in one go.
func TestChat(t *testing.T) {
	for _, tt := range []struct {
		name        string
		interactive bool
		steps       []string
		want        []string // in this order
		not         []string
	}{
		{
			name: "a paste is one message", interactive: true,
			steps: []string{"NAME  READY  STATUS  RESTARTS\nw-1  0/1  WidgetFailing  3\nw-2  0/1  WidgetFailing  3\n"},
			want:  []string{"hello", prompt, "WidgetFailing", "pod/w-1, pod/w-2", prompt},
		},
		{
			name: "several lines are one message even if they are not output", interactive: true,
			steps: []string{"it is\nWidgetFailing\n"},
			want:  []string{prompt, "WidgetFailing", prompt},
			not:   []string{prompt + "\x00" + prompt},
		},
		{
			name: "a number presses a button", interactive: true,
			steps: []string{"widget\n", "1\n"},
			want:  []string{prompt, "Widget", "[1]", prompt, "ウィジェット", "間違えやすい用語"},
		},
		{
			name: "a number before any button has no answer", interactive: true,
			steps: []string{"99\n"},
			want:  []string{prompt, "Kubernetesの用語を入力するか"},
		},
		{
			name: "a number without a button repeats the buttons", interactive: true,
			steps: []string{"widget\n", "9\n", "１\n"},
			want:  []string{prompt, "[1]", prompt, "9番のボタンはありません。", "[1]", prompt, "間違えやすい用語"},
		},
		{
			name: "in English too", interactive: true,
			steps: []string{"what is a widget\n", "[0]\n"},
			want:  []string{prompt, "[1]", prompt, "There is no button 0.", "[1]"},
		},
		{
			name: "exit leaves", interactive: true,
			steps: []string{"exit\n", "widget\n"},
			want:  []string{prompt},
			not:   []string{"ウィジェット"},
		},
		{
			name:  "over a pipe each line is a message",
			steps: []string{"widget\n\ngadget\n"},
			want:  []string{"Widget", "gadget"},
			not:   []string{prompt, "hello", "[1]"},
		},
		{
			name:  "over a pipe the output of kubectl is one message",
			steps: []string{"NAME  READY  STATUS  RESTARTS\nw-1  0/1  WidgetFailing  3\nw-2  0/1  WidgetFailing  3\n"},
			want:  []string{"pod/w-1, pod/w-2"},
		},
		{
			name:  "a line that is too long is split",
			steps: []string{strings.Repeat("x", 2<<20) + "\n", "widget\n"},
			want:  []string{"Widget"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in, typed := io.Pipe()
				var out bytes.Buffer
				c := &Chat{
					Bot: fixture(t), In: in, Out: &out, Locale: "ja_JP.UTF-8",
					Interactive: tt.interactive, Greeting: "hello", Style: Style{Numbers: tt.interactive},
				}
				written := make(chan struct{})
				go func() {
					defer close(written)
					for _, step := range tt.steps {
						if _, err := io.WriteString(typed, step); err != nil {
							return
						}
						time.Sleep(time.Second)
					}
					typed.Close()
				}()
				if _, err := c.Run(context.Background()); err != nil {
					t.Error(err)
				}
				in.Close()
				<-written
				rest := out.String()
				for _, want := range tt.want {
					_, after, ok := strings.Cut(rest, want)
					if !ok {
						t.Fatalf("%q not found in the rest of the chat:\n%s", want, rest)
					}
					rest = after
				}
				for _, not := range tt.not {
					if strings.Contains(out.String(), not) {
						t.Errorf("unexpected %q in the chat:\n%s", not, &out)
					}
				}
			})
		})
	}
}

// TestRawChat checks that a chat on a raw terminal answers a paste without a line end
// once, begins lines at the left edge, and turns bracketed paste off at the end.
func TestRawChat(t *testing.T) {
	// See the constants of lineedit.
	const (
		pasteStart, pasteEnd      = "\x1b[200~", "\x1b[201~"
		pasteModeOn, pasteModeOff = "\x1b[?2004h", "\x1b[?2004l"
	)
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		var out strings.Builder
		c := &Chat{
			Bot: fixture(t), In: in, Out: &out, Interactive: true, Raw: true, Greeting: "hello",
			Columns: func() int { return 60 }, Style: Style{Numbers: true, Width: 80},
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			for _, step := range []string{
				pasteStart + "NAME  READY  STATUS  RESTARTS\rw-1  0/1  WidgetFailing  3\rw-2  0/1  WidgetFailing  3" + pasteEnd,
				"\r", "\x04",
			} {
				_, _ = io.WriteString(typed, step)
				time.Sleep(time.Second)
			}
		}()
		if _, err := c.Run(context.Background()); err != nil {
			t.Error(err)
		}
		in.Close()
		<-done
		got := out.String()
		if !strings.HasPrefix(got, pasteModeOn+"hello\r\n") || !strings.HasSuffix(got, "\r\n"+pasteModeOff) {
			t.Errorf("unexpected beginning or end: %q", got)
		}
		if strings.Count(got, "pod/w-1, pod/w-2") != 1 {
			t.Errorf("paste was not answered once: %q", got)
		}
		if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
			t.Errorf("newline without a carriage return: %q", got)
		}
	})
}

// TestCtrlC checks that Ctrl-C on a raw terminal ends an empty line like a signal.
func TestCtrlC(t *testing.T) {
	for keys, want := range map[string]error{"pod\x03\x03": lineedit.ErrInterrupt, "pod\x03\x04": nil} {
		c := &Chat{
			Bot: fixture(t), In: strings.NewReader(keys), Out: io.Discard, Interactive: true, Raw: true, Columns: func() int { return 60 },
		}
		if asked, err := c.Run(context.Background()); asked || err != want {
			t.Errorf("%q: got %t, %v, want %v and no question", keys, asked, err, want)
		}
	}
}

// TestSlashCommand answers what people type on the other platforms.
func TestSlashCommand(t *testing.T) {
	var plain, slash bytes.Buffer
	for text, out := range map[string]*bytes.Buffer{"help\n": &plain, "/k8s help\n": &slash} {
		c := &Chat{Bot: fixture(t), In: strings.NewReader(text), Out: out}
		if _, err := c.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(plain.String(), slash.String()); diff != "" || plain.Len() == 0 {
		t.Errorf("got another answer to /k8s help (-help +/k8s help):\n%s", diff)
	}
}

// TestTurnPage checks that words turn the pages of a list, and that the last page and a list of
// categories have no next page.
func TestTurnPage(t *testing.T) {
	for text, want := range map[string][]string{
		"list networking\nnext\nmore\nprevious\n": {"1–24 of", "25–48 of", "49–72 of", "25–48 of"},
		"list networking\n続き\n前へ\n":               {"1–24 of", "25–48 of", "1–24 of"},
		"list\nnext\nlist community 99\nprev\n":   {"terms by category", "next", "Community"},
	} {
		var out bytes.Buffer
		c := &Chat{Bot: platformtest.Bot(t, nil, slog.New(slog.DiscardHandler)), In: strings.NewReader(text), Out: &out, Locale: "en_US.UTF-8"}
		if _, err := c.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		rest := out.String()
		for _, page := range want {
			_, after, ok := strings.Cut(rest, page)
			if !ok {
				t.Errorf("%q: %q not found in the rest of the chat:\n%s", text, page, rest)
				break
			}
			rest = after
		}
	}
}

// TestTab completes the names of commands and terms on a raw terminal.
func TestTab(t *testing.T) {
	c := &Chat{Bot: fixture(t), Locale: "ja_JP.UTF-8"}
	for typed, want := range map[string][]string{
		"gadg": {"gadget"}, "LIS": {"list "}, "WidgetF": {"WidgetFailing"}, "": nil, "  ": nil, "zzz": nil, "ウィジェ": {"ウィジェット", "ウィジェットフェイリング"},
	} {
		if got := completions(typed, c.Bot.Complete(context.Background(), c.request(typed, answered{}), maxCompletions)); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
	in, keys := io.Pipe()
	go func() {
		for _, k := range []string{"gadg", "\t", "\r", "\x04"} {
			_, _ = keys.Write([]byte(k))
			time.Sleep(200 * time.Millisecond)
		}
		keys.Close()
	}()
	var out bytes.Buffer
	c = &Chat{Bot: fixture(t), In: in, Out: &out, Interactive: true, Raw: true, Columns: func() int { return 60 }}
	if asked, err := c.Run(context.Background()); !asked || err != nil || !strings.Contains(out.String(), "k8s> gadget") {
		t.Errorf("got %t, %v, %q, want a question about gadget", asked, err, out.String())
	}
}

// TestInterrupt checks that a chat that waits for input ends when its context is done.
func TestInterrupt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, typed := io.Pipe()
		ctx, cancel := context.WithCancel(context.Background())
		var out bytes.Buffer
		c := &Chat{Bot: fixture(t), In: in, Out: &out, Interactive: true}
		ended := make(chan error)
		go func() {
			_, err := c.Run(ctx)
			ended <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		typed.Close()
	})
}

// TestBrokenPipe checks that a write error ends the chat.
func TestBrokenPipe(t *testing.T) {
	c := &Chat{Bot: fixture(t), In: strings.NewReader("widget\n"), Out: failingWriter{}}
	if _, err := c.Run(context.Background()); err != io.ErrClosedPipe {
		t.Errorf("got %v, want %v", err, io.ErrClosedPipe)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
