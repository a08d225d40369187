// Package database defines what the bot's tables need from a database, SQLite or PostgreSQL.
// Package store connects to the database. Each package below store reads and writes the tables for
// one subject, such as a team's terms.
//
// Both databases run the same SQL: $1 placeholders, ON CONFLICT, times as Unix milliseconds in
// BIGINT, and no functions that only one of them has.
package database

import (
	"context"
	"database/sql"
	"time"
)

// A DB is a database. Its methods are safe for concurrent use.
type DB interface {
	// Reader and Writer return the same pool on PostgreSQL. On SQLite, which allows only one writer
	// at a time, Writer has a single connection. Reader has separate connections, so that no answer
	// waits for a writer.
	Reader() *sql.DB
	Writer() *sql.DB
	// InTx calls f in a transaction. It commits the transaction, or rolls it back if f returns an
	// error.
	InTx(ctx context.Context, f func(tx *sql.Tx) error) error
	// Wrap adds the failed operation, such as "read schedules from", and the database's name to
	// err. It returns nil if err is nil. Call it after the connection has been returned to the
	// pool.
	Wrap(op string, err error) error
	// Now returns the current time. Timestamps, expiry times and due times are derived from it.
	Now() time.Time
	// Wipe removes what remains of deleted rows from the database's files.
	Wipe(ctx context.Context)
}

// A Scanner is a row of a query result: a [sql.Row] or a [sql.Rows].
type Scanner interface{ Scan(dest ...any) error }

// A Querier is a database or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// QueryAll runs a query and returns its rows, each read by scan.
func QueryAll[T any](ctx context.Context, db Querier, scan func(Scanner) (T, error), query string, args ...any) (all []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// Changed reports whether a statement changed any rows. Its parameters are the results of
// ExecContext.
func Changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows > 0, err
}

// ExecAll runs each statement with the same arguments. It stops at the first error.
func ExecAll(ctx context.Context, tx *sql.Tx, statements []string, args ...any) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// Number returns 1 for true and 0 for false, which is how the tables store a bool.
func Number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Time converts Unix milliseconds to a time in UTC.
func Time(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
