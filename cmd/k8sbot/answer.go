package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"

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

// An answer is a reply as programs read it. The form is a contract: fields are
// added, never renamed or dropped.
type answer struct {
	Query string        `json:"query"`
	Lang  glossary.Lang `json:"lang"`
	Kind  bot.Kind      `json:"kind"`
	// Partial is present if only a part of the query was read.
	Partial bool `json:"partial,omitempty"`

	Terms []answerTerm `json:"terms"`
}

type answerTerm struct {
	ID       string               `json:"id"`
	Name     glossary.Text        `json:"name"`
	Aliases  []string             `json:"aliases"`
	Category glossary.Category    `json:"category"`
	Layers   []glossary.UsageKind `json:"layers"`
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
			Layers:   []glossary.UsageKind{},
			Score:    m.Score,
			How:      m.How,
		}
		for _, l := range m.Term.Usages {
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
