package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Review is what a person said of a term that was posted.
type Review struct {
	Term string // ID
	Day  string // of the post, local, as 2006-01-02
	Knew bool   // or had forgotten it
	At   time.Time
}

// A ReviewStore keeps what people said of daily terms, and deletes all that is kept
// of a person. Like those of [Store], its methods may be called by several
// goroutines, return when ctx ends, and work across replicas that share a database.
type ReviewStore interface {
	// PutReview keeps what a person said of a term, in the place of what they said
	// of the same post before.
	PutReview(ctx context.Context, p Person, r Review) error
	// Reviews returns what a person said, the latest first.
	Reviews(ctx context.Context, p Person) ([]Review, error)
	// Forget deletes all that is kept of a person: language, reviews, and their
	// name on the schedules that they made, which stay. A person without a tenant is
	// the same in all tenants of the platform.
	Forget(ctx context.Context, p Person) error
}

// review keeps what a person said of a term that was posted.
func (c *call) review(ctx context.Context, t *glossary.Term, day string, knew bool) Reply {
	if c.reviews == nil || c.User == "" {
		return c.settingReply(c.w.notKept)
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return c.stale()
	}
	err := c.reviews.PutReview(ctx, c.Person(), Review{Term: t.ID, Day: day, Knew: knew, At: c.now()})
	if err != nil {
		c.log.Error("a review was not kept", "error", err)
		return c.settingReply(c.w.notKept)
	}
	if knew {
		return c.settingReply(c.w.wellKnown(t.DisplayName(c.lang)))
	}
	r := c.explain(sure(t), true)
	r.Blocks = append([]Block{Paragraph{Text: c.w.nowAgain}}, r.Blocks...)
	return r
}

// discuss begins a talk about a term that was posted.
func (c *call) discuss(t *glossary.Term) Reply {
	r := c.settingReply(c.w.tellWhatYouKnow(t.DisplayName(c.lang)))
	r.Thread = true
	return r
}
