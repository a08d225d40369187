package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/command"
	"k8sbot/bot/excerpt"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/bot/study"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste"
)

// Handle answers a request. It never fails: if an error or a panic occurs, Handle logs it and
// replies that something went wrong.
func (b *Bot) Handle(ctx context.Context, req Request) (r reply.Reply) {
	ctx, cancel := context.WithTimeout(ctx, b.timeoutOn(req.Surface))
	defer cancel()
	log := b.log.With("request", req.ID, "platform", req.Platform, "surface", req.Surface)
	c := b.exchange(ctx, &req, log)
	defer func() {
		if p := recover(); p != nil {
			log.Error("request panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			c.ensureLang()
			r = c.faultReply()
		}
	}()
	r = answer.WithPrefix(c.answer(ctx), c.Caps.Prefix, command.IsSuggested)
	c.noteLastTerm(ctx, r)
	c.rememberProfile(ctx)
	log.Debug("answered", "kind", r.Kind, "lang", r.Lang, "matches", len(r.Matches))
	return r
}

// answer parses the request, chooses the language and runs the command.
func (c *exchange) answer(ctx context.Context) reply.Reply {
	if c.Action != "" {
		c.setLang(c.language(ctx, ""))
		return c.handleAction(ctx)
	}
	limit := maxChatText
	if c.Surface == Terminal || c.Surface == Tool {
		limit = maxText
	}
	text, part := excerpt.Of(c.Text, limit)
	text, c.part = query.Clean(text), part
	files := c.hasFileText()
	if text == "" && len(c.Files) > 0 && !files {
		return c.answerFiles(ctx)
	}
	if r, ok := c.importFile(ctx); ok {
		return r
	}
	ask := c.rephrased(ctx, text)
	cmd, arg := c.command(ask)
	switch {
	case files:
		c.setLang(c.language(ctx, paste.Prose(text)))
		cmd, arg = c.withFiles(cmd, text, arg)
		text = arg
	case cmd.TakesPaste && (strings.Contains(arg, "\n") || arg == text && !fold.HasJapanese(text)):
		c.setLang(c.language(ctx, paste.Prose(arg))) // the output itself is always in English
	case ask != text || fold.HasJapanese(text): // even if only the command's name is in Japanese
		c.setLang(c.language(ctx, text))
	case cmd.IsQuestion:
		c.setLang(c.language(ctx, arg))
	default:
		c.setLang(c.language(ctx, ""))
	}
	r := c.run(ctx, cmd.Name, arg)
	r.Query = text
	if r.Kind == reply.KindNone && !files {
		c.countMiss(ctx, arg)
	}
	c.noteAsked(ctx, r)
	return c.offerReview(ctx, c.setAudience(c.part.AddNote(excerpt.AddFileNotes(r, c.Files, false, c.texts), c.texts)))
}

// command returns the request's command and the argument of that command. text is the request's
// sanitized text.
func (c *exchange) command(text string) (cmd command.Command, arg string) {
	cmd, arg = command.Default(), text // even if a different version registered the command
	if c.Command == "" {
		cmd, arg = command.Parse(text)
	} else if named, ok := command.Named(c.Command); ok {
		cmd = named
	}
	covers := func(name string) bool { return name != "" && !query.TooLong(name) && c.view.Covers(name) }
	asks := cmd.Team && arg != "" && (c.Surface != Slash && c.Surface != Home || !c.canPropose()) // there is no form
	if c.Command == "" && cmd.Name != command.Compare && (asks || arg != "" && covers(text)) {
		// The text is the name of a term that starts like a command, such as "list and watch".
		cmd, arg = command.Default(), text
	}
	if cmd.Name == command.Term && query.IsComparison(arg) && !covers(arg) {
		cmd, _ = command.Named(command.Compare)
	}
	return cmd, arg
}

// ReviewForm returns the form for review settings. A platform shows it instead of calling
// [Bot.Handle] if the request asks for the settings, or if the person is remembering a term for the
// first time. It returns false if there is no form to show.
func (b *Bot) ReviewForm(ctx context.Context, req Request) (study.Form, bool) {
	ctx, cancel := context.WithTimeout(ctx, formTimeout)
	defer cancel()
	c := b.exchange(ctx, &req, b.log)
	var opens, needs bool
	if a, err := reply.ParseAction(req.Action); err == nil {
		opens, needs = study.OpensForm(a), study.NeedsForm(a)
	} else if cmd, arg := c.command(strings.TrimSpace(req.Text)); req.Action == "" {
		opens = cmd.Name == ReviewCommand && study.IsFormArgument(arg)
	}
	if !c.remembers() || !opens && !needs {
		return study.Form{}, false
	}
	c.setLang(c.language(ctx, ""))
	f, first := c.tutor.Form(ctx, c.person())
	if needs {
		f.Button = req.Action
	}
	return f, opens || first
}

// faultReply returns a reply saying that something went wrong.
func (c *exchange) faultReply() reply.Reply {
	return c.setAudience(reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.Fault}}})
}
