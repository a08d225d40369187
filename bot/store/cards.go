package store

import (
	"context"
	"database/sql"
	"slices"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
	"k8sbot/glossary/stable"
)

const cardColumns = `platform, tenant, person, term, added_at, suspended, seq, stability, difficulty, last, due, reps, lapses`

func scanCard(r database.Scanner) (c review.Card, err error) {
	var added int64
	err = r.Scan(&c.Learner.Platform, &c.Learner.Tenant, &c.Learner.User, &c.Term, &added, &c.Suspended,
		&c.Seq, &c.Memory.Stability, &c.Memory.Difficulty, &c.Last, &c.Due, &c.Reps, &c.Lapses)
	c.Added = database.Time(added)
	return c, err
}

// ofCard is a condition that matches a card. Called with a term, learnerArgs returns the
// arguments for $1 to $4.
const ofCard = ofLearner + ` AND term = $4`

// Cards implements [review.Cards]. It sorts the cards by term.
func (s learners) Cards(ctx context.Context, l review.Learner) ([]review.Card, error) {
	if err := limits.CheckLearner(l); err != nil {
		return nil, err
	}
	cards, err := database.QueryAll(ctx, s.db.Reader(), scanCard,
		`SELECT `+cardColumns+` FROM card WHERE `+ofLearner+` ORDER BY term`, learnerArgs(l)...)
	return cards, s.db.Wrap("read cards from", err)
}

// CardsOf implements [review.Cards].
func (s learners) CardsOf(ctx context.Context, people []review.Learner) ([]review.Card, error) {
	if err := limits.CheckLearners(people); err != nil {
		return nil, err
	}
	cards, err := queryBatches(ctx, s.db.Reader(), scanCard, people, cardsOf)
	return cards, s.db.Wrap("read cards from", err)
}

func cardsOf(condition string) string {
	return `SELECT ` + cardColumns + ` FROM card WHERE ` + condition + ` ORDER BY platform, tenant, person, term`
}

// AddCards implements [review.Cards]. It adds all cards, or none if it returns an error.
func (s learners) AddCards(ctx context.Context, cards []review.Card) error {
	for _, c := range cards {
		if err := limits.CheckLearner(c.Learner, c.Term); err != nil {
			return err
		}
	}
	// In sorted order, two transactions cannot deadlock.
	cards = slices.Clone(cards)
	stable.Sort(cards, func(a, b *review.Card) int { return compareLearners(a.Learner, b.Learner) })
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		for _, c := range cards {
			if _, ok, err := lockLearner(ctx, tx, c.Learner, 0); err != nil {
				return err
			} else if !ok {
				continue
			}
			_, err := tx.ExecContext(ctx,
				`INSERT INTO card (`+cardColumns+`) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, $11, $12)
				ON CONFLICT (platform, tenant, person, term) DO UPDATE SET suspended = 0`,
				learnerArgs(c.Learner, c.Term, c.Added.UnixMilli(), c.Seq, c.Memory.Stability, c.Memory.Difficulty,
					c.Last, c.Due, c.Reps, c.Lapses)...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return s.db.Wrap("add cards to", err)
}

// RemoveNew implements [review.Cards].
func (s learners) RemoveNew(ctx context.Context, l review.Learner, term string) error {
	if err := limits.CheckLearner(l, term); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx, `DELETE FROM card WHERE `+ofCard+` AND seq = 0`, learnerArgs(l, term)...)
	return s.db.Wrap("delete a card in", err)
}

// Suspend implements [review.Cards].
func (s learners) Suspend(ctx context.Context, l review.Learner, term string) error {
	if err := limits.CheckLearner(l, term); err != nil {
		return err
	}
	_, err := s.db.Writer().ExecContext(ctx, `UPDATE card SET suspended = 1 WHERE `+ofCard, learnerArgs(l, term)...)
	return s.db.Wrap("suspend a card in", err)
}
