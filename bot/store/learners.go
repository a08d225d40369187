package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"k8sbot/bot/review"
	"k8sbot/bot/store/limits"
)

// The tables of learners: learner has the settings, card the cards, answer the log of the
// answers, and digest the state of the digests.
//
// A transaction that adds rows about a learner first updates the learner's row, and Forget
// first deletes it. So one waits for the other, and nothing is left of a learner however
// they interleave. All transactions lock rows in the order learner, card, answer, digest.

// Learners returns the store of what people remember. It needs no closing.
func (d *DB) Learners() review.Store { return learners{d} }

// learners is a DB with the methods of a [review.Store].
type learners struct{ db *DB }

// ofLearner matches the rows of a learner. Its $1 to $3 are those of learnerArgs.
const ofLearner = `platform = $1 AND tenant = $2 AND person = $3`

// learnerArgs returns the arguments of ofLearner, followed by more arguments.
func learnerArgs(l review.Learner, more ...any) []any {
	return append([]any{l.Platform, l.Tenant, l.User}, more...)
}

func compareLearners(a, b review.Learner) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.User, b.User))
}

// Settings implements [review.Store].
func (s learners) Settings(ctx context.Context, l review.Learner) (review.Settings, bool, error) {
	if err := limits.CheckLearner(l); err != nil {
		return review.Settings{}, false, err
	}
	settings := review.Settings{Learner: l}
	spec := &settings.Schedule
	err := s.db.read().QueryRowContext(ctx,
		`SELECT lang, time_of_day, zone, days, per_day, brake, retention, paused_until, stopped FROM learner WHERE `+ofLearner,
		learnerArgs(l)...).Scan(&settings.Lang, &spec.Time, &spec.Zone, &spec.Days,
		&settings.PerDay, &settings.Brake, &settings.Retention, &settings.PausedUntil, &settings.Stopped)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return review.Settings{}, false, s.db.wrap("read a learner's settings from", err)
	}
	return settings, true, nil
}

// PutSettings implements [review.Store].
func (s learners) PutSettings(ctx context.Context, set review.Settings, d review.Digest) error {
	l, spec := set.Learner, set.Schedule
	if err := limits.CheckLearner(l, string(set.Lang), spec.Zone, d.Ref); err != nil {
		return err
	}
	err := s.db.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO learner (platform, tenant, person, lang, time_of_day, zone, days, per_day, brake, retention, paused_until, stopped, answers)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)
			ON CONFLICT (platform, tenant, person) DO UPDATE SET
				lang = excluded.lang, time_of_day = excluded.time_of_day, zone = excluded.zone, days = excluded.days,
				per_day = excluded.per_day, brake = excluded.brake, retention = excluded.retention,
				paused_until = excluded.paused_until, stopped = excluded.stopped`,
			learnerArgs(l, set.Lang, spec.Time, spec.Zone, spec.Days,
				set.PerDay, set.Brake, set.Retention, set.PausedUntil, number(set.Stopped))...)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx,
			`INSERT INTO digest (`+digestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (platform, tenant, person) DO NOTHING`,
			learnerArgs(l, 1, nextMillis(d), d.Sent, d.Ref, d.Unanswered, number(d.Snoozed), number(d.Silent))...)
		return err
	})
	return s.db.wrap("store a learner's settings in", err)
}

// forgetLearner deletes everything about a learner. The learner's row goes first, see above.
var forgetLearner = []string{
	`DELETE FROM learner WHERE ` + ofLearner,
	`DELETE FROM card WHERE ` + ofLearner,
	`DELETE FROM answer WHERE ` + ofLearner,
	`DELETE FROM digest WHERE ` + ofLearner,
}

// Forget implements [review.Store]. It deletes everything, or nothing if it returns an
// error. [DB.Forget] deletes the same, and more.
func (s learners) Forget(ctx context.Context, l review.Learner) error {
	if err := limits.CheckLearner(l); err != nil {
		return err
	}
	err := s.db.inTx(ctx, func(tx *sql.Tx) error { return execAll(ctx, tx, forgetLearner, learnerArgs(l)...) })
	if err != nil {
		return s.db.wrap("delete a learner's data in", err)
	}
	s.db.wipe(ctx)
	return nil
}

// lockLearner makes Forget, and others that lock the learner, wait until tx ends. It returns the
// number of answers that the learner has appended plus appended; ok is false if there is
// no learner.
func lockLearner(ctx context.Context, tx *sql.Tx, l review.Learner, appended int) (answers int64, ok bool, err error) {
	err = tx.QueryRowContext(ctx,
		`UPDATE learner SET answers = answers + $4 WHERE `+ofLearner+` RETURNING answers`,
		learnerArgs(l, appended)...).Scan(&answers)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return answers, err == nil, err
}

// maxBatch is the most learners that one statement matches. SQLite allows 32,766
// parameters in a statement, and PostgreSQL 65,535.
const maxBatch = 1000

// queryBatches is queryAll for the rows of many learners. query returns a statement for a
// condition, whose parameters come after those of args.
func queryBatches[T any](ctx context.Context, db querier, scan func(scanner) (T, error), people []review.Learner, query func(condition string) string, args ...any) ([]T, error) {
	people = slices.Clone(people)
	slices.SortFunc(people, compareLearners)
	people = slices.Compact(people)
	var all []T
	for batch := range slices.Chunk(people, maxBatch) {
		condition, values := ofLearners(batch, args)
		rows, err := queryAll(ctx, db, scan, query(condition), values...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, ctx.Err()
}
