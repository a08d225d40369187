package console

import (
	"context"
	"io"
	"strconv"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/console/lineedit"
	"k8sbot/glossary"
)

// A Chat is a conversation in a terminal, or over a pipe.
type Chat struct {
	Bot *bot.Bot
	In  io.Reader
	Out io.Writer
	// Locale of the terminal, as "ja_JP.UTF-8".
	Locale string
	// Interactive is set where a person types: there are a greeting and a
	// prompt, and lines that come at once are one paste. Over a pipe they are
	// so only where they are the output of kubectl.
	Interactive bool
	Style       Style
	// Greeting is what an interactive chat begins with.
	Greeting string
	// Raw is set where the terminal hands over each key as it is pressed, and
	// draws what Out gets as it is: then the chat edits the line by itself.
	Raw bool
	// Columns returns the width of the terminal, where Raw is set: it may change.
	Columns func() int
	// Suspend stops the process until it is brought back, as Ctrl-Z does; nil
	// where that is not possible. It is for where Raw is set.
	Suspend func()
}

const prompt = "k8s> "

// Run answers what comes in until In ends, the person leaves, or ctx is done.
// The error is that of reading or writing.
func (c *Chat) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var in input
	out := c.Out
	if c.Raw {
		e := &lineedit.Editor{Out: c.Out, Prompt: prompt, Columns: c.Columns, Suspend: c.Suspend}
		if err := e.Start(ctx, c.In); err != nil {
			return err
		}
		defer e.Stop()
		in, out = e, lineedit.Raw(c.Out)
	} else {
		in = lineedit.ReadLines(ctx, c.In)
	}
	if c.Interactive {
		if _, err := io.WriteString(out, c.greeting()+"\n"); err != nil {
			return err
		}
	}
	var last []bot.Button
	for {
		if c.Interactive && !c.Raw {
			if _, err := io.WriteString(out, prompt); err != nil {
				return err
			}
		}
		message, more := in.Next(ctx)
		for _, text := range c.splitMessages(message) {
			if c.Interactive && isExit(text) {
				return nil
			}
			reply := c.Bot.Handle(ctx, c.request(text, last))
			if len(reply.Buttons) > 0 {
				last = reply.Buttons
			}
			if _, err := io.WriteString(out, Render(reply, c.style())+"\n"); err != nil {
				return err
			}
		}
		if more {
			continue
		}
		if c.Interactive {
			// The shell's prompt goes on a line of its own.
			_, _ = io.WriteString(out, "\n")
		}
		return in.Err()
	}
}

// An input is what a person types or pastes.
type input interface {
	// Next returns the lines of the next message, and whether more may follow.
	Next(ctx context.Context) (lines []string, more bool)
	// Err returns the error of reading that ended the messages, if one did.
	Err() error
}

// MaxWidth is the number of columns above which lines are hard to read.
const MaxWidth = 100

// style returns the style for the width that the terminal has now.
func (c *Chat) style() Style {
	style := c.Style
	if c.Columns != nil {
		style.Width = min(c.Columns(), MaxWidth)
	}
	return style
}

func (c *Chat) greeting() string {
	p := &printer{Style: c.style()}
	for line := range strings.Lines(c.Greeting) {
		p.text(strings.TrimRight(line, "\n"), "")
	}
	return p.out.String()
}

// splitMessages splits what came in at once into messages.
func (c *Chat) splitMessages(lines []string) []string {
	text := strings.Join(lines, "\n")
	if c.Interactive || glossary.LooksLikeOutput(text) {
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

// request turns a message into a request: a number that stood before a choice
// of the last answer presses it.
func (c *Chat) request(text string, last []bot.Button) bot.Request {
	req := bot.Request{Platform: Platform, Surface: bot.Terminal, User: User, Text: text, Locales: []string{c.Locale}}
	digits := strings.Trim(strings.TrimSpace(text), "[]")
	if n, err := strconv.Atoi(digits); err == nil && 1 <= n && n <= len(last) && c.Style.Numbers {
		req.Text, req.Action = "", last[n-1].ID
	}
	return req
}

// Platform is the terminal's name in requests, and User the one person at it.
const (
	Platform bot.Platform = "console"
	User                  = "terminal"
)

func isExit(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "exit", "quit", ":q":
		return true
	}
	return false
}
