package console

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary/paste"
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

// pause is how long a chat waits for the next line of a paste. The lines of a
// paste come within a millisecond, the typed ones not within ten.
const pause = 30 * time.Millisecond

// maxMessage is the number of bytes of one message that are read, and
// maxLine that of one line.
const (
	maxMessage = 1 << 20
	maxLine    = 256 << 10
)

const prompt = "k8s> "

// Run answers what comes in until In ends, the person leaves, or ctx is done.
// The error is that of reading or writing.
func (c *Chat) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := c.Out
	var next func(context.Context) ([]string, bool)
	var failed <-chan error
	if c.Raw {
		out = Raw(c.Out)
		e := &editor{out: c.Out, columns: c.Columns, suspend: c.Suspend}
		var keys <-chan []byte
		keys, failed = readKeys(ctx, c.In)
		next = func(ctx context.Context) ([]string, bool) { return e.message(ctx, keys) }
		if _, err := io.WriteString(c.Out, bracketsOn); err != nil {
			return err
		}
		defer func() { _, _ = io.WriteString(c.Out, bracketsOff) }()
	} else {
		var lines <-chan string
		lines, failed = readLines(ctx, c.In)
		next = func(ctx context.Context) ([]string, bool) { return gather(ctx, lines) }
	}
	if c.Interactive {
		if _, err := io.WriteString(out, c.greeting()+"\n"); err != nil {
			return err
		}
	}
	var last []bot.Choice
	for {
		if c.Interactive && !c.Raw {
			if _, err := io.WriteString(out, prompt); err != nil {
				return err
			}
		}
		message, more := next(ctx)
		for _, text := range c.messages(message) {
			if c.Interactive && isLeaving(text) {
				return nil
			}
			reply := c.Bot.Handle(ctx, c.request(text, last))
			if len(reply.Choices) > 0 {
				last = reply.Choices
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
		select {
		case err := <-failed:
			return err
		default: // the person leaves, or ctx is done: a read may go on for ever
			return nil
		}
	}
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

// messages splits what came in at once into messages.
func (c *Chat) messages(lines []string) []string {
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

// request turns a message into a request: a number that stood before a choice
// of the last answer presses it.
func (c *Chat) request(text string, last []bot.Choice) bot.Request {
	req := bot.Request{Platform: bot.Console, Surface: bot.Terminal, User: User, Text: text, Locales: []string{c.Locale}}
	digits := strings.Trim(strings.TrimSpace(text), "[]")
	if n, err := strconv.Atoi(digits); err == nil && 1 <= n && n <= len(last) && c.Style.Numbers {
		req.Text, req.Action = "", last[n-1].ID
	}
	return req
}

// User is the one person at a terminal.
const User = "terminal"

func isLeaving(text string) bool {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "exit", "quit", ":q":
		return true
	}
	return false
}

// readLines sends the lines of r, as pump does.
func readLines(ctx context.Context, r io.Reader) (<-chan string, <-chan error) {
	in := bufio.NewReaderSize(r, maxLine)
	return pump(ctx, func() (string, bool, error) {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			// The rest of an endless line is the next one.
			err = nil
		}
		return strings.TrimRight(string(line), "\r\n"), len(line) > 0, err
	})
}

// pump sends what read gives, where there is something, until its error or the end
// of ctx; then it closes the channel and sends the error, nil at the end of the
// input.
func pump[T any](ctx context.Context, read func() (value T, some bool, err error)) (<-chan T, <-chan error) {
	values, failed := make(chan T), make(chan error, 1)
	go func() {
		defer close(values)
		for {
			value, some, err := read()
			if some {
				select {
				case values <- value:
				case <-ctx.Done():
					failed <- nil
					return
				}
			}
			if err != nil {
				if errors.Is(err, io.EOF) {
					err = nil
				}
				failed <- err
				return
			}
		}
	}()
	return values, failed
}

// gather waits for a line and takes those that follow at once. more is false
// where nothing will come any more.
func gather(ctx context.Context, lines <-chan string) (message []string, more bool) {
	size := 0
	add := func(line string) {
		if size += len(line) + 1; size <= maxMessage {
			message = append(message, line)
		}
	}
	select {
	case line, ok := <-lines:
		if !ok {
			return nil, false
		}
		add(line)
	case <-ctx.Done():
		return nil, false
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return message, false
			}
			add(line)
			timer.Reset(pause)
		case <-timer.C:
			return message, true
		case <-ctx.Done():
			return nil, false
		}
	}
}
