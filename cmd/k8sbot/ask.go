package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/discord"
	"k8sbot/bot/slack"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// answerFlags are what ask and explain have in common.
type answerFlags struct {
	lang, format *string
	why          *bool
}

func defineAnswerFlags(flags *flag.FlagSet) answerFlags {
	return answerFlags{
		lang:   choose(flags, "lang", "", "answer in this `language`", "ja", "en"),
		format: choose(flags, "format", "text", "write answers in this `format`", "text", "json", "slack", "discord"),
		why:    flags.Bool("why", false, "tell on standard error how each term was found"),
	}
}

// chatFormats are the formats that a platform's adapter would send.
var chatFormats = map[string]struct {
	platform bot.Platform
	caps     bot.Capabilities
	render   func(bot.Reply) ([]byte, error)
}{
	"slack":   {slack.Platform, slack.Capabilities, slack.Render},
	"discord": {discord.Platform, discord.Capabilities, discord.Render},
}

// An answerer asks the bot and writes its answers.
type answerer struct {
	env   *environment
	bot   *bot.Bot
	flags answerFlags
	style console.Style
}

func newAnswerer(env *environment, flags answerFlags) (*answerer, error) {
	cfg, err := readConfig(env)
	if err != nil {
		return nil, err
	}
	b, _, err := newBot(cfg, cfg.logger(env.stderr), glossary.Lang(*flags.lang))
	if err != nil {
		return nil, err
	}
	return &answerer{env: env, bot: b, flags: flags, style: env.style()}, nil
}

// answer asks one question, writes the answer, and reports whether there was
// one. command is the command of the chat that the question goes to, "" for
// whichever it names itself.
func (a *answerer) answer(ctx context.Context, command, text string) (bool, error) {
	req := bot.Request{
		Platform: console.Platform, Surface: bot.Terminal, User: console.User,
		Command: command, Text: text, Locales: []string{a.env.locale()},
	}
	if f, ok := chatFormats[*a.flags.format]; ok { // as the platform would ask
		req.Platform, req.Caps, req.Surface = f.platform, f.caps, bot.Slash
	}
	reply := a.bot.Handle(ctx, req)
	if *a.flags.why {
		a.tellWhy(reply)
	}
	out, err := a.render(reply)
	if err != nil {
		return false, err
	}
	_, err = a.env.stdout.Write(out)
	return reply.Kind != bot.KindNone, err
}

// maxWhy is the number of terms of a rung that are told.
const maxWhy = 5

// tellWhy tells on standard error what each rung of the search found, and what
// became of it.
func (a *answerer) tellWhy(reply bot.Reply) {
	for _, t := range a.bot.Why(reply.Query, maxWhy) {
		fmt.Fprintf(a.env.stderr, "%-9s %q:", t.Stage, t.Read)
		for _, m := range t.Matches {
			fmt.Fprintf(a.env.stderr, " %s (%s, %.2f)", m.Term.ID, m.How, m.Score)
		}
		if len(t.Matches) == 0 {
			fmt.Fprint(a.env.stderr, " nothing")
		}
		fmt.Fprintln(a.env.stderr)
	}
	for _, m := range reply.Matches {
		fmt.Fprintf(a.env.stderr, "%s: %s, %s, %.2f\n", reply.Kind, m.Term.ID, m.How, m.Score)
	}
}

// render sets a reply in the format that was asked for.
func (a *answerer) render(reply bot.Reply) ([]byte, error) {
	if f, ok := chatFormats[*a.flags.format]; ok {
		data, err := f.render(reply)
		return append(data, '\n'), err
	}
	if *a.flags.format == "json" {
		return encode(reply)
	}
	return []byte(console.Render(reply, a.style)), nil
}

func runAsk(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	af := defineAnswerFlags(flags)
	words, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return usagef("nothing to look up: type k8sbot ask WORD, or k8sbot ask - to read a question a line")
	}
	a, err := newAnswerer(env, af)
	if err != nil {
		return err
	}
	if len(words) == 1 && words[0] == "-" {
		return a.answerLines(ctx)
	}
	found, err := a.answer(ctx, "", strings.Join(words, " "))
	if err == nil && !found {
		err = errNothing
	}
	return err
}

// answerLines answers each line of standard input before it reads the next.
func (a *answerer) answerLines(ctx context.Context) error {
	in := bufio.NewReader(a.env.stdin)
	any := false
	for {
		line, err := await(ctx, func() (string, error) { return in.ReadString('\n') })
		if line != "" {
			if any && *a.flags.format == "text" {
				if _, err := io.WriteString(a.env.stdout, "\n"); err != nil {
					return err
				}
			}
			found, err := a.answer(ctx, "", strings.TrimRight(line, "\r\n"))
			if err != nil {
				return err
			}
			any = any || found
		}
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	if !any {
		return errNothing
	}
	return nil
}

func runExplain(ctx context.Context, env *environment, flags *flag.FlagSet, args []string) error {
	af := defineAnswerFlags(flags)
	files, err := parseArgs(flags, args)
	if err != nil {
		return err
	}
	in, name := env.stdin, "standard input"
	switch {
	case len(files) > 1:
		return usagef("explain reads one file, not %d", len(files))
	case len(files) == 1 && files[0] != "-":
		f, err := os.Open(files[0])
		if err != nil {
			return err
		}
		defer f.Close()
		in, name = f, f.Name()
	case term.IsTerminal(int(env.stdin.Fd())):
		fmt.Fprintln(env.stderr, "paste what kubectl printed, then press Ctrl-D")
	}
	text, err := readText(ctx, in, name)
	if err != nil {
		return err
	}
	a, err := newAnswerer(env, af)
	if err != nil {
		return err
	}
	found, err := a.answer(ctx, bot.ExplainCommand, text)
	if err == nil && !found {
		err = errNothing
	}
	return err
}

// An answer is a reply as programs read it. The form is a contract: fields are
// added, never renamed or dropped.
type answer struct {
	Query string        `json:"query"`
	Lang  glossary.Lang `json:"lang"`
	Kind  bot.Kind      `json:"kind"`
	// Partial is there if only a part of the query was read.
	Partial bool `json:"partial,omitempty"`

	Terms []answerTerm `json:"terms"`
}

type answerTerm struct {
	ID       string               `json:"id"`
	Name     glossary.Text        `json:"name"`
	Aliases  []string             `json:"aliases"`
	Category glossary.Category    `json:"category"`
	Layers   []glossary.LayerKind `json:"layers"`
	Score    float64              `json:"score"`
	How      search.How           `json:"how"`
	// Objects are there for the kind explain only, and then always.
	Objects *[]string `json:"objects,omitempty"`
}

// encode returns a reply as one line of JSON.
func encode(r bot.Reply) ([]byte, error) {
	a := answer{Query: r.Query, Lang: r.Lang, Kind: r.Kind, Partial: r.Partial, Terms: []answerTerm{}}
	for _, m := range r.Matches {
		t := answerTerm{
			ID:       m.Term.ID,
			Name:     m.Term.Names(),
			Aliases:  m.Term.OtherNames(),
			Category: m.Term.Category,
			Layers:   []glossary.LayerKind{},
			Score:    m.Score,
			How:      m.How,
		}
		for _, l := range m.Term.Layers {
			t.Layers = append(t.Layers, l.Kind)
		}
		if r.Kind == bot.KindExplain {
			objects := []string{}
			for _, o := range m.Objects {
				objects = append(objects, o.String())
			}
			t.Objects = &objects
		}
		a.Terms = append(a.Terms, t)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(a)
	return buf.Bytes(), err
}

// defaultWidth is the number of columns of a terminal that does not tell.
const defaultWidth = 80

// style returns how to set answers on standard output: in colour and broken
// into lines on a terminal, plainly elsewhere. NO_COLOR is respected
// (https://no-color.org).
func (env *environment) style() console.Style {
	f, isFile := env.stdout.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return console.Style{}
	}
	style := console.Style{Color: true, Width: defaultWidth}
	if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
		style.Width = min(columns, console.MaxWidth)
	}
	noColor, _ := env.lookup("NO_COLOR")
	if kind, _ := env.lookup("TERM"); noColor != "" || kind == "dumb" {
		style.Color = false
	}
	return style
}
