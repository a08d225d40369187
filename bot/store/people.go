package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
)

// NoteAsked implements [bot.DailyStore].
func (d *DB) NoteAsked(ctx context.Context, c bot.Channel, term string) error {
	if err := errors.Join(checkChannel(c), checkKeys(term)); err != nil {
		return err
	}
	_, err := d.write.ExecContext(ctx,
		`INSERT INTO asked (platform, tenant, channel, term, asked, last_at)
		SELECT platform, tenant, channel, CAST($4 AS TEXT), 1, CAST($5 AS BIGINT) FROM schedule WHERE platform = $1 AND tenant = $2 AND channel = $3
		ON CONFLICT (platform, tenant, channel, term) DO UPDATE SET
			asked = asked.asked + 1,
			last_at = CASE WHEN excluded.last_at > asked.last_at THEN excluded.last_at ELSE asked.last_at END`,
		c.Platform, c.Tenant, c.ID, term, d.now().UnixMilli())
	return d.wrap("note a term in", err)
}

// AskedSince implements [bot.DailyStore].
func (d *DB) AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]bot.Asked, error) {
	if err := checkChannel(c); err != nil {
		return nil, err
	}
	rows, err := d.read.QueryContext(ctx,
		`SELECT term, asked, last_at FROM asked WHERE platform = $1 AND tenant = $2 AND channel = $3 AND last_at >= $4
		ORDER BY last_at DESC, term`, c.Platform, c.Tenant, c.ID, since.UnixMilli())
	return collect(d, "read what was asked from", rows, err, func(r *sql.Rows) (a bot.Asked, err error) {
		var last int64
		err = r.Scan(&a.Term, &a.Count, &last)
		a.Last = fromMilli(last)
		return a, err
	})
}

// PutReview implements [bot.DailyStore].
func (d *DB) PutReview(ctx context.Context, p bot.Person, r bot.Review) error {
	if err := checkKeys(string(p.Platform), p.Tenant, p.User, r.Term, r.Day); err != nil {
		return err
	}
	knew := 0
	if r.Knew {
		knew = 1
	}
	_, err := d.write.ExecContext(ctx,
		`INSERT INTO review (platform, tenant, person, term, day, knew, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (platform, tenant, person, term, day) DO UPDATE SET knew = excluded.knew, at = excluded.at`,
		p.Platform, p.Tenant, p.User, r.Term, r.Day, knew, toMilli(r.At))
	return d.wrap("keep a review in", err)
}

// Reviews implements [bot.DailyStore].
func (d *DB) Reviews(ctx context.Context, p bot.Person) ([]bot.Review, error) {
	if err := checkKeys(string(p.Platform), p.Tenant, p.User); err != nil {
		return nil, err
	}
	rows, err := d.read.QueryContext(ctx,
		`SELECT term, day, knew, at FROM review WHERE platform = $1 AND tenant = $2 AND person = $3 ORDER BY at DESC, term, day`,
		p.Platform, p.Tenant, p.User)
	return collect(d, "read the reviews from", rows, err, func(rows *sql.Rows) (r bot.Review, err error) {
		var knew, at int64
		err = rows.Scan(&r.Term, &r.Day, &knew, &at)
		r.Knew, r.At = knew != 0, fromMilli(at)
		return r, err
	})
}

// Forget implements [bot.DailyStore].
func (d *DB) Forget(ctx context.Context, p bot.Person) error {
	if err := checkKeys(string(p.Platform), p.Tenant, p.User); err != nil {
		return err
	}
	// On Discord a schedule belongs to a server, and its creator to all of them.
	err := d.inTx(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
			`DELETE FROM review WHERE platform = $1 AND tenant = $2 AND person = $3`,
			`UPDATE schedule SET creator = '' WHERE platform = $1 AND ($2 = '' OR tenant = $2) AND creator = $3`,
		} {
			if _, err := tx.ExecContext(ctx, statement, p.Platform, p.Tenant, p.User); err != nil {
				return err
			}
		}
		return nil
	})
	return d.wrap("forget a person in", err)
}

// Acquire takes or renews a lease for a time, and reports whether owner holds it
// now. One that has run out goes to whoever asks first.
func (d *DB) Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error) {
	if err := checkKeys(name, owner); err != nil {
		return false, err
	}
	now := d.now()
	return d.changes(ctx, "take a lease in",
		`INSERT INTO lease (name, owner, until_at) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
		WHERE lease.owner = excluded.owner OR lease.until_at <= $4`,
		name, owner, now.Add(ttl).UnixMilli(), now.UnixMilli())
}

// Release gives a lease back before it runs out, where owner holds it.
func (d *DB) Release(ctx context.Context, name, owner string) error {
	if err := checkKeys(name, owner); err != nil {
		return err
	}
	_, err := d.changes(ctx, "give back a lease in", `DELETE FROM lease WHERE name = $1 AND owner = $2`, name, owner)
	return err
}
