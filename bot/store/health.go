package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// TenantHealth implements [daily.Health].
func (d *DB) TenantHealth(ctx context.Context, t bot.Tenant) (h daily.TenantHealth, err error) {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return h, err
	}
	var retry, ok int64
	err = d.Reader().QueryRowContext(ctx, `SELECT failures, retry_at, ok_at FROM tenant_health WHERE platform = $1 AND tenant = $2`,
		t.Platform, t.ID).Scan(&h.Failures, &retry, &ok)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return daily.TenantHealth{}, d.Wrap("read a tenant's health from", err)
	}
	h.RetryAt, h.OKAt = timeOrZero(retry), timeOrZero(ok)
	return h, nil
}

// Probe implements [daily.Health].
func (d *DB) Probe(ctx context.Context, t bot.Tenant, hold time.Duration) (ok bool, err error) {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return false, err
	}
	now := d.Now()
	ok, err = database.Changed(d.Writer().ExecContext(ctx,
		`INSERT INTO tenant_health (platform, tenant, failures, retry_at, ok_at) VALUES ($1, $2, 0, $3, 0)
		ON CONFLICT (platform, tenant) DO UPDATE SET retry_at = excluded.retry_at WHERE tenant_health.retry_at <= $4`,
		t.Platform, t.ID, now.Add(hold).UnixMilli(), now.UnixMilli()))
	return ok, d.Wrap("claim a probe in", err)
}

// EndProbe implements [daily.Health].
func (d *DB) EndProbe(ctx context.Context, t bot.Tenant) error {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx, `UPDATE tenant_health SET retry_at = 0 WHERE platform = $1 AND tenant = $2`, t.Platform, t.ID)
	return d.Wrap("end a probe in", err)
}

// TenantAnswered implements [daily.Health].
func (d *DB) TenantAnswered(ctx context.Context, t bot.Tenant, probe bool) error {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return err
	}
	now := d.Now().UnixMilli()
	statement := `UPDATE tenant_health SET ok_at = $3 WHERE platform = $1 AND tenant = $2 AND failures = 0 AND retry_at <= $3`
	if probe {
		statement = `UPDATE tenant_health SET failures = 0, retry_at = 0, ok_at = $3 WHERE platform = $1 AND tenant = $2`
	}
	_, err := d.Writer().ExecContext(ctx, statement, t.Platform, t.ID, now)
	return d.Wrap("record a tenant's health in", err)
}

// TenantFailed implements [daily.Health].
func (d *DB) TenantFailed(ctx context.Context, t bot.Tenant, retryAt time.Time, probe bool) error {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return err
	}
	until := d.Now().UnixMilli()
	if probe {
		until = math.MaxInt64
	}
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO tenant_health (platform, tenant, failures, retry_at, ok_at) VALUES ($1, $2, 1, $3, 0)
		ON CONFLICT (platform, tenant) DO UPDATE SET
			failures = tenant_health.failures + 1, retry_at = excluded.retry_at, ok_at = 0
			WHERE tenant_health.retry_at <= $4`,
		t.Platform, t.ID, retryAt.UnixMilli(), until)
	return d.Wrap("record a tenant's health in", err)
}

// RefuseSchedule implements [daily.Schedules].
func (d *DB) RefuseSchedule(ctx context.Context, c bot.Channel, day, why string) error {
	if err := limits.CheckRefusal(c, day, why); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx,
		`UPDATE schedule SET refused_day = $1, refused = $2 WHERE platform = $3 AND tenant = $4 AND channel = $5`,
		day, why, c.Platform, c.Tenant, c.ID)
	return d.Wrap("record a refusal in", err)
}

// Backlog implements [daily.Deliveries].
func (d *DB) Backlog(ctx context.Context) (due int, oldest time.Time, err error) {
	var at sql.NullInt64
	err = d.Reader().QueryRowContext(ctx, `SELECT COUNT(*), MIN(at) FROM delivery WHERE `+unfinished+` AND at <= $1`,
		d.Now().UnixMilli()).Scan(&due, &at)
	if err != nil {
		return 0, time.Time{}, d.Wrap("count the deliveries in", err)
	}
	if at.Valid {
		oldest = database.Time(at.Int64)
	}
	return due, oldest, nil
}

// timeOrZero is like [database.Time], but returns the zero time for 0.
func timeOrZero(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return database.Time(ms)
}
