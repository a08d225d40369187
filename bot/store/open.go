package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// openWait is how long Open waits for a database, the lock of a replica that
// migrates at the same time included.
const openWait = 30 * time.Second

// DB is a store in a database. It may be used by several goroutines, and by
// several processes at once.
type DB struct {
	read, write *sql.DB
	now         func() time.Time
}

// Options are what Open can be told.
type Options struct {
	Log *slog.Logger     // takes what migrations do; nil for none
	Now func() time.Time // tells the time; nil for time.Now
}

// Open opens the database at dsn, and brings its schema up to date. A dsn that
// begins with postgres:// or postgresql:// is a PostgreSQL database; any other is
// the path of a SQLite file, which is created, with its folder, where it is not
// there. Nothing is ever overwritten.
//
// The error names the file or the host, and never holds the password.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	ctx, cancel := context.WithTimeout(ctx, openWait)
	defer cancel()
	if isPostgres(dsn) {
		return openPostgres(ctx, dsn, o)
	}
	return openSQLite(ctx, dsn, o)
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// DefaultPath returns where the SQLite file lies when nobody says otherwise:
// k8sbot.db in the user's state directory
// (https://specifications.freedesktop.org/basedir-spec/latest/).
func DefaultPath(lookup func(string) (string, bool)) (string, error) {
	if dir, _ := lookup("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "k8sbot", "k8sbot.db"), nil
	}
	if home, _ := lookup("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "k8sbot", "k8sbot.db"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("no folder for the database (set DATABASE_URL): %w", err)
	}
	return filepath.Join(dir, "k8sbot", "k8sbot.db"), nil
}

func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	path = strings.TrimPrefix(strings.TrimPrefix(path, "sqlite:"), "file:")
	fail := func(err error) (*DB, error) { return nil, fmt.Errorf("cannot use the database file %q: %w", path, err) }
	switch {
	case path == "":
		return nil, errors.New("the path of the database file is empty: set DATABASE_URL to a path or a postgres:// address")
	case strings.Contains(path, "://"):
		scheme, _, _ := strings.Cut(path, "://")
		return nil, fmt.Errorf("a database address that begins with %q is not known: use a path or a postgres:// address", scheme+"://")
	case strings.ContainsAny(path, "?#%"):
		return fail(errors.New("the characters ? # and % have a meaning of their own in it: choose another path"))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fail(err)
	}
	// Created here, so that nobody else can read it; SQLite gives its helper
	// files the mode of the main one (https://sqlite.org/wal.html).
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fail(err)
	}
	if err := file.Close(); err != nil {
		return fail(err)
	}
	// Each connection of a pool needs its pragmas, so they stand in the DSN.
	pragmas := "?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(NORMAL)&_pragma=foreign_keys(1)"
	write, err := sql.Open("sqlite", "file:"+path+pragmas)
	if err != nil {
		return fail(err)
	}
	write.SetMaxOpenConns(1) // SQLite has one writer at a time
	read, err := sql.Open("sqlite", "file:"+path+pragmas+"&_pragma=query_only(1)")
	if err != nil {
		return fail(errors.Join(err, write.Close()))
	}
	db := &DB{read: read, write: write, now: o.Now}
	if err := db.migrate(ctx, goose.DialectSQLite3, o.Log); err != nil {
		return fail(errors.Join(err, db.Close()))
	}
	return db, nil
}

// maxConns is the number of connections that one replica opens to PostgreSQL.
const maxConns = 8

func openPostgres(ctx context.Context, dsn string, o Options) (*DB, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		// What the library says of a wrong address can hold a part of it.
		return nil, fmt.Errorf("DATABASE_URL is no valid PostgreSQL address%s: write it as postgres://user:password@host:5432/database", hostOf(dsn))
	}
	fail := func(err error) (*DB, error) {
		return nil, fmt.Errorf("cannot use the PostgreSQL database %q at %s: %w", cfg.Database, cfg.Host, redact(err, cfg.Password))
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 5 * time.Second
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db := &DB{read: pool, write: pool, now: o.Now}
	if err := pool.PingContext(ctx); err != nil {
		return fail(errors.Join(err, db.Close()))
	}
	if err := db.migrate(ctx, goose.DialectPostgres, o.Log); err != nil {
		return fail(errors.Join(err, db.Close()))
	}
	return db, nil
}

// hostOf names the host of an address that could not be read whole, if it has
// one.
func hostOf(dsn string) string {
	if u, err := url.Parse(dsn); err == nil && u.Hostname() != "" {
		return fmt.Sprintf(" (host %q)", u.Hostname())
	}
	return ""
}

// redact takes a password out of an error.
func redact(err error, password string) error {
	if password == "" || !strings.Contains(err.Error(), password) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), password, "[secret]"))
}

// migrate brings the schema up to date. Several replicas may do so at once:
// PostgreSQL locks, and SQLite has one writer.
func (db *DB) migrate(ctx context.Context, dialect goose.Dialect, log *slog.Logger) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	options := []goose.ProviderOption{goose.WithSlog(log)}
	if dialect == goose.DialectPostgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db.write, files, options...)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	if _, err := provider.Up(ctx); err != nil {
		return err
	}
	version, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	if version > newest {
		return fmt.Errorf("its schema has version %d, and this k8sbot knows %d at most: run the newer k8sbot that made it", version, newest)
	}
	return nil
}

// Ping reports whether the database can be reached.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Close lets go of the database.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}
