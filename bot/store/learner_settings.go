package store

import (
	"context"
	"database/sql"
	"errors"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// Settings implements [review.Store].
func (s learners) Settings(ctx context.Context, l review.Learner) (review.Settings, bool, error) {
	if err := limits.CheckLearner(l); err != nil {
		return review.Settings{}, false, err
	}
	settings := review.Settings{Learner: l}
	spec := &settings.Schedule
	err := s.db.Reader().QueryRowContext(ctx,
		`SELECT lang, time_of_day, zone, days, per_day, brake, retention, paused_until, stopped FROM learner WHERE `+ofLearner,
		learnerArgs(l)...).Scan(&settings.Lang, &spec.Time, &spec.Zone, &spec.Days,
		&settings.PerDay, &settings.Brake, &settings.Retention, &settings.PausedUntil, &settings.Stopped)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return review.Settings{}, false, s.db.Wrap("read a learner's settings from", err)
	}
	return settings, true, nil
}

// PutSettings implements [review.Store].
func (s learners) PutSettings(ctx context.Context, set review.Settings, d review.Digest) error {
	l, spec := set.Learner, set.Schedule
	if err := limits.CheckLearner(l, string(set.Lang), spec.Zone, d.Ref); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO learner (platform, tenant, person, lang, time_of_day, zone, days, per_day, brake, retention, paused_until, stopped, answers)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0)
			ON CONFLICT (platform, tenant, person) DO UPDATE SET
				lang = excluded.lang, time_of_day = excluded.time_of_day, zone = excluded.zone, days = excluded.days,
				per_day = excluded.per_day, brake = excluded.brake, retention = excluded.retention,
				paused_until = excluded.paused_until, stopped = excluded.stopped`,
			learnerArgs(l, set.Lang, spec.Time, spec.Zone, spec.Days,
				set.PerDay, set.Brake, set.Retention, set.PausedUntil, database.Number(set.Stopped))...)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx,
			`INSERT INTO digest (`+digestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (platform, tenant, person) DO NOTHING`,
			learnerArgs(l, 1, nextMillis(d), d.Sent, d.Ref, d.Unanswered, database.Number(d.Snoozed), database.Number(d.Silent))...)
		return err
	})
	return s.db.Wrap("store a learner's settings in", err)
}

// Forget implements [review.Store]. It deletes everything, or nothing if it returns an error.
// [DB.Forget] also deletes everything else about the person.
func (s learners) Forget(ctx context.Context, l review.Learner) error {
	if err := limits.CheckLearner(l); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sql.Tx) error { return database.ExecAll(ctx, tx, forgetLearner, learnerArgs(l)...) })
	if err != nil {
		return s.db.Wrap("delete a learner's data in", err)
	}
	s.db.Wipe(ctx)
	return nil
}
