package store

import (
	"context"
	"errors"
	"time"

	"k8sbot/bot/followup"
	"k8sbot/bot/review"
	"k8sbot/bot/store/limits"
)

// sweepBatch is the maximum number of rows that one statement deletes. It is small, so that other
// statements do not wait long.
const sweepBatch = 1000

// Sweep deletes rows that are no longer needed:
//
//   - keys that have expired
//   - misses after [limits.KeepMisses], and a tenant's rarest misses beyond [limits.MaxMisses]
//   - ended deliveries after [limits.KeepDeliveries], except the last delivery of each term in a
//     channel that has a schedule
//   - counts of the terms that people asked about in a channel, after [limits.KeepAsked]
//   - last terms of conversations, after [followup.Keep]
//   - times when learners looked up a term, after [limits.KeepLookUps]
//   - channels in which learners answered, after [review.ChannelWindow]
//   - expired leases, after [limits.KeepLeases]
//
// Call Sweep about once an hour. Expired rows that have not been swept yet just take up space.
// Several replicas may sweep at the same time. Sweep also returns an error if the SQLite file is
// gone, which SQLite itself does not notice.
func (d *DB) Sweep(ctx context.Context) error {
	now := d.Now()
	ago := func(keep time.Duration) int64 { return now.Add(-keep).UnixMilli() }
	// The conditions are repeated outside of the inner SELECT, so that rows renewed in the
	// meantime are kept: PostgreSQL checks only the outer conditions against the new row
	// (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
	return errors.Join(
		d.present(),
		d.sweep(ctx, `DELETE FROM memory WHERE expires_at <= $1 AND key IN
			(SELECT key FROM memory WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`,
			now.UnixMilli()),
		d.sweep(ctx, `DELETE FROM miss WHERE last_at <= $1 AND (platform, tenant, query) IN
			(SELECT platform, tenant, query FROM miss WHERE last_at <= $1 LIMIT $2)`,
			ago(limits.KeepMisses)),
		d.sweep(ctx, `DELETE FROM miss WHERE (platform, tenant, query) IN
			(SELECT platform, tenant, query FROM (SELECT platform, tenant, query,
				ROW_NUMBER() OVER (PARTITION BY platform, tenant ORDER BY asked DESC, last_at DESC) AS nth FROM miss) ranked
			WHERE nth > $1 LIMIT $2)`,
			limits.MaxMisses),
		d.sweep(ctx, `DELETE FROM delivery WHERE (platform, tenant, channel, day) IN
			(SELECT platform, tenant, channel, day FROM delivery WHERE ended_at <= $1 AND NOT (`+lastOfTerm+`) ORDER BY ended_at LIMIT $2)`,
			ago(limits.KeepDeliveries)),
		d.sweep(ctx, `DELETE FROM asked WHERE last_at <= $1 AND (platform, tenant, channel, term) IN
			(SELECT platform, tenant, channel, term FROM asked WHERE last_at <= $1 ORDER BY last_at LIMIT $2)`,
			ago(limits.KeepAsked)),
		d.sweep(ctx, `DELETE FROM last_term WHERE at <= $1 AND (platform, tenant, channel, thread, person) IN
			(SELECT platform, tenant, channel, thread, person FROM last_term WHERE at <= $1 ORDER BY at LIMIT $2)`,
			ago(followup.Keep)),
		d.sweep(ctx, `DELETE FROM look_up WHERE at <= $1 AND (platform, tenant, person, term) IN
			(SELECT platform, tenant, person, term FROM look_up WHERE at <= $1 ORDER BY at LIMIT $2)`,
			ago(limits.KeepLookUps)),
		d.sweep(ctx, `DELETE FROM channel_learner WHERE at <= $1 AND (platform, tenant, channel, person) IN
			(SELECT platform, tenant, channel, person FROM channel_learner WHERE at <= $1 ORDER BY at LIMIT $2)`,
			ago(review.ChannelWindow)),
		d.sweep(ctx, `DELETE FROM lease WHERE until_at <= $1 AND name IN
			(SELECT name FROM lease WHERE until_at <= $1 LIMIT $2)`,
			ago(limits.KeepLeases)),
		d.checkpoint(ctx))
}

// present returns an error if the database file is gone. It returns nil if the database has no
// file.
func (d *DB) present() error {
	if present := d.pools.Load().present; present != nil {
		return d.Wrap("find", present())
	}
	return nil
}

// checkpoint removes deleted rows from the write-ahead log, if there is one.
func (d *DB) checkpoint(ctx context.Context) error {
	if b := d.pools.Load(); b.checkpoint != nil {
		return d.Wrap("truncate the write-ahead log of", b.checkpoint(ctx, b.write))
	}
	return nil
}

// lastOfTerm matches the last delivery of each term in a channel that has a schedule.
const lastOfTerm = maybePosted + `
	AND EXISTS (SELECT 1 FROM schedule s
		WHERE s.platform = delivery.platform AND s.tenant = delivery.tenant AND s.channel = delivery.channel)
	AND NOT EXISTS (SELECT 1 FROM delivery l
		WHERE l.platform = delivery.platform AND l.tenant = delivery.tenant AND l.channel = delivery.channel
		AND l.term = delivery.term AND l.day > delivery.day AND l.term <> '' AND l.state NOT IN ('skipped', 'failed'))`

// sweep repeats a statement until it deletes fewer than sweepBatch rows. The arguments of the
// statement are arg for $1 and sweepBatch for $2.
func (d *DB) sweep(ctx context.Context, statement string, arg int64) error {
	for {
		result, err := d.Writer().ExecContext(ctx, statement, arg, sweepBatch)
		if err != nil {
			return d.Wrap("sweep", err)
		}
		if deleted, err := result.RowsAffected(); err != nil || deleted < sweepBatch {
			return d.Wrap("sweep", err)
		}
	}
}

// Wipe implements [database.DB].
func (d *DB) Wipe(ctx context.Context) {
	if err := d.checkpoint(ctx); err != nil {
		d.log.Warn("cannot truncate write-ahead log, will retry in next sweep", "error", err)
	}
}
