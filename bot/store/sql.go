package store

import (
	"context"
	"database/sql"
	"time"
)

// A scanner is a row of a result.
type scanner interface{ Scan(dest ...any) error }

// queryAll returns the rows that a query finds, each as scan reads it.
func queryAll[T any](ctx context.Context, db *sql.DB, scan func(scanner) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// changed reports whether a statement changed anything.
func changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows > 0, err
}

// inTx carries out do wholly or, where it returns an error, not at all.
func (d *DB) inTx(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := d.write().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing is left to take back after Commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// fromMillis returns a time that is kept as Unix milliseconds.
func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
