package bot

import (
	"slices"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// share returns the answer about a term for the channel, with who shared it. If the button
// is on an ephemeral message, the reply's Original replaces that message: it says that the
// answer is shared, and has no button to share it again.
func (c *exchange) share(t *glossary.Term) reply.Reply {
	r := c.builtReply(reply.ExactMatch(t), answer.TermForm{})
	r.Query = t.Name.EN
	if c.FromEphemeral {
		original := noted(r, c.texts.Shared)
		original.Lang, original.Ephemeral, original.ReplaceOriginal = c.lang, true, true
		r.Original = &original
	}
	if c.UserName != "" {
		r = noted(r, c.texts.SharedBy(reply.Quote(sanitize(c.UserName))))
	}
	return r
}

// noted returns a reply with a note above it.
func noted(r reply.Reply, note string) reply.Reply {
	r.Blocks, r.CacheKey = slices.Concat([]reply.Block{reply.Note{Text: note}}, r.Blocks), ""
	return r
}
