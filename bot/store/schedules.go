package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
)

var _ bot.DailyStore = (*DB)(nil)

// checkChannel returns an error where a channel's IDs cannot be stored.
func checkChannel(c bot.Channel) error { return checkKeys(string(c.Platform), c.Tenant, c.ID) }

// checkSchedule returns an error where a schedule cannot be stored.
func checkSchedule(s bot.Schedule) error {
	return errors.Join(checkChannel(s.Channel), checkKeys(s.Zone, string(s.Category), string(s.Lang), s.Creator), check("reason", s.Paused, MaxValue))
}

const scheduleColumns = `platform, tenant, channel, time_of_day, zone, days, category, lang, creator, paused, next_at`

func scanSchedule(row interface{ Scan(...any) error }) (s bot.Schedule, err error) {
	var next int64
	err = row.Scan(&s.Channel.Platform, &s.Channel.Tenant, &s.Channel.ID, &s.Time, &s.Zone, &s.Days, &s.Category, &s.Lang,
		&s.Creator, &s.Paused, &next)
	s.Next = fromMilli(next)
	return s, err
}

// fromMilli returns a stored time; 0 is the zero time.
func fromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// toMilli is the inverse of fromMilli.
func toMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// PutSchedule implements [bot.DailyStore].
func (d *DB) PutSchedule(ctx context.Context, s bot.Schedule) error {
	if err := checkSchedule(s); err != nil {
		return err
	}
	_, err := d.write.ExecContext(ctx,
		`INSERT INTO schedule (`+scheduleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (platform, tenant, channel) DO UPDATE SET
			time_of_day = excluded.time_of_day, zone = excluded.zone, days = excluded.days, category = excluded.category,
			lang = excluded.lang, creator = excluded.creator, paused = excluded.paused, next_at = excluded.next_at`,
		s.Channel.Platform, s.Channel.Tenant, s.Channel.ID, int64(s.Time), s.Zone, int64(s.Days), s.Category, s.Lang,
		s.Creator, s.Paused, toMilli(s.Next))
	return d.wrap("keep a schedule in", err)
}

// Schedule implements [bot.DailyStore].
func (d *DB) Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error) {
	if err := checkChannel(c); err != nil {
		return bot.Schedule{}, false, err
	}
	s, err := scanSchedule(d.read.QueryRowContext(ctx,
		`SELECT `+scheduleColumns+` FROM schedule WHERE platform = $1 AND tenant = $2 AND channel = $3`, c.Platform, c.Tenant, c.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Schedule{}, false, nil
	}
	return s, err == nil, d.wrap("read a schedule from", err)
}

// DeleteSchedule implements [bot.DailyStore].
func (d *DB) DeleteSchedule(ctx context.Context, c bot.Channel) (existed bool, err error) {
	if err := checkChannel(c); err != nil {
		return false, err
	}
	return d.changes(ctx, "delete a schedule from",
		`DELETE FROM schedule WHERE platform = $1 AND tenant = $2 AND channel = $3`, c.Platform, c.Tenant, c.ID)
}

// PauseSchedule implements [bot.DailyStore].
func (d *DB) PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error) {
	if err := errors.Join(checkChannel(c), check("reason", why, MaxValue)); err != nil {
		return false, err
	}
	return d.changes(ctx, "pause a schedule in",
		`UPDATE schedule SET paused = $4 WHERE platform = $1 AND tenant = $2 AND channel = $3 AND paused = ''`,
		c.Platform, c.Tenant, c.ID, why)
}

// changes reports whether a statement changes a row.
func (d *DB) changes(ctx context.Context, what, statement string, args ...any) (bool, error) {
	result, err := d.write.ExecContext(ctx, statement, args...)
	if err != nil {
		return false, d.wrap(what, err)
	}
	n, err := result.RowsAffected()
	return n > 0, d.wrap(what, err)
}

// DueSchedules implements [bot.DailyStore].
func (d *DB) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	rows, err := d.read.QueryContext(ctx,
		`SELECT `+scheduleColumns+` FROM schedule WHERE paused = '' AND next_at <= $1 ORDER BY next_at, platform, tenant, channel LIMIT $2`,
		d.now().UnixMilli(), max(limit, 0))
	return collect(d, "read the schedules from", rows, err, func(r *sql.Rows) (bot.Schedule, error) { return scanSchedule(r) })
}

// collect reads all rows.
func collect[T any](d *DB, what string, rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) (all []T, _ error) {
	if err != nil {
		return nil, d.wrap(what, err)
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, d.wrap(what, err)
		}
		all = append(all, v)
	}
	return all, d.wrap(what, rows.Err())
}

// Plan implements [bot.DailyStore].
func (d *DB) Plan(ctx context.Context, s bot.Schedule, day string, next time.Time) (planned bool, err error) {
	if err := errors.Join(checkSchedule(s), checkKeys(day)); err != nil {
		return false, err
	}
	err = d.inTx(ctx, func(tx *sql.Tx) error {
		planned = false
		moved, err := affected(tx.ExecContext(ctx,
			`UPDATE schedule SET next_at = $1 WHERE platform = $2 AND tenant = $3 AND channel = $4 AND next_at = $5 AND paused = ''`,
			toMilli(next), s.Channel.Platform, s.Channel.Tenant, s.Channel.ID, toMilli(s.Next)))
		if err != nil || moved == 0 {
			return err
		}
		inserted, err := affected(tx.ExecContext(ctx,
			`INSERT INTO delivery (`+deliveryColumns+`, due_at, owner) VALUES ($1, $2, $3, $4, $5, $6, 0, '', 0, '', $5, '')
			ON CONFLICT (platform, tenant, channel, day) DO NOTHING`,
			s.Channel.Platform, s.Channel.Tenant, s.Channel.ID, day, toMilli(s.Next), bot.Planned))
		planned = inserted > 0
		return err
	})
	return planned && err == nil, d.wrap("plan a delivery in", err)
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// inTx runs f in a transaction.
func (d *DB) inTx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
