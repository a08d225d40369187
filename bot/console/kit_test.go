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
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestKit runs the tests of platformtest that apply to a terminal, which shows text to one
// person and has no events, messages or JSON.
func TestKit(t *testing.T) {
	platformtest.Kit{
		Platform: Platform, Start: startSubject, Render: renderForKit, Do: do, Unescape: withoutColors, CheckInert: checkInert, CheckLimits: checkLayout,
		Lacks: []platformtest.Requirement{platformtest.Events, platformtest.Messages, platformtest.JSON},
	}.Run(t)
}

var kitStyle = Style{Color: true, Width: MaxWidth, Numbers: true}

func renderForKit(r reply.Reply) ([]byte, error) { return []byte(Render(r, kitStyle)), nil }

// A subject is a terminal under test.
type subject struct {
	t      testing.TB
	bot    *bot.Bot
	locale string
	sent   [][]byte // the replies
}

func startSubject(tb testing.TB, env platformtest.Env) platformtest.Subject {
	return &subject{t: tb, bot: env.Bot}
}

// Write records a reply. A chat writes each with a single call.
func (s *subject) Write(p []byte) (int, error) {
	s.sent = append(s.sent, append([]byte(nil), p...))
	return len(p), nil
}

// Deliver types lines, and returns when all of them have been answered.
func (s *subject) Deliver(_ int, text string) {
	c := &Chat{Bot: s.bot, In: strings.NewReader(text + "\n"), Out: s, Locale: s.locale, Style: kitStyle}
	if _, err := c.Run(context.Background()); err != nil {
		s.t.Error(err)
	}
}

func (s *subject) Finish()           {}
func (s *subject) Sent() [][]byte    { return s.sent }
func (s *subject) Secrets() []string { return nil }

// do types the text of a feature, or presses its button by typing the button's number.
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

// linesToPress returns the lines that press a button: a question whose reply has the
// button, and the button's number.
func linesToPress(tb testing.TB, b *bot.Bot, action string) string {
	for _, question := range []string{"Widget", "thing", "Widget vs gadget"} {
		r := b.Handle(context.Background(), bot.Request{Platform: Platform, Surface: bot.Terminal, Text: question})
		for i, button := range r.Buttons {
			if button.ID == action {
				return fmt.Sprintf("%s\n%d", question, i+1)
			}
		}
	}
	tb.Fatalf("no reply has a button %s", action)
	return ""
}

// colored matches text in one of the colors of replies.
var colored = regexp.MustCompile(`\x1b\[(?:1|2|31|32|33|36)m([^\x1b]*)\x1b\[0m`)

// withoutColors returns text without colors.
func withoutColors(s string) string { return colored.ReplaceAllString(s, "$1") }

// checkInert returns an error if a body has characters that a terminal would execute or
// hide.
func checkInert(body []byte) error {
	var errs []error
	for _, r := range withoutColors(string(body)) {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			errs = append(errs, fmt.Errorf("%U is not escaped in %q", r, body))
		}
	}
	return errors.Join(errs...)
}

// unbroken matches lines that may be longer than the width: text that people copy (a
// command, a URL), a single word, a single button, and the names in a title.
var unbroken = regexp.MustCompile(`^ *\$ |https?://|^ *\S+$|^\[\d+\] |^[^\[]*\S  \S`)

// severalButtons matches a line with several buttons, which may be broken.
var severalButtons = regexp.MustCompile(`^\[\d+\] .*  \[\d+\] `)

// checkLayout returns an error if a body has lines that are too long but could be broken,
// or other layout faults.
func checkLayout(body []byte) error {
	text := withoutColors(string(body))
	var errs []error
	if !utf8.ValidString(text) || !strings.HasSuffix(text, "\n") {
		errs = append(errs, errors.New("body is not lines of UTF-8"))
	}
	if strings.Contains(text, "\n\n\n") {
		errs = append(errs, errors.New("body has two empty lines in a row"))
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if strings.TrimRight(line, " ") != line {
			errs = append(errs, fmt.Errorf("trailing spaces in %q", line))
		}
		if n := lineedit.Width(line); n > kitStyle.Width && (!unbroken.MatchString(line) || severalButtons.MatchString(line)) {
			errs = append(errs, fmt.Errorf("line is %d columns wide: %q", n, line))
		}
	}
	return errors.Join(errs...)
}
