package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"k8sbot/glossary"
)

// timeout is how long a request may take. Platforms want an answer within three
// seconds (https://docs.slack.dev/interactivity/handling-user-interaction).
const timeout = 2 * time.Second

// Handle answers a request. It never fails: what goes wrong is logged, and said
// in the reply in a sentence.
func (b *Bot) Handle(ctx context.Context, req Request) (reply Reply) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	log := b.log.With("request", req.ID, "platform", req.Platform, "surface", req.Surface)
	c := &exchange{Bot: b, Request: &req, log: log}
	defer func() {
		if p := recover(); p != nil {
			log.Error("a request ended in a panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.ensureLang()
			reply = c.faultReply()
		}
	}()
	reply = c.answer(ctx)
	log.Debug("answered", "kind", reply.Kind, "lang", reply.Lang, "matches", len(reply.Matches))
	return reply
}

// answer finds out which command is meant, in which language, and runs it.
func (c *exchange) answer(ctx context.Context) Reply {
	if c.Action != "" {
		c.setLang(c.language(ctx, ""))
		return c.handleAction(ctx)
	}
	text := sanitize(c.Text)
	cmd, arg := c.command(text)
	if cmd.takesPaste && !glossary.HasJapanese(arg) {
		// Logs and kubectl speak English, whoever pastes what they say.
		c.setLang(c.language(ctx, ""))
	} else {
		c.setLang(c.language(ctx, arg))
	}
	reply := cmd.run(c, ctx, arg)
	reply.Query = text
	if reply.Kind == KindNone {
		c.countMiss(ctx, text)
	}
	c.noteAsked(ctx, reply)
	return c.setAudience(reply)
}

// command returns the command that is meant, and what follows its name.
func (c *exchange) command(text string) (cmd *Command, arg string) {
	if c.Command != "" {
		if cmd, ok := commandNamed(c.Command); ok {
			return cmd, text
		}
		return termCommand, text // registered by another version
	}
	cmd, arg = parse(text)
	if arg != "" && !tooLong(text) && c.glossary.Covers(text) {
		// A name that begins as a command does, such as "list and watch".
		return termCommand, text
	}
	return cmd, arg
}
