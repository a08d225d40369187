package bot

import (
	"log/slog"

	"k8sbot/glossary"
)

// An exchange is one request while it is being answered.
type exchange struct {
	*Bot
	*Request
	log  *slog.Logger
	lang glossary.Lang
	msg  *messages // of lang
}

// setLang sets the language of the reply.
func (c *exchange) setLang(l glossary.Lang) { c.lang, c.msg = l, messagesIn(l) }

func (c *exchange) ensureLang() {
	if c.msg == nil {
		c.setLang(c.Bot.defaultLang)
	}
}

// setAudience fills in what is the same for all replies: the language, and who may
// see it. Misses, settings and help are for the asker alone, and so is what was
// asked for by a command, unless the asker said otherwise.
func (c *exchange) setAudience(r Reply) Reply {
	r.Lang = c.lang
	switch r.Kind {
	case KindNone, KindHelp, KindSetting, KindSuggestions:
		r.Ephemeral = !r.InThread
	default:
		r.Ephemeral = r.Ephemeral || !c.Public && (c.Surface == Slash || c.Surface == Shortcut)
	}
	return r
}

// faultReply is the reply to a request that could not be answered.
func (c *exchange) faultReply() Reply {
	return c.setAudience(Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.msg.fault}}})
}

func messagesIn(l glossary.Lang) *messages {
	if l == glossary.English {
		return &english
	}
	return &japanese
}

// staleReply is the reply to a choice that leads nowhere any more.
func (c *exchange) staleReply() Reply {
	return Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.msg.stale}}, Buttons: []Button{button(c.msg.help, actHelp)}}
}

// settingReply is the reply to a setting.
func (c *exchange) settingReply(text string, choices ...Button) Reply {
	return Reply{Kind: KindSetting, Blocks: []Block{Paragraph{Text: text}}, Buttons: choices}
}
