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

// A DB is a store in a database. Its methods may be called by several goroutines, and
// return when their context ends. A DB reconnects by itself once a database that was
// down is up again.
type DB struct {
	now  func() time.Time
	name string // of the database, for errors and logs; it contains no secrets
	log  *slog.Logger

	pools    atomic.Pointer[backend] // unopened until the database is open
	unopened *backend

	stop   context.CancelFunc // stops the attempts to open the database
	opened chan struct{}      // closed when those have ended
	err    error              // why the database will never be open; set before opened is closed
}

// newDB returns a DB that is not open.
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

// Options are the options of [Open]. The zero value is usable.
type Options struct {
	// Log is where Open logs; nil for nowhere.
	Log *slog.Logger
	// Now returns the time for everything that the store dates, expires or finds
	// due. The default is [time.Now].
	Now func() time.Time

	timeouts   timeouts // for tests; the zero value means defaultTimeouts
	migrations fs.FS    // for tests of other versions; nil means this version's
}

// timeouts limit how long Open takes.
type timeouts struct {
	connect time.Duration // for the first answer of the database
	migrate time.Duration // for the migrations, or for those of another replica
}

// defaultTimeouts are short for connecting: someone who starts the bot should soon see
// why it does not answer. Migrations may have to wait for those of another replica.
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

// Open opens a database and brings its tables up to date. Several processes may do so
// at the same time. The dsn is one of
//
//	postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…    (or postgresql://)
//	PATH, file:PATH or sqlite:PATH
//
// A path is used literally; it takes no settings after a question mark. A file that does not
// exist is created with its folder, for this user only. An existing file that is not a
// database of this program is left alone, with an error. Open gives up when ctx is done or the
// database does not answer. Its errors name the file or the host, but never the password.
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

// OpenExisting opens the database of a bot, to read it or to leave something for the bot to
// do. Unlike [Open], it does not create the database and does not change its tables, which
// may be those of another version.
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
		return errors.Join(fmt.Errorf("no bot has used it: %w: %w", errNoBot, err), b.close())
	}
	d.pools.Store(b)
	return nil
}

// errNoBot is the error for a database that no bot has used yet.
var errNoBot = errors.New("start the bot first, or set DATABASE_URL as it is set for the bot")

// open connects to the database and brings its tables up to date.
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

// Ping returns an error if the database does not answer a query.
func (d *DB) Ping(ctx context.Context) error {
	var versions int
	row := d.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM `+versionTable)
	return d.Wrap("query", row.Scan(&versions))
}

// Close closes all connections. All methods return an error afterwards.
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
