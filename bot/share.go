package bot

import (
	"context"
	"slices"

	"k8sbot/bot/answer"
	"k8sbot/bot/excerpt"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// share returns the answer about a term for the channel.
func (c *exchange) share(t *glossary.Term) reply.Reply {
	r := c.builtReply(reply.ExactMatch(t), answer.TermForm{Remember: c.remembers() && c.view.IsShared(t)})
	r.Query = t.Name.EN
	return c.shared(r)
}

// shareAnswer returns the answer that a [reply.ShareAnswer] shows to the channel, in the
// language in which the person has read it. It returns false if that is not known any more.
func (c *exchange) shareAnswer(ctx context.Context, a reply.Action) (reply.Reply, bool) {
	if l, err := glossary.ParseLang(a.Arg(0)); err == nil {
		c.setLang(l)
	}
	switch reply.Verb(a.Arg(1)) {
	case reply.ShowList:
		if category, err := glossary.ParseCategory(a.Arg(2)); err == nil {
			return c.shared(answer.Category(c.glossary, c.lang, category)), true
		}
		return c.shared(answer.Categories(c.glossary, c.lang, "")), a.Arg(2) == ""
	case reply.Compare:
		if terms, ok := c.terms(a.Args[2:]); ok {
			return c.shared(answer.Comparison(c.glossary, c.lang, terms...)), true
		}
	case reply.ExplainPaste:
		if c.Caps.ClickedMessage {
			return c.shared(reply.Reply{Kind: reply.KindExplain, ShareClicked: true}), c.FromEphemeral
		}
		text, err := reply.Unpack(c.Payload, maxChatText)
		if err != nil {
			c.log.Warn("invalid payload", "error", err)
			return reply.Reply{}, false
		}
		text, c.part = excerpt.Of(text, maxChatText)
		if r, ok := c.pasteReply(ctx, query.Clean(text)); ok {
			return c.shared(c.part.AddNote(r, c.texts)), true
		}
	}
	return reply.Reply{}, false
}

// terms returns the terms to compare, by their IDs, and false if one is unknown or it takes
// more or fewer of them.
func (c *exchange) terms(ids []string) ([]*glossary.Term, bool) {
	var terms []*glossary.Term
	for _, id := range ids {
		if t, ok := c.view.Term(id); ok {
			terms = append(terms, t)
		}
	}
	return terms, len(terms) == len(ids) && len(terms) >= 2 && len(terms) <= answer.MaxCompared
}

// shared adds to an answer who shared it. If the button is on an ephemeral message, the
// reply's Original replaces that message: it says that the answer is shared, and has no
// button to share it again.
func (c *exchange) shared(r reply.Reply) reply.Reply {
	if c.FromEphemeral {
		original := withNote(r, c.texts.Shared)
		original.Lang, original.Ephemeral, original.ReplaceOriginal = c.lang, true, true
		r.Original = &original
	}
	if c.UserName != "" {
		r = withNote(r, c.texts.SharedBy(reply.Quote(query.Clean(c.UserName))))
	}
	return r
}

const (
	// maxShareID is the maximum length of the ID of a share button, in bytes: Discord's
	// limit (https://docs.discord.com/developers/components/reference).
	maxShareID = 100
	// maxControls is how many buttons a reply has, counting its menu as one.
	maxControls = 4
)

// offerShare adds a button that shares an answer to a private one, if the action v with args
// shows it.
func (c *exchange) offerShare(r reply.Reply, v reply.Verb, args ...string) reply.Reply {
	return c.addShareButton(r, reply.NewButton("", reply.ShareAnswer, append([]string{string(c.lang), string(v)}, args...)...))
}

// offerSharePaste adds a button that shares the explanation of a paste to a private one. The
// bot does not store pastes: the button carries it, unless the adapter can share what the
// message shows.
func (c *exchange) offerSharePaste(r reply.Reply, text string) reply.Reply {
	b := reply.NewButton("", reply.ShareAnswer, string(c.lang), string(reply.ExplainPaste))
	if !c.Caps.ClickedMessage {
		if c.Caps.ButtonPayload == 0 || !c.isPrivate() {
			return r
		}
		if b.Payload = reply.Pack(text); len(b.Payload) > c.Caps.ButtonPayload {
			return r
		}
	}
	return c.addShareButton(r, b)
}

// addShareButton adds a button that shares a private answer. If there is no room for it, it
// takes the place of the last button.
func (c *exchange) addShareButton(r reply.Reply, b reply.Button) reply.Reply {
	if !c.isPrivate() || len(b.ID) > maxShareID {
		return r
	}
	b.Label = c.texts.Share
	if c.Thread != "" {
		b.Label = c.texts.ShareThread
	}
	if room := maxControls - min(len(r.Menu.Options), 1); len(r.Buttons) >= room {
		r.Buttons = r.Buttons[:room-1]
	}
	r.Buttons = append(slices.Clip(r.Buttons), b)
	return r
}

// withNote returns a reply with a note above it.
func withNote(r reply.Reply, note string) reply.Reply {
	r.Blocks, r.CacheKey = slices.Concat([]reply.Block{reply.Note{Text: note}}, r.Blocks), ""
	return r
}
