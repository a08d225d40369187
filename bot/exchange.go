package bot

import (
	"context"
	"errors"
	"log/slog"

	"k8sbot/bot/breaker"
	"k8sbot/bot/excerpt"
	"k8sbot/bot/reply"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// An exchange is one request while it is being answered.
type exchange struct {
	*Bot
	*Request
	log   *slog.Logger
	lang  glossary.Lang
	texts *wording.Texts // the bot's texts in lang
	part  excerpt.Part   // the part of the text that the bot reads
	view  overlay.View   // the terms that the person sees

	forgotten bool // everything stored about the person has just been deleted
}

// setLang sets the language of the reply.
func (c *exchange) setLang(l glossary.Lang) { c.lang, c.texts = l, wording.In(l) }

func (c *exchange) ensureLang() {
	if c.texts == nil {
		c.setLang(c.Bot.defaultLang)
	}
}

// staleReply returns the reply to a button that no longer works.
func (c *exchange) staleReply() reply.Reply {
	return reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.Stale}}, Buttons: []reply.Button{reply.NewButton(c.texts.Help, reply.ShowHelp)}}
}

// settingReply returns a reply that shows a setting, or the result of changing it.
func (c *exchange) settingReply(text string, choices ...reply.Button) reply.Reply {
	return reply.Reply{Kind: reply.KindSetting, Blocks: []reply.Block{reply.Paragraph{Text: text}}, Buttons: choices}
}

// nothingStored returns a reply saying that this bot stores nothing about the person. If the
// person's reviews are in another database, the reply says so instead.
func (c *exchange) nothingStored() reply.Reply {
	if c.elsewhere != "" && c.Surface == Terminal {
		return c.settingReply(c.texts.StoredElsewhere(c.elsewhere))
	}
	return c.settingReply(c.texts.NothingStored)
}

// try makes a store call, unless an earlier call has just failed. If the call returns an error, try
// logs that error; failed is the log message.
func (c *exchange) try(ctx context.Context, failed string, call func(context.Context) error) {
	if err := c.storeBreaker.Do(ctx, storeTimeout, call); err != nil && !errors.Is(err, breaker.ErrOpen) {
		c.log.Warn(failed, "error", err)
	}
}

// remembers reports whether the person can use reviews.
func (c *exchange) remembers() bool { return c.tutor != nil && c.User != "" }
