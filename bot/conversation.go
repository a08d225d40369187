package bot

import (
	"context"

	"k8sbot/bot/followup"
	"k8sbot/bot/reply"
)

// conversation returns the conversation that a request belongs to. It returns false if the
// request was not addressed to the bot in one: slash commands and the like have no course.
func (c *exchange) conversation() (followup.Conversation, bool) {
	here := followup.Conversation{Platform: string(c.Platform), Tenant: c.Tenant, Channel: c.Channel, Thread: c.Thread}
	switch {
	case c.lastTerms == nil:
		return here, false
	case c.Surface == Mention:
		if here.Thread == "" {
			here.Thread = c.NewThread
		}
		return here, true
	case c.Surface == DirectMessage, c.Surface == Terminal, c.Surface == ButtonClick && c.Direct:
		here.User = c.User
		return here, c.User != ""
	}
	return here, false
}

// followUp answers a question about the last term of the conversation, such as "how do I fix
// it". It returns false if the text is not one, or there is no such term.
func (c *exchange) followUp(ctx context.Context, text string) (reply.Reply, bool) {
	here, ok := c.conversation()
	if !ok || len(c.index.Exact(text)) > 0 {
		return reply.Reply{}, false
	}
	asks := followup.Parse(text)
	if asks == followup.NoFollowUp {
		return reply.Reply{}, false
	}
	var id string
	err := c.storeBreaker.Do(ctx, storeTimeout, func(ctx context.Context) (err error) {
		id, err = c.lastTerms.LastTerm(ctx, here)
		return err
	})
	if err != nil {
		c.log.Warn("last term lookup failed", "error", err)
	}
	t, ok := c.glossary.Term(id)
	if !ok {
		return reply.Reply{}, false
	}
	return c.termReply(reply.ExactMatch(t), asks == followup.Details), true
}

// noteLastTerm stores what the conversation is about after a reply. If that is several terms,
// it deletes the term before them. Replies that only one person sees do not change a public
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
	store := func(ctx context.Context) error { return c.lastTerms.SetLastTerm(ctx, here, term) }
	if c.Surface != Terminal {
		c.inBackground(ctx, "cannot store last term", store)
	} else if err := store(ctx); err != nil { // the next line may be there already
		c.log.Warn("cannot store last term", "error", err)
	}
}
