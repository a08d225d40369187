package bot

import (
	"log/slog"

	"k8sbot/glossary"
)

// A call is one request while it is being answered.
type call struct {
	*Bot
	*Request
	log  *slog.Logger
	lang glossary.Lang
	w    *words // of lang
}

// speak sets the language of the reply.
func (c *call) speak(l glossary.Lang) { c.lang, c.w = l, wordsIn(l) }

func (c *call) ensureLang() {
	if c.w == nil {
		c.speak(c.Bot.lang)
	}
}

// address fills in what is the same for all replies: the language, and who may
// see it. Misses, settings and help are for the asker alone, and so is what was
// asked for by a command, unless the asker said otherwise.
func (c *call) address(r Reply) Reply {
	r.Lang = c.lang
	switch r.Kind {
	case KindNone, KindHelp, KindSetting, KindSuggestions:
		r.Private = !r.Thread
	default:
		r.Private = r.Private || !c.Public && (c.Surface == Slash || c.Surface == Shortcut)
	}
	return r
}

// fault is the reply to a request that could not be answered.
func (c *call) fault() Reply {
	return c.address(Reply{Kind: KindNone, Blocks: []Block{Paragraph{Text: c.w.fault}}})
}
