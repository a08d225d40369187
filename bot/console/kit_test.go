package console

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

// TestKit runs what the kit asks of a terminal: what is written to it, which is text,
// by one person who types to one reader.
func TestKit(t *testing.T) {
	platformtest.Kit{
		Platform: Platform, Start: startSubject, Render: renderForKit, Do: do, Read: read, Dead: dead, Fits: fits,
		Lacks: []platformtest.Capability{platformtest.Events, platformtest.Messages, platformtest.JSON},
	}.Run(t)
}

var kitStyle = Style{Color: true, Width: MaxWidth, Numbers: true}

func renderForKit(r bot.Reply) ([]byte, error) { return []byte(Render(r, kitStyle)), nil }

// A subject is a terminal, as the kit sees it.
type subject struct {
	t      testing.TB
	bot    *bot.Bot
	locale string
	sent   [][]byte // what was written, an answer each
}

func startSubject(tb testing.TB, env platformtest.Env) platformtest.Subject {
	return &subject{t: tb, bot: env.Bot}
}

// Write takes an answer, which a chat writes at once.
func (s *subject) Write(p []byte) (int, error) {
	s.sent = append(s.sent, append([]byte(nil), p...))
	return len(p), nil
}

// Deliver types lines, each of which is answered before it returns.
func (s *subject) Deliver(_ int, text string) {
	c := &Chat{Bot: s.bot, In: strings.NewReader(text + "\n"), Out: s, Locale: s.locale, Style: kitStyle}
	if err := c.Run(context.Background()); err != nil {
		s.t.Error(err)
	}
}

func (s *subject) Finish()           {}
func (s *subject) Sent() [][]byte    { return s.sent }
func (s *subject) Secrets() []string { return nil }

// do has the person type something, or press a button by the number that it has
// below an answer.
func do(tb testing.TB, f platformtest.Feature, l glossary.Lang) (body []byte, private, canHide bool) {
	b := platformtest.Fixture(tb, slog.New(slog.DiscardHandler))
	s := &subject{t: tb, bot: b, locale: map[glossary.Lang]string{glossary.English: "en_US.UTF-8", glossary.Japanese: "ja_JP.UTF-8"}[l]}
	lines := f.Text.In(l)
	if f.Action != "" {
		lines = linesToPress(tb, b, f.Action)
	}
	s.Deliver(0, lines)
	return s.sent[len(s.sent)-1], false, false
}

// linesToPress returns what is typed to press a button: a question whose answer has it,
// and its number there.
func linesToPress(tb testing.TB, b *bot.Bot, action string) string {
	for _, question := range []string{"Widget", "thing", "Widget vs gadget"} {
		reply := b.Handle(context.Background(), bot.Request{Platform: Platform, Surface: bot.Terminal, Text: question})
		for i, choice := range reply.Buttons {
			if choice.ID == action {
				return fmt.Sprintf("%s\n%d", question, i+1)
			}
		}
	}
	tb.Fatalf("no answer offers %s", action)
	return ""
}

// colored is a text in one of the colours of a reply.
var colored = regexp.MustCompile(`\x1b\[(?:1|2|31|32|33|36)m([^\x1b]*)\x1b\[0m`)

// read returns a text without its colours.
func read(s string) string { return colored.ReplaceAllString(s, "$1") }

// dead tells what in a body a terminal would not print but do, or not show.
func dead(body []byte) error {
	var errs []error
	for _, r := range read(string(body)) {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			errs = append(errs, fmt.Errorf("%U is live in %q", r, body))
		}
	}
	return errors.Join(errs...)
}

// unbroken are the lines that stay whole however long they are: what is copied (a
// command, an address), one word, one button, and the names at the top of an answer.
var unbroken = regexp.MustCompile(`^ *\$ |https?://|^ *\S+$|^\[\d+\] |^[^\[]*\S  \S`)

// severalButtons is a line of buttons that could have been broken between two.
var severalButtons = regexp.MustCompile(`^\[\d+\] .*  \[\d+\] `)

// fits tells which lines of a body are wider than the style says though they could
// be broken, and what else is not as a terminal wants it.
func fits(body []byte) error {
	text := read(string(body))
	var errs []error
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\n") {
		errs = append(errs, errors.New("it is not lines of UTF-8"))
	}
	if strings.Contains(text, "\n\n\n") {
		errs = append(errs, errors.New("it has two empty lines in a row"))
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.TrimRight(line, " ") != line {
			errs = append(errs, fmt.Errorf("blanks end the line %q", line))
		}
		if n := lineedit.Width(line); n > kitStyle.Width && (!unbroken.MatchString(line) || severalButtons.MatchString(line)) {
			errs = append(errs, fmt.Errorf("%d columns: %q", n, line))
		}
	}
	return errors.Join(errs...)
}
