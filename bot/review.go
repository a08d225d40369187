package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// handleDaily answers a click on a button below a daily term, or below a reply to such a click.
func (c *exchange) handleDaily(ctx context.Context, t *glossary.Term, a reply.Action) reply.Reply {
	if a.Verb == reply.DiscussTerm {
		return c.discussReply(t)
	}
	var r reply.Reply
	if c.tutor != nil && c.User != "" && a.Verb != reply.RevealTerm {
		if err := c.tutor.Daily(ctx, c.person(), c.Channel, a); err != nil {
			c.log.Error("cannot store card", "error", err)
		}
	}
	switch a.Verb {
	case reply.RevealTerm:
		r = answer.DailyAnswer(c.glossary, c.lang, t, a.Arg(1))
	case reply.NewTerm: // nothing to store: the person could not have known the term
		r = c.termReply(reply.ExactMatch(t), true)
	default:
		r = c.review(ctx, t, Review{Term: t.ID, Day: a.Arg(1), Knew: a.Verb == reply.KnewTerm, Revealed: a.Arg(2) == reply.Revealed, At: c.now()})
	}
	r.Ephemeral = true
	r.ReplaceOriginal = c.FromEphemeral
	return r
}

// review stores a person's answer to a daily term and returns the reply to it.
func (c *exchange) review(ctx context.Context, t *glossary.Term, r Review) reply.Reply {
	if c.reviews == nil || c.User == "" {
		return c.settingReply(c.texts.NotSaved)
	}
	if _, err := time.Parse(time.DateOnly, r.Day); err != nil {
		return c.staleReply()
	}
	if err := c.reviews.PutReview(ctx, c.Person(), r); err != nil {
		c.log.Error("cannot store review", "error", err)
		return c.settingReply(c.texts.NotSaved)
	}
	if r.Knew {
		return c.settingReply(c.texts.WellDone(t.DisplayName(c.lang)))
	}
	refresher := c.termReply(reply.ExactMatch(t), true)
	refresher.Blocks = append([]reply.Block{reply.Paragraph{Text: c.texts.Refresher}}, refresher.Blocks...)
	refresher.CacheKey = ""
	return refresher
}

// discussReply returns a reply that starts a thread about a daily term.
func (c *exchange) discussReply(t *glossary.Term) reply.Reply {
	r := c.settingReply(c.texts.Discuss(t.DisplayName(c.lang)))
	r.InThread = true
	return r
}
