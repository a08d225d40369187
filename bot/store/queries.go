package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// Language implements [bot.Store].
func (d *DB) Language(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	if err := checkKeys(string(p.Platform), p.Tenant, p.User); err != nil {
		return "", err
	}
	var lang glossary.Lang
	err := d.read.QueryRowContext(ctx,
		`SELECT lang FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
		p.Platform, p.Tenant, p.User).Scan(&lang)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return lang, d.wrap("read a language from", err)
}

// SetLanguage implements [bot.Store].
func (d *DB) SetLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if err := checkKeys(string(p.Platform), p.Tenant, p.User, string(l)); err != nil {
		return err
	}
	if l == "" {
		_, err := d.write.ExecContext(ctx,
			`DELETE FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
			p.Platform, p.Tenant, p.User)
		return d.wrap("forget a language in", err)
	}
	_, err := d.write.ExecContext(ctx,
		`INSERT INTO person_language (platform, tenant, person, lang) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, tenant, person) DO UPDATE SET lang = excluded.lang`,
		p.Platform, p.Tenant, p.User, l)
	return d.wrap("keep a language in", err)
}

// CountMiss implements [bot.Store]. What is longer than [bot.MaxMiss] is cut
// there.
func (d *DB) CountMiss(ctx context.Context, t bot.Tenant, query string) error {
	if err := checkKeys(string(t.Platform), t.ID); err != nil {
		return err
	}
	query = missText(query)
	if query == "" {
		return ctx.Err()
	}
	// The clocks of replicas differ: the later one stays.
	_, err := d.write.ExecContext(ctx,
		`INSERT INTO miss (platform, tenant, query, asked, last_at) VALUES ($1, $2, $3, 1, $4)
		ON CONFLICT (platform, tenant, query) DO UPDATE SET
			asked = miss.asked + 1,
			last_at = CASE WHEN excluded.last_at > miss.last_at THEN excluded.last_at ELSE miss.last_at END`,
		t.Platform, t.ID, query, d.now().UnixMilli())
	return d.wrap("count a miss in", err)
}

// Misses implements [bot.Store].
func (d *DB) Misses(ctx context.Context, limit int) (misses []bot.Miss, err error) {
	rows, err := d.read.QueryContext(ctx,
		`SELECT platform, tenant, query, asked, last_at FROM miss ORDER BY asked DESC, last_at DESC, query LIMIT $1`,
		max(limit, 0))
	if err != nil {
		return nil, d.wrap("read the misses from", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m bot.Miss
		var last int64
		if err := rows.Scan(&m.Tenant.Platform, &m.Tenant.ID, &m.Query, &m.Count, &last); err != nil {
			return nil, d.wrap("read the misses from", err)
		}
		m.Last = time.UnixMilli(last).UTC()
		misses = append(misses, m)
	}
	return misses, d.wrap("read the misses from", rows.Err())
}

// Remember keeps value under key for a time. first is false, and nothing is
// kept, where the key is remembered already: of several replicas that call it
// with one key, one is first. The key has at most [MaxKey] bytes and the value
// [MaxValue].
func (d *DB) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	if err := errors.Join(checkKeys(key), check("value", value, MaxValue)); err != nil {
		return false, err
	}
	now := d.now()
	result, err := d.write.ExecContext(ctx,
		`INSERT INTO memory (key, value, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
		WHERE memory.expires_at <= $4`,
		key, value, now.Add(keep).UnixMilli(), now.UnixMilli())
	if err != nil {
		return false, d.wrap("remember a key in", err)
	}
	written, err := result.RowsAffected()
	return written == 1, d.wrap("remember a key in", err)
}

// Recall returns what is kept under a key, and false where nothing is, or its
// time is over.
func (d *DB) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	if err := checkKeys(key); err != nil {
		return "", false, err
	}
	err = d.read.QueryRowContext(ctx,
		`SELECT value FROM memory WHERE key = $1 AND expires_at > $2`,
		key, d.now().UnixMilli()).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, d.wrap("recall a key from", err)
}

// keepMisses is how long a miss is kept after it was last asked.
const keepMisses = 365 * 24 * time.Hour

const (
	// keepDeliveries is how long it is known what a channel got: longer than it
	// takes to get every term once.
	keepDeliveries = 3 * 365 * 24 * time.Hour
	// keepAsked is how long it is known which terms a channel asked for.
	keepAsked = 30 * 24 * time.Hour
	// keepLeases is how long a lease is kept that has run out.
	keepLeases = 24 * time.Hour
)

// sweepBatch is the number of rows that one statement of Sweep takes away, so
// that nobody waits long for it.
const sweepBatch = 1000

// Sweep takes away what has expired, misses that nobody asked for a year, and
// of more than [MaxMisses] misses the rarest, and what is kept of daily terms and
// leases for too long. A process calls it every hour or
// so: until then what has expired only takes space. Replicas may sweep at once.
func (d *DB) Sweep(ctx context.Context) error {
	now := d.now()
	// The outer condition of the first is for a key that is remembered anew
	// meanwhile: PostgreSQL checks it, and not the inner one, against the new row
	// (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
	return errors.Join(
		d.sweep(ctx, `DELETE FROM memory WHERE expires_at <= $1 AND key IN
			(SELECT key FROM memory WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`,
			now.UnixMilli()),
		d.sweep(ctx, `DELETE FROM miss WHERE last_at <= $1 AND (platform, tenant, query) IN
			(SELECT platform, tenant, query FROM miss WHERE last_at <= $1 LIMIT $2)`,
			now.Add(-keepMisses).UnixMilli()),
		d.sweep(ctx, `DELETE FROM miss WHERE (platform, tenant, query) IN
			(SELECT platform, tenant, query FROM miss ORDER BY asked DESC, last_at DESC LIMIT $2 OFFSET $1)`,
			MaxMisses),
		d.sweep(ctx, `DELETE FROM delivery WHERE (platform, tenant, channel, day) IN
			(SELECT platform, tenant, channel, day FROM delivery WHERE at <= $1 ORDER BY at LIMIT $2)`,
			now.Add(-keepDeliveries).UnixMilli()),
		d.sweep(ctx, `DELETE FROM asked WHERE last_at <= $1 AND (platform, tenant, channel, term) IN
			(SELECT platform, tenant, channel, term FROM asked WHERE last_at <= $1 ORDER BY last_at LIMIT $2)`,
			now.Add(-keepAsked).UnixMilli()),
		d.sweep(ctx, `DELETE FROM lease WHERE until_at <= $1 AND name IN
			(SELECT name FROM lease WHERE until_at <= $1 ORDER BY until_at LIMIT $2)`,
			now.Add(-keepLeases).UnixMilli()))
}

// sweep repeats a statement, whose $2 is sweepBatch, until it finds fewer rows.
func (d *DB) sweep(ctx context.Context, statement string, arg int64) error {
	for {
		result, err := d.write.ExecContext(ctx, statement, arg, sweepBatch)
		if err != nil {
			return d.wrap("sweep", err)
		}
		if gone, err := result.RowsAffected(); err != nil || gone < sweepBatch {
			return d.wrap("sweep", err)
		}
	}
}
