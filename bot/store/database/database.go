// Package database is what the tables of the bot need of a database, be it SQLite or
// PostgreSQL. Package store connects to one; the packages below it, such as those for a
// team's terms, each keep the tables of one subject in it.
//
// Both databases run the same SQL: $1 placeholders, ON CONFLICT, times as Unix milliseconds
// in BIGINT, no functions that only one of them has.
package database

import (
	"context"
	"database/sql"
	"time"
)

// A DB is a database. Its methods may be called by several goroutines.
type DB interface {
	// Reader and Writer are one pool on PostgreSQL. On SQLite, which takes one writer at
	// a time, Writer is one connection, and readers have their own so that no answer waits
	// for a writer.
	Reader() *sql.DB
	Writer() *sql.DB
	// InTx calls f in a transaction, which it rolls back if f returns an error.
	InTx(ctx context.Context, f func(tx *sql.Tx) error) error
	// Wrap adds the operation that failed, as "read schedules from", and the name of the
	// database to an error. It returns nil for nil. Call it when the connection is free
	// again.
	Wrap(op string, err error) error
	// Now returns the time for everything that is dated, expires or is due.
	Now() time.Time
	// Wipe removes deleted rows from the files of the database.
	Wipe(ctx context.Context)
}

// A Scanner is a row of a result, as [sql.Row] and [sql.Rows] are.
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
// the statement.
func Changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	rows, err := result.RowsAffected()
	return rows > 0, err
}

// ExecAll runs statements that have the same arguments.
func ExecAll(ctx context.Context, tx *sql.Tx, statements []string, args ...any) error {
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
	}
	return nil
}

// Number returns 1 for true and 0 for false, as the tables keep them.
func Number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Time returns the UTC time for Unix milliseconds.
func Time(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
