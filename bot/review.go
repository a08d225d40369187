package bot

import (
	"context"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

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
	return r
}

// discussReply starts a discussion below a daily term.
func (c *exchange) discussReply(t *glossary.Term) reply.Reply {
	r := c.settingReply(c.texts.Discuss(t.DisplayName(c.lang)))
	r.InThread = true
	return r
}
