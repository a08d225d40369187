package bot

import (
	"log/slog"

	"k8sbot/bot/excerpt"
	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// An exchange is one request while it is being answered.
type exchange struct {
	*Bot
	*Request
	log   *slog.Logger
	lang  glossary.Lang
	texts *wording.Texts // in lang
	part  excerpt.Part   // of the text that is read

	forgotten bool // everything about the person was just deleted
}

// setLang sets the language of the reply.
func (c *exchange) setLang(l glossary.Lang) { c.lang, c.texts = l, wording.In(l) }

func (c *exchange) ensureLang() {
	if c.texts == nil {
		c.setLang(c.Bot.defaultLang)
	}
}

// setAudience sets the language of a reply and who sees it. Misses, settings and help
// are ephemeral, and so are replies to slash commands unless the person wants them
// public.
func (c *exchange) setAudience(r reply.Reply) reply.Reply {
	r.Lang = c.lang
	switch r.Kind {
	case reply.KindNone, reply.KindHelp, reply.KindSetting, reply.KindSuggestions:
		r.Ephemeral = !r.InThread
	default:
		r.Ephemeral = r.Ephemeral || !c.Public && (c.Surface == Slash || c.Surface == Shortcut)
	}
	return r
}

// faultReply says that something went wrong.
func (c *exchange) faultReply() reply.Reply {
	return c.setAudience(reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.Fault}}})
}

// staleReply answers a button that no longer works.
func (c *exchange) staleReply() reply.Reply {
	return reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.Stale}}, Buttons: []reply.Button{reply.NewButton(c.texts.Help, reply.ShowHelp)}}
}

// settingReply shows a setting or the result of changing it.
func (c *exchange) settingReply(text string, choices ...reply.Button) reply.Reply {
	return reply.Reply{Kind: reply.KindSetting, Blocks: []reply.Block{reply.Paragraph{Text: text}}, Buttons: choices}
}

// remembers reports whether the person can remember terms.
func (c *exchange) remembers() bool { return c.tutor != nil && c.User != "" }
