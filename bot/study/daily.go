package study

import (
	"context"
	"errors"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// Daily applies a learner's answer to a daily term to the learner's cards: it stores the rating, or
// adds a card if the learner said that the term is new to them. It stores neither if the person has
// not opted in, and no rating if they had already read the meaning when they answered. It also
// records that the learner belongs to the channel, so their recall influences the channel's next
// terms.
func (t *Tutor) Daily(ctx context.Context, p Person, channel string, a reply.Action) error {
	c, l := t.exchange(ctx, p), p.Learner
	term := c.card(a.Arg(0))
	if channel != "" {
		if err := t.reviewer.NoteChannel(ctx, l, channel); err != nil {
			return err
		}
	}
	if a.Verb == reply.NewTerm {
		if err := t.reviewer.Remember(ctx, l, term); !errors.Is(err, review.ErrNotOptedIn) {
			return err
		}
		return nil
	}
	if a.Arg(2) != reply.Revealed {
		return nil
	}
	rating := review.Forgot
	if a.Verb == reply.KnewTerm {
		rating = review.Knew
	}
	_, err := c.reviewer.AnswerDaily(ctx, l, term, rating)
	return err
}

// Forget deletes everything stored about a learner.
func (t *Tutor) Forget(ctx context.Context, l review.Learner) error {
	return t.reviewer.Store.Forget(ctx, l)
}
