package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/database"
)

// A DB is a store in a database. Its methods are safe for concurrent use and return when ctx is
// done. After a database outage, a DB reconnects by itself.
type DB struct {
	now  func() time.Time
	name string // the database's name in errors and logs, without secrets
	log  *slog.Logger

	pools    atomic.Pointer[backend] // the value of unopened until the database is open
	unopened *backend

	stop   context.CancelFunc // stops trying to open the database
	opened chan struct{}      // closed when the attempts to open the database have ended
	err    error              // why the database will never be open; set before opened is closed
}

// newDB returns a DB that is not open yet.
func newDB(addr address, o Options) *DB {
	unopened := sql.OpenDB(notOpen{})
	d := &DB{now: o.Now, name: addr.String(), log: o.Log, unopened: &backend{write: unopened, read: unopened}, stop: func() {}, opened: make(chan struct{})}
	d.pools.Store(d.unopened)
	return d
}

// Writer implements [database.DB].
func (d *DB) Writer() *sql.DB { return d.pools.Load().write }

// Reader implements [database.DB].
func (d *DB) Reader() *sql.DB { return d.pools.Load().read }

// Now implements [database.DB].
func (d *DB) Now() time.Time { return d.now() }

// InTx implements [database.DB].
func (d *DB) InTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := d.Writer().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

var (
	_ bot.Store         = (*DB)(nil)
	_ bot.ScheduleStore = (*DB)(nil)
	_ bot.ReviewStore   = (*DB)(nil)
	_ daily.Store       = (*DB)(nil)
	_ daily.History     = (*DB)(nil)
	_ database.DB       = (*DB)(nil)
)

// Options configure [Open]. The zero value is usable.
type Options struct {
	// Log receives the store's log messages; nil discards them.
	Log *slog.Logger
	// Now returns the current time, from which the store derives timestamps, expiry times and due
	// times. The default is [time.Now].
	Now func() time.Time

	timeouts   timeouts // for tests; the zero value means defaultTimeouts
	migrations fs.FS    // for tests of other versions; nil means this version's migrations
}

// timeouts limit how long the two steps of Open take.
type timeouts struct {
	connect time.Duration // until the database responds
	migrate time.Duration // until this replica, or another one, has migrated the tables
}

// defaultTimeouts allow little time for connecting, so that whoever starts the bot soon sees why
// it does not answer. They allow more time for migrations, which may have to wait for another
// replica.
var defaultTimeouts = timeouts{connect: 5 * time.Second, migrate: time.Minute}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.timeouts = cmp.Or(o.timeouts, defaultTimeouts)
	o.migrations = cmp.Or[fs.FS](o.migrations, migrations)
	return o
}

// Open opens a database and migrates its tables to this version. Several processes may do so at
// the same time. The dsn is one of
//
//	postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…    (or postgresql://)
//	PATH, file:PATH or sqlite:PATH
//
// A path is used literally and cannot have settings after a question mark. If the file does not
// exist, Open creates the file and its folder, and gives only the current user access to them. If
// the file is not this program's database, Open returns an error and does not change the file.
// Open also returns an error if ctx is done or the database does not respond in time. Its errors
// name the file or the host, but never the password.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	o = o.withDefaults()
	addr, err := parseAddress(dsn)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("cannot open %s: %w", addr, err)
	}
	d := newDB(addr, o)
	err = d.open(ctx, addr, o)
	close(d.opened)
	if err != nil {
		return nil, errors.Join(addr.explain(err), d.Close())
	}
	return d, nil
}

// OpenExisting opens a bot's database for a command that reads it or leaves work for the bot.
// Unlike [Open], it neither creates the database nor changes its tables, which may have been
// created by another version.
func OpenExisting(ctx context.Context, dsn string, o Options) (*DB, error) {
	o = o.withDefaults()
	addr, err := parseAddress(dsn)
	if err != nil {
		return nil, err
	}
	d := newDB(addr, o)
	err = d.openExisting(ctx, addr, o)
	close(d.opened)
	if err != nil {
		return nil, errors.Join(addr.explain(err), d.Close())
	}
	return d, nil
}

func (d *DB) openExisting(ctx context.Context, addr address, o Options) error {
	if f, ok := addr.(sqliteFile); ok {
		info, err := os.Stat(string(f))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("the file does not exist: %w", errNoBot)
		case err == nil && info.Size() == 0:
			return fmt.Errorf("the file is empty: %w", errNoBot)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, o.timeouts.connect)
	defer cancel()
	b, err := addr.connect(ctx, o.Log)
	if err != nil {
		return err
	}
	var versions int
	if err := b.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM `+versionTable).Scan(&versions); err != nil {
		return errors.Join(fmt.Errorf("no bot has used this database: %w: %w", errNoBot, err), b.close())
	}
	d.pools.Store(b)
	return nil
}

// errNoBot is returned for a database that no bot has used yet.
var errNoBot = errors.New("start the bot first, or set DATABASE_URL to the value that the bot uses")

// open connects to the database and migrates its tables.
func (d *DB) open(ctx context.Context, addr address, o Options) error {
	connectCtx, cancel := context.WithTimeout(ctx, o.timeouts.connect)
	defer cancel()
	b, err := addr.connect(connectCtx, o.Log)
	if err != nil {
		return err
	}
	migrateCtx, cancel := context.WithTimeout(ctx, o.timeouts.migrate)
	defer cancel()
	version, err := migrate(migrateCtx, b, o.migrations)
	if err != nil {
		return errors.Join(err, b.close())
	}
	d.pools.Store(b)
	o.Log.Info("store opened", "database", d.name, "schema", version)
	return nil
}

// Ping runs a query and returns an error if the query fails.
func (d *DB) Ping(ctx context.Context) error {
	var versions int
	row := d.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM `+versionTable)
	return d.Wrap("query", row.Scan(&versions))
}

// Close closes all connections, and stops trying to open the database. Afterwards, all methods
// return errors.
func (d *DB) Close() error {
	d.stop()
	<-d.opened
	return errors.Join(d.pools.Load().close(), d.unopened.close())
}

// Wrap implements [database.DB].
func (d *DB) Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	if b := d.pools.Load(); b.renew != nil && damaged(err) {
		b.renew()
	}
	return fmt.Errorf("cannot %s %s: %w", op, d.name, printable(err))
}
