package bot

import (
	"log/slog"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// An exchange is one request while it is being answered.
type exchange struct {
	*Bot
	*Request
	log  *slog.Logger
	lang glossary.Lang
	msg  *messages // of lang
	part part      // of the text that is read
}

// setLang sets the language of the reply.
func (c *exchange) setLang(l glossary.Lang) { c.lang, c.msg = l, messagesIn(l) }

func (c *exchange) ensureLang() {
	if c.msg == nil {
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
	return c.setAudience(reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.msg.fault}}})
}

func messagesIn(l glossary.Lang) *messages {
	if l == glossary.English {
		return &english
	}
	return &japanese
}

// staleReply answers a button that no longer works.
func (c *exchange) staleReply() reply.Reply {
	return reply.Reply{Kind: reply.KindNone, Blocks: []reply.Block{reply.Paragraph{Text: c.msg.stale}}, Buttons: []reply.Button{reply.NewButton(c.msg.help, reply.ShowHelp)}}
}

// settingReply shows a setting or the result of changing it.
func (c *exchange) settingReply(text string, choices ...reply.Button) reply.Reply {
	return reply.Reply{Kind: reply.KindSetting, Blocks: []reply.Block{reply.Paragraph{Text: text}}, Buttons: choices}
}
