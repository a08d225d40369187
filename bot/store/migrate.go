package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

const (
	// versionTable names the table of the migrations that have run, which is
	// also how this program knows its own database.
	versionTable = "k8sbot_version"
	// compatibleTable names the table of the oldest program that may use the database,
	// by the last migration that it knows. A migration says in its first lines whether
	// it is additive, so that programs before it run on its tables (new tables, new
	// indexes, new columns with a default), or breaking. A breaking one sets the version
	// here to its own, in the same transaction. So an additive release can be rolled
	// back, and during a rolling update an older replica may restart.
	compatibleTable = "k8sbot_compatible"
	// lockID is the advisory lock of PostgreSQL that one replica holds while it
	// migrates: "k8sbot" in ASCII, so that it is no other program's.
	lockID = 0x6b3873626f74
	// lockAttempts is how often the lock is asked for, once a second; the context
	// ends that earlier.
	lockAttempts = 3600
	// unlockTimeout bounds the release of the lock, which ends with the connection
	// at the latest.
	unlockTimeout = 5 * time.Second
)

// errNewerTables reports tables of a later version of this program, on which this one
// cannot run.
var errNewerTables = errors.New("the tables are newer than this program")

// migrate brings the tables up to date, and returns their version, which may be later
// than this program's. Several processes may do so at once. Each migration runs in a
// transaction, wholly or not at all.
func migrate(ctx context.Context, b *backend, files fs.FS) (version int64, err error) {
	provider, err := newProvider(b, files)
	if err != nil {
		return 0, err
	}
	for {
		current, known, err := provider.GetVersions(ctx)
		if err != nil {
			return 0, err
		}
		if current > known {
			return current, checkCompatible(ctx, b, current, known)
		}
		_, err = provider.Up(ctx)
		if err == nil {
			return known, nil
		}
		if !overtaken(ctx, provider, err) {
			return 0, err
		}
	}
}

// checkCompatible returns errNewerTables if a program that knows the migrations up to known
// cannot run on later tables.
func checkCompatible(ctx context.Context, b *backend, current, known int64) error {
	var needed int64
	if err := b.read.QueryRowContext(ctx, `SELECT MAX(version) FROM `+compatibleTable).Scan(&needed); err != nil {
		return fmt.Errorf("the tables have version %d, and do not say which programs may use them: %w", current, err)
	}
	if needed > known {
		return fmt.Errorf("%w: they have version %d, for programs that know %d, it knows %d: run the newer program again",
			errNewerTables, current, needed, known)
	}
	return nil
}

// newProvider returns what carries out the migrations on a database.
func newProvider(b *backend, files fs.FS) (*goose.Provider, error) {
	files, err := fs.Sub(files, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true)}
	if b.locker != nil {
		options = append(options, goose.WithSessionLocker(b.locker))
	}
	return goose.NewProvider(b.dialect, b.write, files, options...)
}

// overtaken reports whether a migration failed because another process carried
// it out in the meantime. SQLite has no lock that would hold that process off
// before this one has read which migrations are left.
func overtaken(ctx context.Context, provider *goose.Provider, err error) bool {
	var failed *goose.PartialError
	if !errors.As(err, &failed) {
		return false
	}
	current, err := provider.GetDBVersion(ctx)
	return err == nil && current >= failed.Failed.Source.Version
}

// newLocker returns the lock that replicas on PostgreSQL migrate under.
func newLocker() (lock.SessionLocker, error) {
	l, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockID), lock.WithLockTimeout(1, lockAttempts))
	return boundedLocker{l}, err
}

// A boundedLocker gives the release of its lock, which goose lets take forever,
// an end.
type boundedLocker struct{ lock.SessionLocker }

// SessionUnlock implements [lock.SessionLocker].
func (l boundedLocker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, unlockTimeout)
	defer cancel()
	return l.SessionLocker.SessionUnlock(ctx, conn)
}
