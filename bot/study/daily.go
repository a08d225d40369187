package study

import (
	"context"
	"errors"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// Daily feeds the answer below a daily term to the learner's cards: a rating, or for a term
// that is new to them a card without one. It does nothing for people who have not opted in, and
// nothing if the answer was given after the meaning was read. The learner becomes one of those
// whose recall decides about the channel's next terms.
func (t *Tutor) Daily(ctx context.Context, l review.Learner, channel string, a reply.Action) error {
	term := a.Arg(0)
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
	_, err := t.reviewer.AnswerDaily(ctx, l, term, rating)
	return err
}

// Forget deletes everything about a learner.
func (t *Tutor) Forget(ctx context.Context, l review.Learner) error {
	return t.reviewer.Store.Forget(ctx, l)
}
