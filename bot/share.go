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

// share returns the answer about a term in the form that is shared with the channel.
func (c *exchange) share(t *glossary.Term) reply.Reply {
	r := c.builtReply(reply.ExactMatch(t), answer.TermForm{Remember: c.remembers() && !t.Draft})
	r.Query = t.Name.EN
	return c.shared(r)
}

// shareAnswer returns the answer that a [reply.ShareAnswer] action shares with the channel, in
// the language in which the person read it. It returns false if that answer can no longer be
// built.
func (c *exchange) shareAnswer(ctx context.Context, a reply.Action) (reply.Reply, bool) {
	if l, err := glossary.ParseLang(a.Arg(0)); err == nil {
		c.setLang(l)
	}
	switch reply.Verb(a.Arg(1)) {
	case reply.ShowList:
		r, _, ok := answer.List(c.glossary, c.lang, c.view.Own.Terms(), a.Arg(2))
		return c.shared(r), ok
	case reply.Compare, reply.ShowTerms:
		terms, ok := c.terms(a.Args[2:])
		if ok && reply.Verb(a.Arg(1)) == reply.ShowTerms {
			return c.shared(answer.Several(c.glossary, c.lang, terms...)), true
		}
		if ok && len(terms) <= answer.MaxCompared {
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

// terms returns the terms with the given IDs. It returns false if an ID is unknown, or if there
// are fewer than two.
func (c *exchange) terms(ids []string) ([]*glossary.Term, bool) {
	var terms []*glossary.Term
	for _, id := range ids {
		if t, ok := c.view.Term(id); ok {
			terms = append(terms, t)
		}
	}
	return terms, len(terms) == len(ids) && len(terms) >= 2
}

// shared adds a note to r that says who shared the answer. If the clicked button is on an
// ephemeral message, the reply's Original replaces that message. Original says that the answer
// was shared, and has no Share button.
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

// maxShareID is the maximum length of a Share button's ID, in bytes. It is Discord's limit
// (https://docs.discord.com/developers/components/reference).
const maxShareID = 100

// offerShare adds a Share button to a private answer. v and args form the action that shows the
// answer.
func (c *exchange) offerShare(r reply.Reply, v reply.Verb, args ...string) reply.Reply {
	return c.addShareButton(r, reply.NewButton("", reply.ShareAnswer, append([]string{string(c.lang), string(v)}, args...)...))
}

// offerSharePaste adds a Share button to the private explanation of a paste. The bot does not
// store pastes, so the button carries the paste, unless the adapter can share the content of the
// message.
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

// addShareButton adds a Share button to a private answer. If there is no room, the Share button
// replaces the last button.
func (c *exchange) addShareButton(r reply.Reply, b reply.Button) reply.Reply {
	if !c.isPrivate() || len(b.ID) > maxShareID {
		return r
	}
	b.Label = c.texts.Share
	if c.Thread != "" {
		b.Label = c.texts.ShareThread
	}
	if room := reply.MaxControls - min(len(r.Menu.Options), 1); len(r.Buttons) >= room {
		r.Buttons = r.Buttons[:room-1]
	}
	r.Buttons = append(slices.Clip(r.Buttons), b)
	return r
}

// withNote returns r with the given note above its other blocks.
func withNote(r reply.Reply, note string) reply.Reply {
	r.Blocks, r.CacheKey = slices.Concat([]reply.Block{reply.Note{Text: note}}, r.Blocks), ""
	return r
}
