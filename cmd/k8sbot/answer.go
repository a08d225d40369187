package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"k8sbot/bot"
	"k8sbot/bot/console"
	"k8sbot/bot/discord"
	"k8sbot/bot/reply"
	"k8sbot/bot/reply/replyjson"
	"k8sbot/bot/slack"
	"k8sbot/cmd/k8sbot/option"
	"k8sbot/cmd/k8sbot/system"
	"k8sbot/glossary"
)

// answerFlags are the flags shared by the commands ask and explain.
type answerFlags struct {
	lang, format *string
	why, more    *bool
}

func defineAnswerFlags(c *cobra.Command) answerFlags {
	return answerFlags{
		lang:   option.Enum(c, "lang", "", "language of the answer", "ja", "en"),
		format: option.Enum(c, "format", "text", "format of the answer", "text", "json", "slack", "discord"),
		why:    c.Flags().Bool("why", false, "print to standard error how each term was found"),
		more:   new(bool),
	}
}

// chatFormats are the values of --format that print a reply as JSON for a platform, exactly as the
// platform's adapter would send the reply.
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
	system.SetGC(env.lookup, system.GCWhileAnswering)
	cfg, err := readConfig(env)
	if err != nil {
		return nil, err
	}
	if _, ok := chatFormats[*flags.format]; !ok { // a platform does not know the terminal's locale
		cfg = cfg.inTerminal(env.locale())
	}
	b, _, err := newBot(env, cfg, cfg.logger(env.stderr), glossary.Lang(*flags.lang), false, nil)
	if err != nil {
		return nil, err
	}
	return &answerer{env: env, bot: b, flags: flags, style: env.style()}, nil
}

// answer prints the answer to one question and reports whether the bot found one. command is the
// chat command to run, with text as its argument. If command is "", text may begin with a command.
func (a *answerer) answer(ctx context.Context, command, text string) (bool, error) {
	req := bot.Request{
		Platform: console.Platform, Surface: bot.Terminal, User: console.User,
		Command: command, Text: text, Locales: []string{a.env.locale()},
	}
	if f, ok := chatFormats[*a.flags.format]; ok { // ask as on the platform
		req.Platform, req.Caps, req.Surface = f.platform, f.caps, bot.Slash
	}
	r := a.bot.Handle(ctx, req)
	if more, ok := reply.Find(r.Buttons, reply.ShowMore); ok && *a.flags.more {
		query := r.Query
		req.Command, req.Text, req.Action, req.Locales = "", "", more.ID, []string{string(r.Lang)}
		r = a.bot.Handle(ctx, req)
		r.Query = query
	}
	if *a.flags.why {
		a.printTrace(r)
	}
	if _, isLang := reply.Find(r.Buttons, reply.SetLang); isLang && *a.flags.format == "text" {
		fmt.Fprintln(a.env.stderr, "k8sbot: the setting is lost when this command ends: use --lang, or set DEFAULT_LANG")
	}
	out, err := a.render(r)
	if err != nil {
		return false, err
	}
	_, err = a.env.stdout.Write(out)
	return r.Kind != reply.KindNone, err
}

// maxTraceMatches is the maximum number of terms printed for each search stage.
const maxTraceMatches = 5

// printTrace prints to standard error what each stage of the search found, and which matches
// are in the reply.
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

// render returns the reply in the format that --format selects.
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

// encode returns a reply as one line of JSON.
func encode(r reply.Reply) ([]byte, error) {
	var buf bytes.Buffer
	err := writeJSON(&buf, replyjson.Of(r))
	return buf.Bytes(), err
}
