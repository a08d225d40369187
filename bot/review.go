package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// handleDaily answers a click on a button of a daily term, or of its answer.
func (c *exchange) handleDaily(ctx context.Context, t *glossary.Term, a reply.Action) reply.Reply {
	if a.Verb == reply.DiscussTerm {
		return c.discussReply(t)
	}
	var r reply.Reply
	switch a.Verb {
	case reply.RevealTerm:
		r = answer.DailyAnswer(c.glossary, c.lang, t, a.Arg(1))
	case reply.NewTerm:
		r = c.settingReply(c.texts.Noted)
	default:
		r = c.review(ctx, t, a.Arg(1), a.Verb == reply.KnewTerm)
	}
	r.Ephemeral = true
	r.ReplaceOriginal = c.FromEphemeral
	return r
}

// review stores a person's answer to a daily term.
func (c *exchange) review(ctx context.Context, t *glossary.Term, day string, knew bool) reply.Reply {
	if c.reviews == nil || c.User == "" {
		return c.settingReply(c.texts.NotKept)
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return c.staleReply()
	}
	err := c.reviews.PutReview(ctx, c.Person(), Review{Term: t.ID, Day: day, Knew: knew, At: c.now()})
	if err != nil {
		c.log.Error("cannot store review", "error", err)
		return c.settingReply(c.texts.NotKept)
	}
	if knew {
		return c.settingReply(c.texts.WellDone(t.DisplayName(c.lang)))
	}
	r := c.termReply(reply.ExactMatch(t), true)
	r.Blocks = append([]reply.Block{reply.Paragraph{Text: c.texts.Refresher}}, r.Blocks...)
	r.CacheKey = ""
	return r
}

// discussReply starts a discussion below a daily term.
func (c *exchange) discussReply(t *glossary.Term) reply.Reply {
	r := c.settingReply(c.texts.Discuss(t.DisplayName(c.lang)))
	r.InThread = true
	return r
}
