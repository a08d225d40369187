package console

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/bot/followup"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Chat is a conversation on a terminal or over a pipe.
type Chat struct {
	Bot *bot.Bot
	In  io.Reader
	Out io.Writer
	// Locale is the terminal's locale, such as "ja_JP.UTF-8".
	Locale string
	// Interactive is true if a person is typing. The chat then has a greeting and a prompt, and
	// lines that arrive together are one message, since they are a paste. Otherwise, lines that
	// arrive together are one message only if they look like the output of kubectl.
	Interactive bool
	Style       Style
	// TimeZone is the person's time zone, as an IANA name. It is "" if the time zone is unknown.
	TimeZone string
	// First is a message that is answered before the person types anything. It may be "".
	First string
	// Greeting is the first text of an interactive chat.
	Greeting string
	// Raw is true if the terminal is in raw mode. The chat then does the line editing.
	Raw bool
	// Columns returns the current width of the terminal. It must be set if Raw is true.
	Columns func() int
	// Suspend stops the process until it is resumed, as Ctrl-Z does. It is nil if that is not
	// possible. It is used only if Raw is set.
	Suspend func()
}

const prompt = "k8s> "

// Run answers messages until In ends, the person leaves, or ctx is done. It reports whether
// there was a message, and returns the first error from reading In or writing Out.
func (c *Chat) Run(ctx context.Context) (asked bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var in input
	out := c.Out
	if c.Raw {
		e := &lineedit.Editor{Out: c.Out, Prompt: prompt, Columns: c.Columns, Suspend: c.Suspend}
		e.Complete = func(line string) []string {
			return completions(line, c.Bot.Complete(ctx, c.request(line, answered{}), maxCompletions))
		}
		if err := e.Start(ctx, c.In); err != nil {
			return false, err
		}
		defer e.Stop()
		in, out = e, lineedit.Raw(c.Out)
	} else {
		in = lineedit.ReadLines(ctx, c.In)
	}
	if c.Interactive {
		if _, err := io.WriteString(out, c.greeting()+"\n"); err != nil {
			return false, err
		}
	}
	var last answered
	answer := func(text string) error {
		r, ok := c.misnumbered(text, last)
		if !ok {
			r = c.Bot.Handle(ctx, c.request(text, last))
		}
		if list := choices(r); len(list) > 0 {
			last = answered{list, r.Lang, r.Kind}
		}
		_, err := io.WriteString(out, Render(r, c.style())+"\n")
		return err
	}
	if c.First != "" {
		if err := answer(c.First); err != nil {
			return asked, err
		}
	}
	for {
		if c.Interactive && !c.Raw {
			if _, err := io.WriteString(out, prompt); err != nil {
				return asked, err
			}
		}
		message, more := in.Next(ctx)
		for _, text := range c.splitMessages(message) {
			if c.Interactive && isExit(text) {
				return asked, nil
			}
			asked = true
			if err := answer(text); err != nil {
				return asked, err
			}
		}
		if more {
			continue
		}
		if c.Interactive {
			// Start a new line, on which the shell prints its prompt.
			_, _ = io.WriteString(out, "\n")
		}
		return asked, in.Err()
	}
}

// An input reads what a person types or pastes.
type input interface {
	// Next returns the lines of the next message, and whether more may follow.
	Next(ctx context.Context) (lines []string, more bool)
	// Err returns the read error that ended the input, or nil at its end.
	Err() error
}

// MaxWidth is the maximum width of lines, in columns. Longer lines are hard to read.
const MaxWidth = 100

// style returns the style for the current width of the terminal.
func (c *Chat) style() Style {
	style := c.Style
	if c.Columns != nil {
		style.Width = min(c.Columns(), MaxWidth)
	}
	return style
}

// greeting returns the greeting, broken into lines.
func (c *Chat) greeting() string {
	p := &printer{Style: c.style()}
	for line := range strings.Lines(c.Greeting) {
		p.text(strings.TrimRight(line, "\n"), "")
	}
	return p.out.String()
}

// splitMessages splits lines that arrived together into messages.
func (c *Chat) splitMessages(lines []string) []string {
	text := strings.Join(lines, "\n")
	if c.Interactive || paste.LooksLikeOutput(text) {
		lines = []string{text}
	}
	var messages []string
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			messages = append(messages, l)
		}
	}
	return messages
}

// An answered contains what the chat remembers about its last reply: the buttons, language and
// kind.
type answered struct {
	buttons []reply.Button
	lang    glossary.Lang
	kind    reply.Kind
}

// numberOf returns the number that a message consists of. It may have brackets, as in replies,
// and full-width digits, as Japanese keyboards type them.
func numberOf(text string) (n int, ok bool) {
	digits := strings.Trim(norm.NFKC.String(strings.TrimSpace(text)), "[]")
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

// noButton is the reply to a number without a button.
var noButton = glossary.Text{EN: "There is no button %d.", JA: "%d番のボタンはありません。"}

// misnumbered returns the reply to the number of a button that the last reply does not have. It
// offers the same buttons again.
func (c *Chat) misnumbered(text string, last answered) (reply.Reply, bool) {
	n, ok := numberOf(text)
	if !ok || !c.Style.Numbers || len(last.buttons) == 0 || 1 <= n && n <= len(last.buttons) {
		return reply.Reply{}, false
	}
	said := reply.Paragraph{Text: fmt.Sprintf(noButton.In(last.lang), n)}
	return reply.Reply{Kind: last.kind, Lang: last.lang, Blocks: []reply.Block{said}, Buttons: last.buttons}, true
}

// isUndo reports whether a message asks to undo the last answer of a review.
func isUndo(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "undo", "undo last", "取り消し", "取り消す", "元に戻す":
		return true
	}
	return false
}

// turned returns the button of a list that leads to its next or previous page, if a message asks for
// that page.
func turned(last answered, text string) (reply.Button, bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "next", "next page", "more", "次", "次へ", "次のページ", "続き", "もっと":
		return reply.Find(last.buttons, reply.NextPage)
	case "previous", "previous page", "prev", "back", "前", "前へ", "前のページ", "戻る":
		return reply.Find(last.buttons, reply.PreviousPage)
	}
	return reply.Button{}, false
}

// request turns a message into a request. The number of a button in the last reply presses that
// button, and a request for details, such as "more", presses the button for details. After a list,
// "next" and "previous" turn the page. In a review, "undo" undoes the last answer.
func (c *Chat) request(text string, last answered) bot.Request {
	text = strings.TrimPrefix(text, "/k8s ") // as people type on the other platforms
	req := bot.Request{Platform: Platform, Surface: bot.Terminal, User: User, Text: text, Locales: []string{c.Locale}, TimeZone: c.TimeZone}
	asks, _ := followup.Parse(text)
	if n, ok := numberOf(text); ok && 1 <= n && n <= len(last.buttons) && c.Style.Numbers {
		req.Text, req.Action = "", last.buttons[n-1].ID
	} else if last.kind == reply.KindReview && isUndo(text) {
		if undo, ok := reply.Find(last.buttons, reply.Unremember); ok {
			req.Text, req.Action = "", undo.ID
		} else {
			req.Command, req.Text = bot.ReviewCommand, "undo"
		}
	} else if page, ok := turned(last, text); ok {
		req.Text, req.Action = "", page.ID
	} else if more, ok := reply.Find(last.buttons, reply.ShowMore); ok && asks == followup.Details {
		req.Text, req.Action = "", more.ID
	}
	if req.Action != "" {
		req.Locales = []string{string(last.lang)}
	}
	return req
}

const (
	// Platform is the terminal's name in requests.
	Platform bot.Platform = "console"
	// User is the ID of the person at the terminal.
	User = "terminal"
)

// isExit reports whether a message ends the chat.
func isExit(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "exit", "quit", ":q":
		return true
	}
	return false
}
