package bot

import (
	"cmp"
	"context"

	"k8sbot/bot/followup"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
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

// followUp answers a question about the last term of the conversation, such as "how do I fix it".
// It returns false if the text is not a follow-up question, or if no last term is stored.
func (c *exchange) followUp(ctx context.Context, text string) (reply.Reply, bool) {
	asks, _ := followup.Parse(text)
	if asks != followup.What && asks != followup.Details || len(c.view.Exact(text)) > 0 {
		return reply.Reply{}, false
	}
	if t, ok := c.lastTerm(ctx); ok {
		return c.termReply(reply.ExactMatch(t), asks == followup.Details), true
	}
	return reply.Reply{}, false
}

// rephrased returns a follow-up question with a subject of its own as people would ask it first:
// "toleration" for "and toleration?", and "taint vs toleration" for "vs toleration?" after a taint.
// It returns any other text unchanged.
func (c *exchange) rephrased(ctx context.Context, text string) string {
	asks, subject := followup.Parse(text)
	switch {
	case subject == "" || len(c.view.Exact(text)) > 0:
		return text
	case asks == followup.Other:
		return subject
	}
	other, ok := c.view.Sole(subject)
	if t, known := c.lastTerm(ctx); known && ok && t != other {
		return t.Name.EN + " vs " + other.Name.EN
	}
	return text
}

// lastTerm returns the last term of the conversation, or false if none is stored.
func (c *exchange) lastTerm(ctx context.Context) (*glossary.Term, bool) {
	here, ok := c.conversation()
	if !ok {
		return nil, false
	}
	id := ""
	err := c.storeBreaker.Do(ctx, storeTimeout, func(ctx context.Context) (err error) {
		id, err = c.lastTerms.LastTerm(ctx, here)
		return err
	})
	if err != nil {
		c.log.Warn("cannot look up last term", "error", err)
	}
	return c.view.Term(id)
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
