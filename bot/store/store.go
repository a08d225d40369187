package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
)

// A DB is a store in a database. Its methods may be called by several
// goroutines, and return when their context ends. A database that was away is
// used again once it is back.
type DB struct {
	now  func() time.Time
	name string // of the database, for errors and the log: it holds no secret
	log  *slog.Logger

	pools atomic.Pointer[backend] // away until the database is open
	away  *backend

	stop   context.CancelFunc // ends the opening
	opened chan struct{}      // closed when the opening has ended
	err    error              // why the database will never be open; set before opened is closed
}

// newDB returns a DB that is not open.
func newDB(addr address, o Options) *DB {
	away := sql.OpenDB(notOpen{})
	d := &DB{now: o.Now, name: addr.String(), log: o.Log, away: &backend{write: away, read: away}, stop: func() {}, opened: make(chan struct{})}
	d.pools.Store(d.away)
	return d
}

// write and read are one pool on PostgreSQL. On SQLite, which takes one writer at a
// time, write is one connection, and readers have their own so that no answer waits
// for a writer.
func (d *DB) write() *sql.DB { return d.pools.Load().write }

func (d *DB) read() *sql.DB { return d.pools.Load().read }

var (
	_ bot.Store         = (*DB)(nil)
	_ bot.ScheduleStore = (*DB)(nil)
	_ bot.ReviewStore   = (*DB)(nil)
	_ daily.Store       = (*DB)(nil)
	_ daily.History     = (*DB)(nil)
)

// Options are what Open can be told. The zero value of each field is usable.
type Options struct {
	// Log takes what Open does; nil for none.
	Log *slog.Logger
	// Now tells the time by which memories and leases expire, schedules and
	// deliveries are due, and misses are dated; nil for [time.Now].
	Now func() time.Time

	timeouts   timeouts // tests shorten them; none are defaultTimeouts
	migrations fs.FS    // tests are other versions of this program; nil is this one
}

// timeouts bound how long Open takes.
type timeouts struct {
	connect time.Duration // until the database has answered
	migrate time.Duration // for the migrations, or for another replica's
}

// Whoever starts the bot should not wonder for longer why it does not answer.
// Migrations have more time, as another replica's may have to end first.
var defaultTimeouts = timeouts{connect: 5 * time.Second, migrate: time.Minute}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.timeouts == (timeouts{}) {
		o.timeouts = defaultTimeouts
	}
	if o.migrations == nil {
		o.migrations = migrations
	}
	return o
}

// Open opens the database that dsn names and brings its tables up to date,
// also where several processes do so at once. The dsn is one of
//
//	postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…    (or postgresql://)
//	PATH, file:PATH or sqlite:PATH
//
// A path is taken as it is, without settings behind a question mark. A file
// that does not exist is created with its folder, readable by this user only;
// one that exists and holds something else is left as it is. Open gives up when
// ctx ends, and on a database that does not answer. Its errors name the file or
// the host, and never the password.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	o = o.withDefaults()
	addr, err := parseAddress(dsn)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%s was not opened: %w", addr, err)
	}
	d := newDB(addr, o)
	err = d.open(ctx, addr, o)
	close(d.opened)
	if err != nil {
		return nil, errors.Join(addr.explain(err), d.Close())
	}
	return d, nil
}

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

// Ping returns an error where the database cannot be asked.
func (d *DB) Ping(ctx context.Context) error {
	var versions int
	row := d.read().QueryRowContext(ctx, `SELECT COUNT(*) FROM `+versionTable)
	return d.wrap("ask", row.Scan(&versions))
}

// Close ends all connections. What is called afterwards returns an error.
func (d *DB) Close() error {
	d.stop()
	<-d.opened
	return errors.Join(d.pools.Load().close(), d.away.close())
}

// wrap says what could not be done with which database. It is called when the connection
// is free again.
func (d *DB) wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	if b := d.pools.Load(); b.renew != nil && damaged(err) {
		b.renew()
	}
	return fmt.Errorf("%s %s: %w", what, d.name, printable(err))
}
