package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// review keeps what a person said of a term that was posted.
func (c *exchange) review(ctx context.Context, t *glossary.Term, day string, knew bool) Reply {
	if c.reviews == nil || c.User == "" {
		return c.settingReply(c.msg.notKept)
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return c.staleReply()
	}
	err := c.reviews.PutReview(ctx, c.Person(), Review{Term: t.ID, Day: day, Knew: knew, At: c.now()})
	if err != nil {
		c.log.Error("a review was not kept", "error", err)
		return c.settingReply(c.msg.notKept)
	}
	if knew {
		return c.settingReply(c.msg.wellKnown(t.DisplayName(c.lang)))
	}
	r := c.termReply(exactMatch(t), true)
	r.Blocks = append([]Block{Paragraph{Text: c.msg.nowAgain}}, r.Blocks...)
	return r
}

// discussReply begins a talk about a term that was posted.
func (c *exchange) discussReply(t *glossary.Term) Reply {
	r := c.settingReply(c.msg.tellWhatYouKnow(t.DisplayName(c.lang)))
	r.InThread = true
	return r
}
