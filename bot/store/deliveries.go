package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
)

// A delivery that can be claimed is one that is not ended and whose due_at has
// come. While it is claimed, due_at is the end of the lease, so that it comes back
// where its owner does not.

const deliveryColumns = `platform, tenant, channel, day, at, state, attempts, term, began_at, ref`

func scanDelivery(row interface{ Scan(...any) error }) (v bot.Delivery, err error) {
	var at, began int64
	err = row.Scan(&v.Channel.Platform, &v.Channel.Tenant, &v.Channel.ID, &v.Day, &at, &v.State, &v.Attempts, &v.Term, &began, &v.Ref)
	v.At, v.Began = fromMilli(at), fromMilli(began)
	return v, err
}

// DueTenants implements [bot.DailyStore].
func (d *DB) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	rows, err := d.read.QueryContext(ctx,
		`SELECT DISTINCT platform, tenant FROM delivery WHERE state IN ('planned', 'sending') AND due_at <= $1 ORDER BY platform, tenant`,
		d.now().UnixMilli())
	return collect(d, "read the deliveries from", rows, err, func(r *sql.Rows) (t bot.Tenant, err error) {
		err = r.Scan(&t.Platform, &t.ID)
		return t, err
	})
}

// Claim implements [bot.DailyStore].
func (d *DB) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if err := checkKeys(string(t.Platform), t.ID, owner); err != nil {
		return bot.Delivery{}, false, err
	}
	now := d.now()
	v, err := scanDelivery(d.write.QueryRowContext(ctx,
		`UPDATE delivery SET owner = $1, due_at = $2, attempts = attempts + 1
		WHERE (platform, tenant, channel, day) IN (
			SELECT platform, tenant, channel, day FROM delivery
			WHERE platform = $3 AND tenant = $4 AND state IN ('planned', 'sending') AND due_at <= $5
			ORDER BY due_at, at, channel LIMIT 1`+d.skipLocked+`)
		RETURNING `+deliveryColumns,
		owner, now.Add(lease).UnixMilli(), t.Platform, t.ID, now.UnixMilli()))
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Delivery{}, false, nil
	}
	return v, err == nil, d.wrap("claim a delivery in", err)
}

// held is the condition that a delivery is still the claim that its owner was
// given: of one that another took since, or the same one again, attempts tells.
const held = ` WHERE platform = $1 AND tenant = $2 AND channel = $3 AND day = $4 AND owner = $5 AND attempts = $6 AND state IN ('planned', 'sending')`

func claimArgs(v bot.Delivery, owner string, more ...any) []any {
	return append([]any{v.Channel.Platform, v.Channel.Tenant, v.Channel.ID, v.Day, owner, v.Attempts}, more...)
}

func checkDelivery(v bot.Delivery, more ...string) error {
	return errors.Join(checkChannel(v.Channel), checkKeys(v.Day), checkKeys(more...))
}

// Begin implements [bot.DailyStore].
func (d *DB) Begin(ctx context.Context, v bot.Delivery, owner, term string, lease time.Duration) (ok bool, err error) {
	if err := checkDelivery(v, owner, term); err != nil {
		return false, err
	}
	now := d.now()
	return d.changes(ctx, "begin a delivery in",
		`UPDATE delivery SET state = 'sending', term = $7, due_at = $8, began_at = CASE WHEN began_at = 0 THEN $9 ELSE began_at END`+held+
			` AND due_at > $9`, // whose lease is over may not send any more
		claimArgs(v, owner, term, now.Add(lease).UnixMilli(), now.UnixMilli())...)
}

// Retry implements [bot.DailyStore].
func (d *DB) Retry(ctx context.Context, v bot.Delivery, owner string, at time.Time) error {
	if err := checkDelivery(v, owner); err != nil {
		return err
	}
	_, err := d.changes(ctx, "put off a delivery in",
		`UPDATE delivery SET state = 'planned', began_at = 0, owner = '', due_at = $7`+held, claimArgs(v, owner, toMilli(at))...)
	return err
}

// End implements [bot.DailyStore].
func (d *DB) End(ctx context.Context, v bot.Delivery, owner string, state bot.DeliveryState, ref string) error {
	if err := errors.Join(checkDelivery(v, owner, ref), checkFinal(state)); err != nil {
		return err
	}
	_, err := d.changes(ctx, "end a delivery in", `UPDATE delivery SET state = $7, ref = $8, owner = ''`+held, claimArgs(v, owner, state, ref)...)
	return err
}

func checkFinal(s bot.DeliveryState) error {
	switch s {
	case bot.Sent, bot.Skipped, bot.Failed, bot.Unclear:
		return nil
	}
	return errors.New("a delivery cannot end as " + string(s))
}

// Deliveries implements [bot.DailyStore].
func (d *DB) Deliveries(ctx context.Context, c bot.Channel, limit int) ([]bot.Delivery, error) {
	if err := checkChannel(c); err != nil {
		return nil, err
	}
	rows, err := d.read.QueryContext(ctx,
		`SELECT `+deliveryColumns+` FROM delivery WHERE platform = $1 AND tenant = $2 AND channel = $3 ORDER BY day DESC LIMIT $4`,
		c.Platform, c.Tenant, c.ID, max(limit, 0))
	return collect(d, "read the deliveries from", rows, err, func(r *sql.Rows) (bot.Delivery, error) { return scanDelivery(r) })
}
