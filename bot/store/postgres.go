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

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// The pool of one replica. PostgreSQL takes 100 connections by default
// (https://www.postgresql.org/docs/current/runtime-config-connection.html),
// and a statement takes a millisecond or two.
const (
	maxConns     = 8
	maxIdleConns = 2
	maxIdleTime  = 5 * time.Minute
	maxLifetime  = 30 * time.Minute // so that a moved database is found again
)

// A network that drops a connection without a word, as a failover or a proxy may, must
// not hold anything up: nobody waits for a new connection longer than connectTimeout, or
// for one that has been idle longer than pingTimeout, before another one is used.
const (
	connectTimeout = 5 * time.Second // unless connect_timeout in the address is another
	pingTimeout    = 2 * time.Second
	pingAfter      = time.Second
)

// keepAlive finds a connection dead after 30 seconds, even if nothing waits for it.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}

// skipLocked locks a row that is about to be claimed, and passes over those that
// others are claiming, which would otherwise be waited for in vain
// (https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE).
const skipLocked = "FOR UPDATE SKIP LOCKED"

// A postgresServer is a database of PostgreSQL.
type postgresServer struct{ config *pgx.ConnConfig }

// parsePostgres reads what follows postgres://. Its errors quote nothing: where
// a password holds a character that should be a percent code, parts of it seem
// to be the host, the port or the database.
func parsePostgres(rest string) (address, error) {
	// The driver ends the user and the password at the first @, unless a / comes
	// before it. Any other @ is one of theirs.
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
	// The driver has no timeout by default, and takes 0 for none
	// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-CONNECT-TIMEOUT).
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	dialer := net.Dialer{Timeout: config.ConnectTimeout, KeepAliveConfig: keepAlive, Control: limitUnacknowledged}
	config.DialFunc = dialer.DialContext
	return postgresServer{config}, nil
}

// String names the host and the port.
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
	db := stdlib.OpenDB(*s.config, stdlib.OptionShouldPing(dead))
	db.SetMaxOpenConns(maxConns)
	db.SetMaxIdleConns(maxIdleConns)
	db.SetConnMaxIdleTime(maxIdleTime)
	db.SetConnMaxLifetime(maxLifetime)
	if err := s.warnPlain(ctx, db, log); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &backend{dialect: goose.DialectPostgres, locker: locker, skipLocked: skipLocked, write: db, read: db}, nil
}

// warnPlain connects, and logs a warning if others on the network can read along: by
// default, the driver goes on without TLS if the server has none
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

// dead reports whether an idle connection does not answer. The driver then pings it once
// more, which fails at once as it is closed now, and database/sql takes another one.
func dead(ctx context.Context, c stdlib.ShouldPingParams) bool {
	if c.IdleDuration <= pingAfter {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	return c.Conn.Ping(ctx) != nil
}

// explain passes on what the server says, except about settings of the address
// (https://www.postgresql.org/docs/current/errcodes-appendix.html), which may
// be the second half of a password with a & in it.
func (s postgresServer) explain(err error) error {
	var refused *pgconn.PgError
	switch {
	case errors.As(err, &refused) && (refused.Code == "42704" || refused.Code == "22023"):
		return fmt.Errorf("%s refuses a setting that stands after the question mark of its address (SQLSTATE %s)", s, refused.Code)
	case errors.As(err, &refused):
		return fmt.Errorf("%s refuses: %s (SQLSTATE %s)", s, refused.Message, refused.Code)
	case errors.Is(err, errNewerTables):
		return fmt.Errorf("%s: %w", s, err)
	}
	return fmt.Errorf("cannot reach %s: %w", s, rootCause(err))
}

// lasting reports a password, a user, a database, a setting or a right that is wrong
// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
func (s postgresServer) lasting(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && slices.Contains([]string{"22", "28", "3D", "3F", "42"}, refused.Code[:min(2, len(refused.Code))])
}

// rootCause returns the error that all others were wrapped around: the driver's own
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
