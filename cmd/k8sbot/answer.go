package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/discord"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// answerFlags are the flags of both ask and explain.
type answerFlags struct {
	lang, format *string
	why          *bool
}

func defineAnswerFlags(flags *flag.FlagSet) answerFlags {
	return answerFlags{
		lang:   enumFlag(flags, "lang", "", "`language` of the answer", "ja", "en"),
		format: enumFlag(flags, "format", "text", "`format` of the answer", "text", "json", "slack", "discord"),
		why:    flags.Bool("why", false, "print to standard error how each term was found"),
	}
}

// chatFormats are the messages that each platform's adapter would send.
var chatFormats = map[string]struct {
	platform bot.Platform
	caps     bot.Capabilities
	render   func(reply.Reply) ([]byte, error)
}{
	"slack":   {slack.Platform, slack.Capabilities, slack.Render},
	"discord": {discord.Platform, discord.Capabilities, discord.Render},
}

// An answerer passes questions to the bot and prints the answers.
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
	b, _, err := newBot(cfg, cfg.logger(env.stderr), glossary.Lang(*flags.lang), nil)
	if err != nil {
		return nil, err
	}
	return &answerer{env: env, bot: b, flags: flags, style: env.style()}, nil
}

// answer prints the answer to one question and reports whether the bot found one.
// command is the chat command that gets the text. If it is "", the text may name one.
func (a *answerer) answer(ctx context.Context, command, text string) (bool, error) {
	req := bot.Request{
		Platform: console.Platform, Surface: bot.Terminal, User: console.User,
		Command: command, Text: text, Locales: []string{a.env.locale()},
	}
	if f, ok := chatFormats[*a.flags.format]; ok { // ask as the platform would
		req.Platform, req.Caps, req.Surface = f.platform, f.caps, bot.Slash
	}
	r := a.bot.Handle(ctx, req)
	if *a.flags.why {
		a.printTrace(r)
	}
	out, err := a.render(r)
	if err != nil {
		return false, err
	}
	_, err = a.env.stdout.Write(out)
	return r.Kind != reply.KindNone, err
}

// maxTraceMatches is the number of terms to print for each stage of the search.
const maxTraceMatches = 5

// printTrace prints to standard error what each stage of the search found, and which
// matches the reply has.
func (a *answerer) printTrace(r reply.Reply) {
	for _, t := range a.bot.Why(r.Query, maxTraceMatches) {
		fmt.Fprintf(a.env.stderr, "%-9s %q:", t.Stage, t.Read)
		for _, m := range t.Matches {
			fmt.Fprintf(a.env.stderr, " %s (%s, %.2f)", m.Term.ID, m.Kind, m.Score)
		}
		if len(t.Matches) == 0 {
			fmt.Fprint(a.env.stderr, " nothing")
		}
		fmt.Fprintln(a.env.stderr)
	}
	for _, m := range r.Matches {
		fmt.Fprintf(a.env.stderr, "%s: %s, %s, %.2f\n", r.Kind, m.Term.ID, m.Kind, m.Score)
	}
}

// render returns a reply in the format of the flag --format.
func (a *answerer) render(r reply.Reply) ([]byte, error) {
	if f, ok := chatFormats[*a.flags.format]; ok {
		data, err := f.render(r)
		return append(data, '\n'), err
	}
	if *a.flags.format == "json" {
		return encode(r)
	}
	return []byte(console.Render(r, a.style)), nil
}

// An answer is a reply as JSON for other programs. Its form is a contract: fields may
// be added, but not renamed or removed.
type answer struct {
	Query string        `json:"query"`
	Lang  glossary.Lang `json:"lang"`
	Kind  reply.Kind    `json:"kind"`
	// Partial is present if only a part of the query was read.
	Partial bool `json:"partial,omitempty"`

	Terms []answerTerm `json:"terms"`
	// PasteAnswer has fields for a paste, and for no other query.
	*PasteAnswer
}

type answerTerm struct {
	ID       string               `json:"id"`
	Name     glossary.Text        `json:"name"`
	Aliases  []string             `json:"aliases"`
	Category glossary.Category    `json:"category"`
	Layers   []glossary.UsageKind `json:"layers"`
	Score    float64              `json:"score"`
	How      search.MatchKind     `json:"how"`
	// Objects is only present for the kind explain; it may be an empty list.
	Objects *[]string `json:"objects,omitempty"`
}

// encode returns a reply as one line of JSON.
func encode(r reply.Reply) ([]byte, error) {
	a := answer{Query: r.Query, Lang: r.Lang, Kind: r.Kind, Partial: r.Partial, Terms: []answerTerm{}, PasteAnswer: pasteAnswerOf(r)}
	if r.Diagnosis != nil {
		a.Query, _, _ = strings.Cut(r.Query, "\n")
	}
	for _, m := range r.Matches {
		t := answerTerm{
			ID:       m.Term.ID,
			Name:     m.Term.Names(),
			Aliases:  m.Term.OtherNames(),
			Category: m.Term.Category,
			Layers:   []glossary.UsageKind{},
			Score:    m.Score,
			How:      m.Kind,
		}
		for _, l := range m.Term.Usages {
			t.Layers = append(t.Layers, l.Kind)
		}
		if r.Kind == reply.KindExplain {
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
