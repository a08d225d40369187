package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

var _ review.LookUps = learners{}

// NoteLookUp implements [review.LookUps].
func (s learners) NoteLookUp(ctx context.Context, l review.Learner, term string, at time.Time) (before time.Time, err error) {
	if err := limits.CheckLearner(l, term); err != nil {
		return time.Time{}, err
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, ok, err := lockLearner(ctx, tx, l, 0); err != nil || !ok {
			return err
		}
		var last int64
		switch err := tx.QueryRowContext(ctx, `SELECT at FROM look_up WHERE `+ofLearner+` AND term = $4`, learnerArgs(l, term)...).Scan(&last); {
		case err == nil:
			before = database.Time(last)
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO look_up (platform, tenant, person, term, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (platform, tenant, person, term) DO UPDATE SET at = excluded.at`, learnerArgs(l, term, at.UnixMilli())...)
		return err
	})
	return before, s.db.Wrap("store a lookup in", err)
}
