package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// An address is where a database is. Its String names it without a secret.
type address interface {
	fmt.Stringer
	// connect returns the connections to a database that has answered.
	connect(ctx context.Context, log *slog.Logger) (*backend, error)
	// explain says in a person's words what the database or its driver
	// reported, without a secret.
	explain(err error) error
}

// A backend is what differs between the databases once they are connected.
type backend struct {
	dialect     goose.Dialect
	locker      lock.SessionLocker // nil where the database needs none
	skipLocked  string             // ends a SELECT whose row is claimed; "" where one writes at a time
	write, read *sql.DB
}

var (
	scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	// keywords are those of the other form in which PostgreSQL's own programs
	// take an address (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE).
	keywords = regexp.MustCompile(`(?i)\b(host|hostaddr|port|dbname|user|password|service|sslmode)\s*=`)
)

// errNoAddress does not quote what it is about, which may hold a password.
var errNoAddress = errors.New("the database's address is none that can be read: write it as " +
	"postgres://USER:PASSWORD@HOST:5432/DATABASE, with the special characters of USER and PASSWORD as percent codes " +
	"(@ is %40, / is %2F) and only settings that PostgreSQL knows behind a ?, or give the path of a file")

// parseAddress reads a dsn, as [Open] describes it.
func parseAddress(dsn string) (address, error) {
	dsn = strings.TrimSpace(dsn)
	prefix := scheme.FindString(dsn)
	switch strings.ToLower(prefix) {
	case "postgres://", "postgresql://":
		return parsePostgres(dsn[len(prefix):])
	case "file://", "sqlite://":
		return parsePath(dsn[len(prefix):])
	case "":
	default:
		return nil, errNoAddress
	}
	before, after, _ := strings.Cut(dsn, ":")
	switch strings.ToLower(before) {
	case "file", "sqlite":
		return parsePath(after)
	case "postgres", "postgresql":
		return nil, errNoAddress
	}
	return parsePath(dsn)
}

// parsePath reads the path of a file. What looks like an address of a server
// is refused, so that no password becomes the name of a file.
func parsePath(path string) (address, error) {
	local := path[len(filepath.VolumeName(path)):]
	colon, at := strings.Index(local, ":"), strings.LastIndex(local, "@")
	switch {
	case path == "":
		return nil, errors.New("no database is named: give the path of a file, or postgres://…")
	case path == ":memory:":
		return nil, errors.New(`":memory:" keeps nothing: give the path of a file`)
	case 0 <= colon && colon < at, scheme.MatchString(path), keywords.MatchString(path), strings.ContainsRune(path, 0):
		return nil, errNoAddress
	case strings.Contains(path, "?"):
		return nil, fmt.Errorf("%q: the path of a database takes no settings after a question mark: leave them out", path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", path, err)
	}
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return nil, fmt.Errorf("%q is a folder: give the path of a file in it, such as %q", abs, filepath.Join(abs, defaultFile))
	}
	return sqliteFile(abs), nil
}

const defaultFile = "k8sbot.db"

// DefaultPath returns the path of the file that keeps what a person's own bot
// must not forget: k8sbot/k8sbot.db in the user's state folder. That is
// $XDG_STATE_HOME or ~/.local/state
// (https://specifications.freedesktop.org/basedir-spec/latest/), and the folder
// of [os.UserConfigDir] on systems that have neither. lookup is [os.LookupEnv]
// or the like.
func DefaultPath(lookup func(name string) (string, bool)) (string, error) {
	// The specification has a path ignored that is not absolute.
	if dir, ok := lookup("XDG_STATE_HOME"); ok && filepath.IsAbs(dir) {
		return filepath.Join(dir, "k8sbot", defaultFile), nil
	}
	if !hasXDG(runtime.GOOS) {
		dir, err := os.UserConfigDir()
		if err != nil {
			return "", fmt.Errorf("no folder to keep the database in: set DATABASE_URL to the path of a file: %w", err)
		}
		return filepath.Join(dir, "k8sbot", defaultFile), nil
	}
	home, ok := lookup("HOME")
	if !ok || !filepath.IsAbs(home) {
		return "", errors.New("no folder to keep the database in, as HOME is not set: set DATABASE_URL to the path of a file")
	}
	return filepath.Join(home, ".local", "state", "k8sbot", defaultFile), nil
}

// hasXDG reports whether programs on an operating system keep their state as
// the XDG Base Directory Specification has it.
func hasXDG(goos string) bool {
	switch goos {
	case "darwin", "ios", "windows", "plan9":
		return false
	}
	return true
}
