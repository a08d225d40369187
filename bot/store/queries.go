package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
	"k8sbot/glossary"
)

// Language implements [bot.Store].
func (d *DB) Language(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	return d.personLanguage(ctx, "lang", p)
}

// personLanguage returns the given column of the person's row in person_language, or "" if there
// is no row.
func (d *DB) personLanguage(ctx context.Context, column string, p bot.Person) (glossary.Lang, error) {
	if err := limits.CheckPerson(p); err != nil {
		return "", err
	}
	var lang glossary.Lang
	err := d.Reader().QueryRowContext(ctx,
		`SELECT `+column+` FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
		p.Platform, p.Tenant, p.User).Scan(&lang)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return lang, d.Wrap("read a language from", err)
}

// SetLanguage implements [bot.Store].
func (d *DB) SetLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if err := limits.CheckPerson(p, string(l)); err != nil {
		return err
	}
	if l == "" {
		err := d.InTx(ctx, func(tx *sql.Tx) error {
			for _, statement := range []string{
				`UPDATE person_language SET lang = '' WHERE platform = $1 AND tenant = $2 AND person = $3`,
				`DELETE FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3 AND profile = ''`,
			} {
				if _, err := tx.ExecContext(ctx, statement, p.Platform, p.Tenant, p.User); err != nil {
					return err
				}
			}
			return nil
		})
		return d.Wrap("delete a language in", err)
	}
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO person_language (platform, tenant, person, lang) VALUES ($1, $2, $3, $4)
		ON CONFLICT (platform, tenant, person) DO UPDATE SET lang = excluded.lang`,
		p.Platform, p.Tenant, p.User, l)
	return d.Wrap("store a language in", err)
}

// ProfileLanguage implements [bot.ProfileStore].
func (d *DB) ProfileLanguage(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	return d.personLanguage(ctx, "profile", p)
}

// SetProfileLanguage implements [bot.ProfileStore].
func (d *DB) SetProfileLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if err := limits.CheckPerson(p, string(l)); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO person_language (platform, tenant, person, lang, profile) VALUES ($1, $2, $3, '', $4)
		ON CONFLICT (platform, tenant, person) DO UPDATE SET profile = excluded.profile`,
		p.Platform, p.Tenant, p.User, l)
	return d.Wrap("store a profile language in", err)
}

// CountMiss implements [bot.Store]. It cuts the query to [bot.MaxMiss] characters.
func (d *DB) CountMiss(ctx context.Context, t bot.Tenant, query string) error {
	if err := limits.CheckKeys(string(t.Platform), t.ID); err != nil {
		return err
	}
	query = limits.MissText(query)
	if query == "" {
		return ctx.Err()
	}
	// Replicas' clocks differ, so keep the later time.
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO miss (platform, tenant, query, asked, last_at) VALUES ($1, $2, $3, 1, $4)
		ON CONFLICT (platform, tenant, query) DO UPDATE SET
			asked = miss.asked + 1,
			last_at = CASE WHEN excluded.last_at > miss.last_at THEN excluded.last_at ELSE miss.last_at END`,
		t.Platform, t.ID, query, d.Now().UnixMilli())
	return d.Wrap("count a miss in", err)
}

// Misses returns at most limit misses that were last asked at or after the given time, in any
// tenant. The most frequent misses come first. If two misses are equally frequent, the more
// recent one comes first.
func (d *DB) Misses(ctx context.Context, limit int, since time.Time) ([]bot.Miss, error) {
	misses, err := database.QueryAll(ctx, d.Reader(), scanMiss,
		`SELECT platform, tenant, query, asked, last_at FROM miss WHERE last_at >= $2 ORDER BY asked DESC, last_at DESC, query LIMIT $1`,
		max(limit, 0), since.UnixMilli())
	return misses, d.Wrap("read the misses from", err)
}

func scanMiss(r database.Scanner) (m bot.Miss, err error) {
	var last int64
	err = r.Scan(&m.Tenant.Platform, &m.Tenant.ID, &m.Query, &m.Count, &last)
	m.Last = database.Time(last)
	return m, err
}

// Remember stores value under key for the duration keep. If the key is already stored, first is
// false and nothing changes. So if several replicas use the same key, first is true for only
// one of them. The key may have up to [limits.MaxKey] bytes, and the value up to
// [limits.MaxValue].
func (d *DB) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	if err := errors.Join(limits.CheckKeys(key), limits.CheckText("value", value, limits.MaxValue)); err != nil {
		return false, err
	}
	now := d.Now()
	first, err = database.Changed(d.Writer().ExecContext(ctx,
		`INSERT INTO memory (key, value, expires_at) VALUES ($1, $2, $3)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
		WHERE memory.expires_at <= $4`,
		key, value, now.Add(keep).UnixMilli(), now.UnixMilli()))
	return first, d.Wrap("store a key in", err)
}

// Recall returns the value that is stored under key. ok is false if there is no value, or if it
// has expired.
func (d *DB) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	if err := limits.CheckKeys(key); err != nil {
		return "", false, err
	}
	err = d.Reader().QueryRowContext(ctx,
		`SELECT value FROM memory WHERE key = $1 AND expires_at > $2`,
		key, d.Now().UnixMilli()).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, d.Wrap("read a key from", err)
}
