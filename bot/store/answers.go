package store

import (
	"context"
	"database/sql"
	"errors"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

const answerColumns = `platform, tenant, person, term, seq, kind, rating, undoes, day, at`

func scanAnswer(r database.Scanner) (a review.Answer, err error) {
	var at int64
	err = r.Scan(&a.Learner.Platform, &a.Learner.Tenant, &a.Learner.User, &a.Term, &a.Seq, &a.Kind, &a.Rating,
		&a.Undoes, &a.Day, &at)
	a.At = database.Time(at)
	return a, err
}

const (
	answersSince = `SELECT ` + answerColumns + ` FROM answer WHERE ` + ofLearner + ` AND day >= $4 ORDER BY nth`
	cardAnswers  = `SELECT ` + answerColumns + ` FROM answer WHERE ` + ofCard + ` ORDER BY seq`
)

// Answers implements [review.Cards].
func (s learners) Answers(ctx context.Context, l review.Learner, since review.Day) ([]review.Answer, error) {
	if err := limits.CheckLearner(l); err != nil {
		return nil, err
	}
	answers, err := database.QueryAll(ctx, s.db.Reader(), scanAnswer, answersSince, learnerArgs(l, since)...)
	return answers, s.db.Wrap("read answers from", err)
}

// AnswersOf implements [review.Cards].
func (s learners) AnswersOf(ctx context.Context, people []review.Learner, since review.Day) ([]review.Answer, error) {
	if err := limits.CheckLearners(people); err != nil {
		return nil, err
	}
	answers, err := queryBatches(ctx, s.db.Reader(), scanAnswer, people, answersOf, since)
	return answers, s.db.Wrap("read answers from", err)
}

func answersOf(condition string) string {
	return `SELECT ` + answerColumns + ` FROM answer WHERE day >= $1 AND ` + condition + ` ORDER BY platform, tenant, person, nth`
}

// CardAnswers implements [review.Cards].
func (s learners) CardAnswers(ctx context.Context, l review.Learner, term string) ([]review.Answer, error) {
	if err := limits.CheckLearner(l, term); err != nil {
		return nil, err
	}
	answers, err := database.QueryAll(ctx, s.db.Reader(), scanAnswer, cardAnswers, learnerArgs(l, term)...)
	return answers, s.db.Wrap("read answers from", err)
}

// errNotCounted rolls back the transaction if an answer does not count.
var errNotCounted = errors.New("the card has changed")

// Append implements [review.Cards]. If it returns an error, the answer may still have been
// stored, since the connection may have broken after the commit. It is safe to append the answer
// again. If Append returns nil, a PostgreSQL server has written the answer to disk, unless its
// synchronous_commit is off
// (https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-SYNCHRONOUS-COMMIT).
func (s learners) Append(ctx context.Context, a review.Answer, after review.Card) (counted bool, err error) {
	if err := limits.CheckLearner(a.Learner, a.Term, string(a.Kind)); err != nil {
		return false, err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error { return appendAnswer(ctx, tx, a, after) })
	if errors.Is(err, errNotCounted) {
		return false, nil
	}
	return err == nil, s.db.Wrap("store an answer in", err)
}

// appendAnswer stores an answer and the card as it is after the answer. It returns errNotCounted
// if there is no such learner, or if the Seq of the stored card is not a.Seq - 1. If another
// replica has just changed the card, PostgreSQL checks the changed row
// (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
func appendAnswer(ctx context.Context, tx *sql.Tx, a review.Answer, after review.Card) error {
	nth, ok, err := lockLearner(ctx, tx, a.Learner, 1)
	if err == nil && ok {
		ok, err = database.Changed(tx.ExecContext(ctx,
			`UPDATE card SET seq = $5, stability = $6, difficulty = $7, last = $8, due = $9, reps = $10, lapses = $11
			WHERE `+ofCard+` AND seq = $5 - 1`,
			learnerArgs(a.Learner, a.Term, a.Seq, after.Memory.Stability, after.Memory.Difficulty,
				after.Last, after.Due, after.Reps, after.Lapses)...))
	}
	if err != nil {
		return err
	}
	if !ok {
		return errNotCounted
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO answer (`+answerColumns+`, nth) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		learnerArgs(a.Learner, a.Term, a.Seq, a.Kind, a.Rating, a.Undoes, a.Day, a.At.UnixMilli(), nth)...)
	return err
}
