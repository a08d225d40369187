package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"k8sbot/bot/store/location"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readConns is the maximum number of connections for reading. A read takes microseconds.
const readConns = 4

// The settings of a connection. They are part of the address, so that each connection of a pool
// has them.
const (
	// A statement waits for another process until its context is done, but at most 10 seconds
	// (https://www.sqlite.org/pragma.html#pragma_busy_timeout).
	busyTimeout = "_pragma=busy_timeout(10000)"
	// With a write-ahead log, readers and the writer do not wait for each other
	// (https://www.sqlite.org/wal.html). A commit waits until it is on disk. With NORMAL, a
	// power failure could lose the last commits
	// (https://www.sqlite.org/pragma.html#pragma_synchronous). If a lost commit recorded that a
	// post had begun, the bot would post twice.
	writeAheadLog = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	// Deleted rows are overwritten, so that the file does not contain data that a user asked to
	// delete (https://www.sqlite.org/pragma.html#pragma_secure_delete).
	overwrite = "_pragma=secure_delete(1)"
	// A transaction takes the write lock when it begins, so it never has to be retried
	// (https://www.sqlite.org/lang_transaction.html).
	immediate = "_txlock=immediate"
	// The file must exist, since the method create has created it with the right mode
	// (https://www.sqlite.org/uri.html#urimode).
	mustExist = "mode=rw"
	readOnly  = "_pragma=query_only(1)"
)

// errForeignTables is returned for a SQLite database that belongs to another program.
var errForeignTables = errors.New("the database has another program's tables: use another file")

// A sqliteFile is the absolute path of a SQLite database.
type sqliteFile string

// String returns the path in quotes.
func (f sqliteFile) String() string { return fmt.Sprintf("%q", string(f)) }

func (f sqliteFile) connect(ctx context.Context, log *slog.Logger) (*backend, error) {
	if err := f.create(); err != nil {
		return nil, err
	}
	f.warnIfWorldReadable(log)
	for {
		b, err := f.open(ctx)
		if resultCode(err)&primary != sqlite3.SQLITE_BUSY {
			return b, err
		}
		select {
		case <-time.After(busyRetryDelay):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// busyRetryDelay is the time between attempts to open a file that another process is switching to
// a write-ahead log. SQLite reports at once that such a file is busy, despite busyTimeout, since
// it does not wait for a lock while it holds another one
// (https://www.sqlite.org/c3ref/busy_handler.html).
const busyRetryDelay = 5 * time.Millisecond

// open opens an existing file.
func (f sqliteFile) open(ctx context.Context) (*backend, error) {
	if err := f.checkTables(ctx); err != nil {
		return nil, err
	}
	write, err := f.pool(1, mustExist, immediate, busyTimeout, writeAheadLog, overwrite)
	if err != nil {
		return nil, err
	}
	if err := checkWritable(ctx, write); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := f.pool(readConns, mustExist, busyTimeout, readOnly)
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	opened, err := os.Stat(string(f))
	if err != nil {
		return nil, errors.Join(err, write.Close(), read.Close())
	}
	present := func() error { return checkPresent(string(f), opened) }
	return &backend{
		dialect: goose.DialectSQLite3, write: write, read: read,
		present: present, checkpoint: checkpoint, renew: func() { renew(write, read, present) },
	}, nil
}

// renew closes idle connections, which cache parts of a damaged file and would keep failing after
// the file is repaired. renew does nothing if the file is gone: a new connection might open a
// different file in its place.
func renew(write, read *sql.DB, present func() error) {
	if present() != nil {
		return
	}
	for pool, idle := range map[*sql.DB]int{write: 1, read: readConns} {
		pool.SetMaxIdleConns(0)
		pool.SetMaxIdleConns(idle)
	}
}

// checkWritable returns an error if the file is read-only, which SQLite itself would report only
// at the first write. checkWritable sets user_version to the value that it already has, and rolls
// back.
func checkWritable(ctx context.Context, write *sql.DB) error {
	tx, err := write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "PRAGMA user_version = 0")
	return errors.Join(err, tx.Rollback())
}

// create creates an empty file and its folder, unless they already exist. SQLite later creates
// the -wal and -shm files with the same mode.
//
// It does not open an existing file, since closing the file would release the locks that this
// process holds on it
// (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
func (f sqliteFile) create() error {
	path := string(f)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		return file.Close()
	}
	info, statErr := os.Stat(path)
	switch {
	case statErr != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("the path is a folder: use the path of a file in it, such as %q", filepath.Join(path, location.DefaultFile))
	case !info.Mode().IsRegular():
		return errors.New("the path is not a regular file")
	}
	return nil
}

// warnIfWorldReadable logs a warning if all users of the machine may read or write the file. The
// files that create makes can be accessed only by their owner.
func (f sqliteFile) warnIfWorldReadable(log *slog.Logger) {
	info, err := os.Stat(string(f))
	if err == nil && info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		log.Warn("database is accessible to all users on this machine: run chmod 600 on it", "file", string(f))
	}
}

// checkTables returns errForeignTables unless the file is empty or contains this program's
// tables. It does not change the file.
func (f sqliteFile) checkTables(ctx context.Context) (err error) {
	db, err := f.pool(1, mustExist, busyTimeout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var tables, ours int
	row := db.QueryRowContext(ctx, `SELECT COUNT(*), COUNT(CASE WHEN name = '`+versionTable+`' THEN 1 END) FROM sqlite_master`)
	if err := row.Scan(&tables, &ours); err != nil {
		return err
	}
	if tables > 0 && ours == 0 {
		return errForeignTables
	}
	return nil
}

// pool returns a pool of at most n connections with the given settings.
func (f sqliteFile) pool(n int, settings ...string) (*sql.DB, error) {
	path := filepath.ToSlash(string(f))
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… (https://www.sqlite.org/uri.html#the_uri_path)
	}
	uri := url.URL{Scheme: "file", Path: path, RawQuery: strings.Join(settings, "&")}
	connector, err := sqlite.NewConnector(uri.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

func (f sqliteFile) explain(err error) error {
	return fmt.Errorf("database %s: %s%w", f, adviceFor(err), printable(err))
}

func (f sqliteFile) permanent(err error) bool { return !transient(err) }
