package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// An unfinished delivery can be claimed once its due_at has passed. A claim moves due_at to the end
// of the lease and does not change the state. If the owner of the claim dies, the delivery
// therefore becomes due again by itself, and its state shows how far the owner got.
//
// A claim is identified by its owner and the number of the attempt. The number distinguishes two
// claims of the same process, which may have lost the first one while it was stalled.

// unfinished matches unfinished deliveries. It is written exactly as in the index delivery_by_due.
// Otherwise, the database would not use the index.
const unfinished = `state IN ('planned', 'sending')`

// held matches a delivery if the given claim on it is still valid. claimArgs returns the
// arguments for $1 to $6.
const held = `platform = $1 AND tenant = $2 AND channel = $3 AND day = $4
	AND owner = $5 AND attempts = $6 AND ` + unfinished

// claimArgs returns the arguments of held, followed by more arguments.
func claimArgs(d bot.Delivery, owner string, more ...any) []any {
	c := d.Channel
	return append([]any{c.Platform, c.Tenant, c.ID, d.Day, owner, d.Attempts}, more...)
}

const deliveryColumns = `platform, tenant, channel, day, at, state, attempts, term, round, began_at, ref`

func scanDelivery(r database.Scanner) (d bot.Delivery, err error) {
	var at int64
	var began sql.NullInt64
	err = r.Scan(&d.Channel.Platform, &d.Channel.Tenant, &d.Channel.ID, &d.Day, &at, &d.State,
		&d.Attempts, &d.Term, &d.Round, &began, &d.Ref)
	d.At = database.Time(at)
	if began.Valid {
		d.Began = database.Time(began.Int64)
	}
	return d, err
}

const dueTenants = `SELECT DISTINCT platform, tenant FROM delivery WHERE ` + unfinished + ` AND due_at <= $1`

// DueTenants implements [daily.Store]. The order is undefined.
func (d *DB) DueTenants(ctx context.Context) ([]bot.Tenant, error) {
	tenants, err := database.QueryAll(ctx, d.Reader(), scanTenant, dueTenants, d.Now().UnixMilli())
	return tenants, d.Wrap("read the deliveries from", err)
}

func scanTenant(r database.Scanner) (t bot.Tenant, err error) {
	err = r.Scan(&t.Platform, &t.ID)
	return t, err
}

// claim returns the statement that claims a delivery. The statement compares the key with =
// instead of IN, so PostgreSQL runs the inner SELECT, which locks the row that it finds, exactly
// once.
func (d *DB) claim() string {
	return `UPDATE delivery SET owner = $1, due_at = $2, attempts = attempts + 1
		WHERE (platform, tenant, channel, day) = (
			SELECT platform, tenant, channel, day FROM delivery
			WHERE platform = $3 AND tenant = $4 AND ` + unfinished + ` AND due_at <= $5
			ORDER BY due_at LIMIT 1 ` + d.pools.Load().skipLocked + `)
		RETURNING ` + deliveryColumns
}

// Claim implements [daily.Store]. owner must be unique to this process and must not be "".
func (d *DB) Claim(ctx context.Context, t bot.Tenant, owner string, lease time.Duration) (bot.Delivery, bool, error) {
	if err := errors.Join(limits.CheckKeys(string(t.Platform), t.ID), limits.CheckOwner(owner)); err != nil {
		return bot.Delivery{}, false, err
	}
	now := d.Now()
	claimed, err := scanDelivery(d.Writer().QueryRowContext(ctx, d.claim(),
		owner, now.Add(lease).UnixMilli(), t.Platform, t.ID, now.UnixMilli()))
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return bot.Delivery{}, false, d.Wrap("claim a delivery in", err)
	}
	return claimed, true, nil
}

// Begin implements [daily.Store].
func (d *DB) Begin(ctx context.Context, del bot.Delivery, owner, term string, round int, lease time.Duration) (ok bool, err error) {
	if err := limits.CheckClaim(del, owner, term); err != nil {
		return false, err
	}
	now := d.Now()
	ok, err = database.Changed(d.Writer().ExecContext(ctx,
		`UPDATE delivery SET state = $7, term = $8, round = $9, began_at = COALESCE(began_at, $10), due_at = $11 WHERE `+held,
		claimArgs(del, owner, bot.Sending, term, round, now.UnixMilli(), now.Add(lease).UnixMilli())...))
	return ok, d.Wrap("begin a delivery in", err)
}

// Retry implements [daily.Store]. It keeps the delivery's term.
func (d *DB) Retry(ctx context.Context, del bot.Delivery, owner string, at time.Time) error {
	if err := limits.CheckClaim(del, owner); err != nil {
		return err
	}
	state, began := bot.Planned, sql.NullInt64{}
	if del.State == bot.Sending {
		state, began = bot.Sending, sql.NullInt64{Int64: del.Began.UnixMilli(), Valid: true}
	}
	_, err := d.Writer().ExecContext(ctx,
		`UPDATE delivery SET state = $7, began_at = $8, owner = '', due_at = $9 WHERE `+held,
		claimArgs(del, owner, state, began, at.UnixMilli())...)
	return d.Wrap("hand back a delivery in", err)
}

// End implements [daily.Store]. It returns an error if state is not final.
func (d *DB) End(ctx context.Context, del bot.Delivery, owner string, state bot.DeliveryState, ref string) error {
	if err := errors.Join(limits.CheckClaim(del, owner, ref), limits.CheckFinal(state)); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx,
		`UPDATE delivery SET state = $7, ref = $8, ended_at = $9 WHERE `+held,
		claimArgs(del, owner, state, ref, d.Now().UnixMilli())...)
	return d.Wrap("end a delivery in", err)
}

// Deliveries implements [bot.ScheduleStore]. It includes unfinished, skipped and failed
// deliveries.
func (d *DB) Deliveries(ctx context.Context, c bot.Channel, limit int) ([]bot.Delivery, error) {
	if err := limits.CheckChannel(c); err != nil {
		return nil, err
	}
	deliveries, err := database.QueryAll(ctx, d.Reader(), scanDelivery,
		`SELECT `+deliveryColumns+` FROM delivery WHERE platform = $1 AND tenant = $2 AND channel = $3
		ORDER BY day DESC LIMIT $4`,
		c.Platform, c.Tenant, c.ID, max(limit, 0))
	return deliveries, d.Wrap("read the deliveries from", err)
}

// maybePosted matches deliveries whose term was posted, may have been posted, or will be posted.
const maybePosted = `term <> '' AND state NOT IN ('skipped', 'failed')`

// postedTerms uses the index delivery_by_term. MAX(round) is correct, since a term's round never
// decreases.
const postedTerms = `SELECT term, MAX(round), MAX(at) AS last_at FROM delivery
	WHERE platform = $1 AND tenant = $2 AND channel = $3 AND ` + maybePosted + `
	GROUP BY term ORDER BY last_at DESC, term`

// Posted implements [daily.History].
func (d *DB) Posted(ctx context.Context, c bot.Channel) ([]daily.PostedTerm, error) {
	if err := limits.CheckChannel(c); err != nil {
		return nil, err
	}
	posted, err := database.QueryAll(ctx, d.Reader(), scanPosted, postedTerms, c.Platform, c.Tenant, c.ID)
	return posted, d.Wrap("read the posted terms from", err)
}

func scanPosted(r database.Scanner) (p daily.PostedTerm, err error) {
	var at int64
	err = r.Scan(&p.Term, &p.Round, &at)
	p.At = database.Time(at)
	return p, err
}
