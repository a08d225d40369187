package store

import (
	"context"
	"errors"
	"time"

	"k8sbot/bot/store/limits"
)

// Acquire takes or renews a lease for a time, and reports whether owner holds it
// now. One that has run out goes to whoever asks first. The owner is no other
// process's, and not "".
//
// Each replica goes by its own clock: one that is ahead takes a lease over
// earlier by as much.
func (d *DB) Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	if err := errors.Join(limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return false, err
	}
	now := d.now()
	held, err = changed(d.write().ExecContext(ctx,
		`INSERT INTO lease (name, owner, until_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
		WHERE lease.owner = excluded.owner OR lease.until_at <= $4`,
		name, owner, now.Add(ttl).UnixMilli(), now.UnixMilli()))
	return held, d.wrap("acquire a lease in", err)
}

// Release gives a lease back before it runs out, where owner holds it.
func (d *DB) Release(ctx context.Context, name, owner string) error {
	if err := errors.Join(limits.CheckKeys(name), limits.CheckOwner(owner)); err != nil {
		return err
	}
	_, err := d.write().ExecContext(ctx, `DELETE FROM lease WHERE name = $1 AND owner = $2`, name, owner)
	return d.wrap("release a lease in", err)
}
