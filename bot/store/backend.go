package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// An address identifies a database. Its String method never returns secrets.
type address interface {
	fmt.Stringer
	// connect connects to the database, and returns after its first response.
	connect(ctx context.Context, log *slog.Logger) (*backend, error)
	// explain converts an error from the database or its driver into one that says what to do and
	// includes no secrets.
	explain(err error) error
	// permanent reports whether only a person can fix an error, so that retrying is pointless.
	permanent(err error) bool
}

// A backend is an open database, with everything that differs between SQLite and PostgreSQL.
type backend struct {
	dialect     goose.Dialect
	locker      lock.SessionLocker // for migrations; nil if the database needs none
	skipLocked  string             // the end of a claim's SELECT; "" if there is only one writer
	write, read *sql.DB
	// present returns an error if the database file is gone. The function is nil if the database
	// has no file.
	present func() error
	// checkpoint empties the write-ahead log, which may contain deleted rows. The function is nil
	// if there is no log.
	checkpoint func(ctx context.Context, write *sql.DB) error
	// renew closes connections that have cached parts of a damaged file. The function is nil if
	// there is no file.
	renew func()
}

func (b *backend) close() error { return errors.Join(b.read.Close(), b.write.Close()) }

// errBadAddress does not quote the address, which may contain a password.
var errBadAddress = errors.New("cannot parse DATABASE_URL: write it as " +
	"postgres://USER:PASSWORD@HOST:5432/DATABASE, percent-encode special characters in USER and PASSWORD (@ is %40, / is %2F), " +
	"and put only settings that PostgreSQL knows after the question mark; or use the path of a file")

// errNotOpen is the error that all methods return until the database is open.
var errNotOpen = errors.New("it is not open yet")

// notOpen is the connector of a database that is not open.
type notOpen struct{}

// Connect implements [driver.Connector].
func (notOpen) Connect(context.Context) (driver.Conn, error) { return nil, errNotOpen }

// Driver implements [driver.Connector].
func (notOpen) Driver() driver.Driver { return nil }
