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

// An address is where a database is. Its String names it without a secret.
type address interface {
	fmt.Stringer
	// connect returns the connections to a database that has answered.
	connect(ctx context.Context, log *slog.Logger) (*backend, error)
	// explain says in a person's words what the database or its driver
	// reported, without a secret.
	explain(err error) error
	// lasting reports whether an error needs a person: waiting does not end it.
	lasting(err error) bool
}

// A backend is what differs between the databases once they are connected.
type backend struct {
	dialect     goose.Dialect
	locker      lock.SessionLocker // nil where the database needs none
	skipLocked  string             // ends a SELECT whose row is claimed; "" where one writes at a time
	write, read *sql.DB
	// present returns an error if the file is gone that is open; nil if there is no file.
	present func() error
	// checkpoint empties the log in which deleted rows are left; nil if there is none.
	checkpoint func(ctx context.Context, write *sql.DB) error
	// renew ends what connections remember of a damaged file; nil if there is none.
	renew func()
}

func (b *backend) close() error { return errors.Join(b.read.Close(), b.write.Close()) }

// errBadAddress does not quote what it is about, which may hold a password.
var errBadAddress = errors.New("the database's address is none that can be read: write it as " +
	"postgres://USER:PASSWORD@HOST:5432/DATABASE, with the special characters of USER and PASSWORD as percent codes " +
	"(@ is %40, / is %2F) and only settings that PostgreSQL knows behind a ?, or give the path of a file")

// errNotOpen is what all methods return until the database is open.
var errNotOpen = errors.New("it is not open yet")

// notOpen is the connection to a database that is not open.
type notOpen struct{}

// Connect implements [driver.Connector].
func (notOpen) Connect(context.Context) (driver.Conn, error) { return nil, errNotOpen }

// Driver implements [driver.Connector].
func (notOpen) Driver() driver.Driver { return nil }
