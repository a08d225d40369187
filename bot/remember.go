package bot

import (
	"context"
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/study"
	"k8sbot/bot/wording"
)

// person returns the person who is asking, for package study.
func (c *exchange) person() study.Person {
	p := c.Person()
	return study.Person{
		Learner: review.Learner{Platform: string(p.Platform), Tenant: p.Tenant, User: p.User},
		Here:    c.Tenant, Lang: c.lang, Zone: c.TimeZone, Digests: c.Caps.DirectMessages, UndoNext: c.Surface == Terminal, FromEphemeral: c.FromEphemeral || c.Surface == Home,
	}
}

// runReview shows the terms that are due, or runs the subcommand in the argument.
func (c *exchange) runReview(ctx context.Context, arg string) reply.Reply {
	switch {
	case !c.remembers():
		return c.nothingStored()
	case c.Surface == Mention && !c.Direct: // not every platform can answer a mention privately
		return c.settingReply(wording.ReviewIn(c.lang).PrivateOnly)
	}
	r := c.tutor.Command(ctx, c.person(), arg)
	c.setLang(r.Lang)
	return r
}

// pressReview answers a click on a review button.
func (c *exchange) pressReview(ctx context.Context, a reply.Action) reply.Reply {
	if !c.remembers() {
		return c.staleReply()
	}
	p := c.person()
	remembers := a.Verb == reply.Remember || a.Verb == reply.Unremember
	// A session in direct messages stays in the message that began it.
	p.FromEphemeral = p.FromEphemeral || c.Direct && !remembers
	r, ok := c.tutor.Press(ctx, p, a)
	if !ok {
		return c.staleReply()
	}
	r.Ephemeral = c.FromEphemeral || !r.ReplaceOriginal
	t, known := c.view.Term(a.Arg(1))
	if remembers && r.ReplaceOriginal && known {
		answer := study.UpdateAnswer(c.termReply(reply.ExactMatch(t), a.Arg(0) == reply.BelowLong), r)
		answer.Ephemeral, answer.ReplaceOriginal = true, true
		return answer
	}
	c.setLang(r.Lang)
	return r
}

// RememberAction returns the ID of the button that remembers the terms in the request's text, or ""
// if there are no such terms. r is the reply that explains the text.
func (b *Bot) RememberAction(ctx context.Context, req Request, r reply.Reply) string {
	if c := b.exchange(ctx, &req, b.log); c.remembers() {
		return c.tutor.RememberAction(ctx, c.person(), r, c.view.Mentions(req.Text))
	}
	return ""
}

// offerReview adds buttons for remembering an answer's terms. If the store is slow or fails, it
// returns the answer unchanged.
func (c *exchange) offerReview(ctx context.Context, r reply.Reply) reply.Reply {
	if !c.remembers() || slices.ContainsFunc(r.Matches, func(m reply.Match) bool { return m.Term.Draft }) {
		return r
	}
	private := r.Ephemeral || c.Surface == DirectMessage || c.Surface == Terminal || c.Surface == Home
	c.try(ctx, "cannot offer to remember terms", func(ctx context.Context) (err error) {
		r, err = c.tutor.Offer(ctx, c.person(), r, private)
		return err
	})
	return r
}
