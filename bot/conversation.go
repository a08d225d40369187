package bot

import (
	"cmp"
	"context"

	"k8sbot/bot/followup"
	"k8sbot/bot/reply"
)

// conversation returns the conversation that a request belongs to. It returns false if last terms
// are not stored, or if the request (such as a slash command) is not part of a conversation.
func (c *exchange) conversation() (followup.Conversation, bool) {
	here := followup.Conversation{Platform: string(c.Platform), Tenant: c.Tenant, Channel: c.Channel, Thread: c.Thread}
	if c.Surface == Mention {
		here.Thread = cmp.Or(c.Thread, c.NewThread)
		return here, c.lastTerms != nil
	}
	here.User = c.User
	addressed := c.Surface == DirectMessage || c.Surface == Terminal || c.Surface == ButtonClick && c.Direct
	return here, addressed && c.lastTerms != nil && c.User != ""
}

// followUp answers a question that follows another one, such as "how do I fix it" or "and toleration?". It
// returns false if the text is not such a question, or if it is about the last term and none is stored.
func (c *exchange) followUp(ctx context.Context, text string) (reply.Reply, bool) {
	here, ok := c.conversation()
	asks, subject := followup.Parse(text)
	if !ok || asks == followup.NoFollowUp || len(c.view.Exact(text)) > 0 {
		return reply.Reply{}, false
	}
	if asks == followup.Other {
		cmd, arg := c.command(subject)
		return c.run(ctx, cmd.Name, arg), true
	}
	id := ""
	err := c.storeBreaker.Do(ctx, storeTimeout, func(ctx context.Context) (err error) {
		id, err = c.lastTerms.LastTerm(ctx, here)
		return err
	})
	if err != nil {
		c.log.Warn("cannot look up last term", "error", err)
	}
	t, ok := c.view.Term(id)
	if ok && asks != followup.Versus {
		return c.termReply(reply.ExactMatch(t), asks == followup.Details), true
	}
	if other, found := c.view.Sole(subject); ok && found && other != t {
		return c.compareReply(t, other), true
	}
	return reply.Reply{}, false
}

// noteLastTerm stores the term that a reply is about as the last term of the conversation. A
// reply about several terms deletes the last term. An ephemeral reply does not change a public
// conversation.
func (c *exchange) noteLastTerm(ctx context.Context, r reply.Reply) {
	here, ok := c.conversation()
	if !ok || r.Ephemeral && here.User == "" || len(r.Matches) == 0 {
		return
	}
	term := ""
	if r.Kind == reply.KindExplain || len(r.Matches) == 1 && r.Kind == reply.KindTerm {
		term = r.Matches[0].Term.ID
	}
	c.inBackground(ctx, "cannot store last term", func(ctx context.Context) error { return c.lastTerms.SetLastTerm(ctx, here, term) })
	if c.Surface == Terminal {
		c.background.Wait() // the next line of a pipe may ask about this term
	}
}
