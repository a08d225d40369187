package store

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8sbot/bot/store/deadpeer"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// The limits of one replica's connection pool. PostgreSQL allows 100 connections by default
// (https://www.postgresql.org/docs/current/runtime-config-connection.html), and a statement takes
// a millisecond or two. A new connection takes longer than most statements, because PostgreSQL
// starts a process for it, so none is closed before it has been idle for a while.
const (
	maxConns    = 8
	maxIdleTime = time.Minute
	maxLifetime = 30 * time.Minute // so that replicas find a database that has moved
)

// skipLocked locks the row to claim. It skips rows that other replicas are claiming, since
// waiting for those rows would be pointless
// (https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE).
const skipLocked = "FOR UPDATE SKIP LOCKED"

// A postgresServer is the address of a PostgreSQL database.
type postgresServer struct{ config *pgx.ConnConfig }

// parsePostgres parses the part of an address after postgres://. Its errors do not quote the
// address: if a special character in the password is not escaped as a percent code, parts of the
// password look like the host, the port or the database.
func parsePostgres(rest string) (address, error) {
	// For the driver, the user and the password end at the first @, unless a / comes before it. A
	// second @, or a / before the first, must be an unescaped character of the user or the
	// password.
	at, slash := strings.Index(rest, "@"), strings.Index(rest, "/")
	if strings.Count(rest, "@") > 1 || slash >= 0 && slash < at {
		return nil, errBadAddress
	}
	config, err := pgx.ParseConfig("postgres://" + rest)
	if err != nil {
		return nil, errBadAddress
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "k8sbot"
	}
	// By default the driver has no timeout, which 0 also means
	// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-CONNECT-TIMEOUT).
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = deadpeer.ConnectTimeout
	}
	config.DialFunc = deadpeer.Dialer(config.ConnectTimeout).DialContext
	return postgresServer{config}, nil
}

// String returns the host and the port.
func (s postgresServer) String() string {
	host := s.config.Host
	if !strings.HasPrefix(host, "/") { // the folder of a Unix socket
		host = net.JoinHostPort(host, strconv.Itoa(int(s.config.Port)))
	}
	return "PostgreSQL at " + host
}

func (s postgresServer) connect(ctx context.Context, log *slog.Logger) (*backend, error) {
	locker, err := newLocker()
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*s.config, stdlib.OptionShouldPing(deadpeer.ShouldPing))
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxConns)
	db.SetConnMaxIdleTime(maxIdleTime)
	db.SetConnMaxLifetime(maxLifetime)
	if err := s.warnPlain(ctx, db, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &backend{dialect: goose.DialectPostgres, locker: locker, skipLocked: skipLocked, write: db, read: db}, nil
}

// warnPlain connects to the database, and logs a warning if the connection is neither encrypted
// nor local. By default the driver connects without TLS if the server does not support it
// (https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-SSLMODE-STATEMENTS).
func (s postgresServer) warnPlain(ctx context.Context, db *sql.DB, log *slog.Logger) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return nil
		}
		peer := c.Conn().PgConn().Conn()
		tcp, ok := peer.RemoteAddr().(*net.TCPAddr)
		if _, encrypted := peer.(*tls.Conn); ok && !encrypted && !tcp.IP.IsLoopback() {
			log.Warn("connection to store is not encrypted: add sslmode=verify-full to its address", "database", s.String())
		}
		return nil
	})
}

// explain quotes the server's message, unless that message is about a setting in the address
// (https://www.postgresql.org/docs/current/errcodes-appendix.html): such a setting may be the
// second half of a password that contains an &.
func (s postgresServer) explain(err error) error {
	var pgErr *pgconn.PgError
	switch {
	case errors.As(err, &pgErr) && (pgErr.Code == "42704" || pgErr.Code == "22023"):
		return fmt.Errorf("%s rejects a setting after the question mark in DATABASE_URL (SQLSTATE %s)", s, pgErr.Code)
	case errors.As(err, &pgErr):
		return fmt.Errorf("%s: %s (SQLSTATE %s)", s, pgErr.Message, pgErr.Code)
	case errors.Is(err, errNewerTables):
		return fmt.Errorf("%s: %w", s, err)
	}
	return fmt.Errorf("cannot reach %s: %w", s, rootCause(err))
}

// permanent reports whether an error is about a password, user, database, setting or permission
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
func (s postgresServer) permanent(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && slices.Contains([]string{"22", "28", "3D", "3F", "42"}, refused.Code[:min(2, len(refused.Code))])
}

// rootCause returns the innermost error in err. The driver wraps that error in others, which
// repeat the address.
func rootCause(err error) error {
	for {
		switch e := err.(type) {
		case interface{ Unwrap() error }:
			inner := e.Unwrap()
			if inner == nil {
				return err
			}
			err = inner
		case interface{ Unwrap() []error }:
			if len(e.Unwrap()) == 0 {
				return err
			}
			err = e.Unwrap()[0]
		default:
			return err
		}
	}
}
