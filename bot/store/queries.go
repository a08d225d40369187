package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

var _ bot.Store = (*DB)(nil)

// Language implements [bot.Store].
func (db *DB) Language(ctx context.Context, p bot.Person) (glossary.Lang, error) {
	var l glossary.Lang
	err := db.read.QueryRowContext(ctx,
		`SELECT lang FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
		p.Platform, p.Tenant, p.User).Scan(&l)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return l, wrap("read a language", err)
}

// SetLanguage implements [bot.Store].
func (db *DB) SetLanguage(ctx context.Context, p bot.Person, l glossary.Lang) error {
	if l == "" {
		_, err := db.write.ExecContext(ctx,
			`DELETE FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
			p.Platform, p.Tenant, p.User)
		return wrap("forget a language", err)
	}
	_, err := db.write.ExecContext(ctx,
		`INSERT INTO person_language (platform, tenant, person, lang) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (platform, tenant, person) DO UPDATE SET lang = excluded.lang`,
		p.Platform, p.Tenant, p.User, l)
	return wrap("keep a language", err)
}

// CountMiss implements [bot.Store].
func (db *DB) CountMiss(ctx context.Context, t bot.Tenant, query string) error {
	_, err := db.write.ExecContext(ctx,
		`INSERT INTO miss (platform, tenant, query, asked, last_at) VALUES ($1, $2, $3, 1, $4)
		 ON CONFLICT (platform, tenant, query) DO UPDATE SET asked = miss.asked + 1, last_at = excluded.last_at`,
		t.Platform, t.ID, clipMiss(query), db.now().UnixMilli())
	return wrap("count a miss", err)
}

// Misses implements [bot.Store].
func (db *DB) Misses(ctx context.Context, limit int) ([]bot.Miss, error) {
	rows, err := db.read.QueryContext(ctx,
		`SELECT platform, tenant, query, asked, last_at FROM miss
		 ORDER BY asked DESC, last_at DESC, query LIMIT $1`, limit)
	if err != nil {
		return nil, wrap("read the misses", err)
	}
	defer rows.Close()
	var misses []bot.Miss
	for rows.Next() {
		var m bot.Miss
		var last int64
		if err := rows.Scan(&m.Tenant.Platform, &m.Tenant.ID, &m.Query, &m.Count, &last); err != nil {
			return nil, wrap("read the misses", err)
		}
		m.Last = time.UnixMilli(last)
		misses = append(misses, m)
	}
	return misses, wrap("read the misses", rows.Err())
}

// Remember keeps value under key for a time. first is false, and nothing is
// kept, where the key is remembered already: of several replicas that call it
// with one key, one is first.
func (db *DB) Remember(ctx context.Context, key, value string, keep time.Duration) (first bool, err error) {
	now := db.now()
	result, err := db.write.ExecContext(ctx,
		`INSERT INTO memory (key, value, expires_at) VALUES ($1, $2, $3)
		 ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
		 WHERE memory.expires_at <= $4`,
		key, value, now.Add(keep).UnixMilli(), now.UnixMilli())
	if err != nil {
		return false, wrap("remember", err)
	}
	n, err := result.RowsAffected()
	return n == 1, wrap("remember", err)
}

// Recall returns what is kept under a key, and false where nothing is, or its
// time is over.
func (db *DB) Recall(ctx context.Context, key string) (value string, ok bool, err error) {
	err = db.read.QueryRowContext(ctx,
		`SELECT value FROM memory WHERE key = $1 AND expires_at > $2`, key, db.now().UnixMilli()).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return value, err == nil, wrap("recall", err)
}

// keepMisses is how long a miss is kept after it was last asked.
const keepMisses = 365 * 24 * time.Hour

// Sweep deletes what is no longer kept. The process calls it now and then;
// nothing depends on when.
func (db *DB) Sweep(ctx context.Context) error {
	now := db.now()
	_, err := db.write.ExecContext(ctx, `DELETE FROM memory WHERE expires_at <= $1`, now.UnixMilli())
	if err != nil {
		return wrap("sweep", err)
	}
	_, err = db.write.ExecContext(ctx, `DELETE FROM miss WHERE last_at <= $1`, now.Add(-keepMisses).UnixMilli())
	return wrap("sweep", err)
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("store: %s: %w", doing, err)
}
