package store

import (
	"context"
	"errors"
	"time"

	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// Acquire takes or renews a lease for ttl, and reports whether owner now holds the lease. An
// expired lease goes to the first owner that asks. owner must be unique to this process and must
// not be "".
//
// Each replica uses its own clock. A replica whose clock is ahead takes over leases too early, by
// the amount that its clock is ahead.
func (d *DB) Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	if err := errors.Join(limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return false, err
	}
	now := d.Now()
	held, err = database.Changed(d.Writer().ExecContext(ctx,
		`INSERT INTO lease (name, owner, until_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
		WHERE lease.owner = excluded.owner OR lease.until_at <= $4`,
		name, owner, now.Add(ttl).UnixMilli(), now.UnixMilli()))
	return held, d.Wrap("acquire a lease in", err)
}

// Release ends a lease before it expires. It does nothing if owner does not hold the lease.
func (d *DB) Release(ctx context.Context, name, owner string) error {
	if err := errors.Join(limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx, `DELETE FROM lease WHERE name = $1 AND owner = $2`, name, owner)
	return d.Wrap("release a lease in", err)
}
