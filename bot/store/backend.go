package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// An address says where a database is. Its String contains no secrets.
type address interface {
	fmt.Stringer
	// connect connects to the database, and returns once it has answered.
	connect(ctx context.Context, log *slog.Logger) (*backend, error)
	// explain turns an error of the database or its driver into one that says what
	// to do, without secrets.
	explain(err error) error
}

// A backend is a connected database, with all that differs between the two kinds.
type backend struct {
	dialect     goose.Dialect
	locker      lock.SessionLocker // for migrations; nil if the database needs none
	skipLocked  string             // ends the SELECT of a claim; "" if there is only one writer at a time
	write, read *sql.DB
}

// errBadAddress does not quote the address, which may contain a password.
var errBadAddress = errors.New("cannot parse DATABASE_URL: write it as " +
	"postgres://USER:PASSWORD@HOST:5432/DATABASE, with the special characters of USER and PASSWORD as percent codes " +
	"(@ is %40, / is %2F) and only settings that PostgreSQL knows after a ?, or use the path of a file")
