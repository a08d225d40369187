package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

const scheduleColumns = `platform, tenant, channel, time_of_day, zone, days, category, lang, creator, paused, next_at, refused, refused_day, direct`

func scanSchedule(r database.Scanner) (s bot.Schedule, err error) {
	var next, direct int64
	err = r.Scan(&s.Channel.Platform, &s.Channel.Tenant, &s.Channel.ID, &s.Time, &s.Zone, &s.Days,
		&s.Category, &s.Lang, &s.Creator, &s.Paused, &next, &s.Refused, &s.RefusedDay, &direct)
	s.Next, s.Direct = database.Time(next), direct != 0
	return s, err
}

// PutSchedule implements [bot.ScheduleStore]. It replaces all fields, so a paused schedule
// resumes if s.Paused is "". It returns [limits.ErrManySchedules] if the tenant already has
// [limits.MaxSchedules] other schedules.
func (d *DB) PutSchedule(ctx context.Context, s bot.Schedule) error {
	if err := limits.CheckSchedule(s); err != nil {
		return err
	}
	err := d.InTx(ctx, func(tx *sql.Tx) error { return putSchedule(ctx, tx, s) })
	return d.Wrap("store a schedule in", err)
}

func putSchedule(ctx context.Context, tx *sql.Tx, s bot.Schedule) error {
	var others int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM schedule WHERE platform = $1 AND tenant = $2 AND channel <> $3 AND direct = 0`,
		s.Channel.Platform, s.Channel.Tenant, s.Channel.ID).Scan(&others)
	switch {
	case err != nil:
		return err
	case others >= limits.MaxSchedules && !s.Direct:
		return limits.ErrManySchedules
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO schedule (`+scheduleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (platform, tenant, channel) DO UPDATE SET
			time_of_day = excluded.time_of_day, zone = excluded.zone, days = excluded.days,
			category = excluded.category, lang = excluded.lang, creator = excluded.creator,
			paused = excluded.paused, next_at = excluded.next_at,
			refused = excluded.refused, refused_day = excluded.refused_day, direct = excluded.direct`,
		s.Channel.Platform, s.Channel.Tenant, s.Channel.ID, s.Time, s.Zone, s.Days,
		s.Category, s.Lang, s.Creator, s.Paused, s.Next.UnixMilli(), s.Refused, s.RefusedDay, database.Number(s.Direct))
	return err
}

// Schedule implements [bot.ScheduleStore].
func (d *DB) Schedule(ctx context.Context, c bot.Channel) (bot.Schedule, bool, error) {
	if err := limits.CheckChannel(c); err != nil {
		return bot.Schedule{}, false, err
	}
	s, err := scanSchedule(d.Reader().QueryRowContext(ctx,
		`SELECT `+scheduleColumns+` FROM schedule WHERE platform = $1 AND tenant = $2 AND channel = $3`,
		c.Platform, c.Tenant, c.ID))
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return bot.Schedule{}, false, d.Wrap("read a schedule from", err)
	}
	return s, true, nil
}

// DeleteSchedule implements [bot.ScheduleStore].
func (d *DB) DeleteSchedule(ctx context.Context, c bot.Channel) (existed bool, err error) {
	if err := limits.CheckChannel(c); err != nil {
		return false, err
	}
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		existed, err = deleteSchedules(ctx, tx, `platform = $1 AND tenant = $2 AND channel = $3`, c.Platform, c.Tenant, c.ID)
		return err
	})
	return existed && err == nil, d.Wrap("delete a schedule in", err)
}

// deleteSchedules deletes the schedules that match a condition, and reports whether there were
// any. If a schedule's channel is a direct message channel, deleteSchedules also deletes
// everything else that is stored about the channel. It deletes the schedules first. It therefore
// waits for a Plan that has already begun, and deletes the delivery that this Plan adds. A later
// Plan finds no schedule.
func deleteSchedules(ctx context.Context, tx *sql.Tx, condition string, args ...any) (existed bool, err error) {
	deleted, err := database.QueryAll(ctx, tx, scanDeleted,
		`DELETE FROM schedule WHERE `+condition+` RETURNING platform, tenant, channel, direct`, args...)
	if err != nil {
		return false, err
	}
	for _, s := range deleted {
		if !s.Direct {
			continue
		}
		for _, table := range []string{"delivery", "asked"} {
			_, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE platform = $1 AND tenant = $2 AND channel = $3`,
				s.Channel.Platform, s.Channel.Tenant, s.Channel.ID)
			if err != nil {
				return false, err
			}
		}
	}
	return len(deleted) > 0, nil
}

func scanDeleted(r database.Scanner) (s bot.Schedule, err error) {
	var direct int64
	err = r.Scan(&s.Channel.Platform, &s.Channel.Tenant, &s.Channel.ID, &direct)
	s.Direct = direct != 0
	return s, err
}

// PauseSchedule implements [daily.Store]. An empty why is an error, since it would not pause the
// schedule.
func (d *DB) PauseSchedule(ctx context.Context, c bot.Channel, why string) (first bool, err error) {
	if err := limits.CheckPause(c, why); err != nil {
		return false, err
	}
	first, err = database.Changed(d.Writer().ExecContext(ctx,
		`UPDATE schedule SET paused = $1 WHERE platform = $2 AND tenant = $3 AND channel = $4 AND paused = ''`,
		why, c.Platform, c.Tenant, c.ID))
	return first, d.Wrap("pause a schedule in", err)
}

// dueSchedules and farSchedules use the index schedule_by_next.
const (
	dueSchedules = `SELECT ` + scheduleColumns + ` FROM schedule
	WHERE paused = '' AND next_at <= $1 ORDER BY next_at LIMIT $2`
	farSchedules = `SELECT ` + scheduleColumns + ` FROM schedule
	WHERE paused = '' AND next_at > $1 ORDER BY next_at LIMIT $2`
)

// DueSchedules implements [daily.Store].
func (d *DB) DueSchedules(ctx context.Context, limit int) ([]bot.Schedule, error) {
	now, limit := d.Now(), max(limit, 0)
	schedules, err := database.QueryAll(ctx, d.Reader(), scanSchedule, dueSchedules, now.UnixMilli(), limit)
	if err == nil && len(schedules) < limit {
		var far []bot.Schedule
		far, err = database.QueryAll(ctx, d.Reader(), scanSchedule, farSchedules, now.Add(schedule.MaxAhead).UnixMilli(), limit-len(schedules))
		schedules = append(schedules, far...)
	}
	return schedules, d.Wrap("read the schedules from", err)
}

// Plan implements [daily.Store].
func (d *DB) Plan(ctx context.Context, s bot.Schedule, day string, next time.Time, jitter time.Duration) (planned bool, err error) {
	c := s.Channel
	if err := limits.CheckChannel(c, day); err != nil {
		return false, err
	}
	err = d.InTx(ctx, func(tx *sql.Tx) error {
		moved, err := database.Changed(tx.ExecContext(ctx,
			`UPDATE schedule SET next_at = $1
			WHERE platform = $2 AND tenant = $3 AND channel = $4 AND next_at = $5 AND paused = ''`,
			next.UnixMilli(), c.Platform, c.Tenant, c.ID, s.Next.UnixMilli()))
		if err != nil || !moved || day == "" {
			return err
		}
		planned, err = database.Changed(tx.ExecContext(ctx,
			`INSERT INTO delivery (platform, tenant, channel, day, at, state, attempts, due_at, owner, term, ref)
			VALUES ($1, $2, $3, $4, $5, $6, 0, $7, '', '', '')
			ON CONFLICT (platform, tenant, channel, day) DO NOTHING`,
			c.Platform, c.Tenant, c.ID, day, s.Next.UnixMilli(), bot.Planned, s.Next.Add(jitter).UnixMilli()))
		return err
	})
	return planned && err == nil, d.Wrap("plan a delivery in", err)
}
