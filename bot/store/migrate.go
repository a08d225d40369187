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
	// versionTable lists the migrations that have been applied. A database with this table
	// belongs to this program.
	versionTable = "k8sbot_version"
	// compatibleTable stores the version of the oldest program that can use the tables. A program's
	// version is the last migration that the program knows. The first lines of a migration say
	// whether it is additive (new tables, new indexes, new columns with a default), so that older
	// programs still run, or breaking. A breaking migration sets the version in this table to its
	// own, in the same transaction. An additive release can therefore be rolled back, and an older
	// replica may restart during a rolling update.
	compatibleTable = "k8sbot_compatible"
	// lockID is the PostgreSQL advisory lock that a replica holds while it migrates. It is
	// "k8sbot" in ASCII, which other programs are unlikely to use.
	lockID = 0x6b3873626f74
	// lockAttempts is the maximum number of attempts to take the lock, one per second. In
	// practice, the context ends earlier.
	lockAttempts = 3600
	// unlockTimeout limits how long it takes to release the lock. The lock is also released when
	// the connection ends.
	unlockTimeout = 5 * time.Second
)

// errNewerTables is returned if a newer version has changed the tables in a way that this version
// cannot handle.
var errNewerTables = errors.New("the tables are newer than this program")

// migrate applies the pending migrations, and returns the version of the tables, which may be later
// than this program's version. Several processes may call migrate at the same time. Each migration
// is one transaction.
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
// cannot use tables that have the later version current.
func checkCompatible(ctx context.Context, b *backend, current, known int64) error {
	var needed int64
	if err := b.read.QueryRowContext(ctx, `SELECT MAX(version) FROM `+compatibleTable).Scan(&needed); err != nil {
		return fmt.Errorf("cannot read which programs can use tables of version %d: %w", current, err)
	}
	if needed > known {
		return fmt.Errorf("%w: tables of version %d need a program that knows version %d or later, but this program knows only version %d: use the newer program",
			errNewerTables, current, needed, known)
	}
	return nil
}

// newProvider returns the goose provider that migrates a database.
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

// overtaken reports whether a migration failed because another process applied it first. This can
// happen on SQLite, where no lock is held between reading which migrations are pending and
// applying them.
func overtaken(ctx context.Context, provider *goose.Provider, err error) bool {
	var failed *goose.PartialError
	if !errors.As(err, &failed) {
		return false
	}
	current, err := provider.GetDBVersion(ctx)
	return err == nil && current >= failed.Failed.Source.Version
}

// newLocker returns the lock that replicas on PostgreSQL hold while they migrate.
func newLocker() (lock.SessionLocker, error) {
	l, err := lock.NewPostgresSessionLocker(lock.WithLockID(lockID), lock.WithLockTimeout(1, lockAttempts))
	return boundedLocker{l}, err
}

// A boundedLocker limits how long releasing its lock may take, since goose does not.
type boundedLocker struct{ lock.SessionLocker }

// SessionUnlock implements [lock.SessionLocker].
func (l boundedLocker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, unlockTimeout)
	defer cancel()
	return l.SessionLocker.SessionUnlock(ctx, conn)
}
