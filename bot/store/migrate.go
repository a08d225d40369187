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

// errNewerTables reports tables of a later version of this program.
var errNewerTables = errors.New("the tables are newer than this program")

// migrate brings the tables up to date, and returns their version. Several
// processes may do so at once. Each migration runs in a transaction, wholly or
// not at all.
func migrate(ctx context.Context, b *backend) (version int64, err error) {
	provider, err := newProvider(b)
	if err != nil {
		return 0, err
	}
	for {
		current, known, err := provider.GetVersions(ctx)
		if err != nil {
			return 0, err
		}
		if current > known {
			return 0, fmt.Errorf("%w: they have version %d, it knows %d: run the newer program again", errNewerTables, current, known)
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

// newProvider returns what carries out the migrations on a database.
func newProvider(b *backend) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
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
