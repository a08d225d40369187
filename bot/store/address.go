package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"k8sbot/bot/store/location"
)

var (
	scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	// keywords matches the keyword=value form of PostgreSQL's connection strings
	// (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE).
	keywords = regexp.MustCompile(`(?i)\b(host|hostaddr|port|dbname|user|password|service|sslmode)\s*=`)
)

// parseAddress parses the dsn that [Open] is called with.
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
		return nil, errBadAddress
	}
	before, after, _ := strings.Cut(dsn, ":")
	switch strings.ToLower(before) {
	case "file", "sqlite":
		return parsePath(after)
	case "postgres", "postgresql":
		return nil, errBadAddress
	}
	return parsePath(dsn)
}

// parsePath parses the path of a SQLite file. It rejects anything that looks like a server
// address, since a password must not become part of a file name.
func parsePath(path string) (address, error) {
	local := path[len(filepath.VolumeName(path)):]
	colon, at := strings.Index(local, ":"), strings.LastIndex(local, "@")
	switch {
	case path == "":
		return nil, errors.New("empty database address: use the path of a file, or postgres://…")
	case path == ":memory:":
		return nil, errors.New(`":memory:" does not outlive the process: use the path of a file`)
	case 0 <= colon && colon < at, scheme.MatchString(path), keywords.MatchString(path), strings.ContainsRune(path, 0):
		return nil, errBadAddress
	case strings.Contains(path, "?"):
		return nil, fmt.Errorf("invalid database path %q: remove the settings after the question mark", path)
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("invalid database path %q: %w", path, err)
	}
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return nil, fmt.Errorf("%q is a folder: use the path of a file in it, such as %q", abs, filepath.Join(abs, location.DefaultFile))
	}
	return sqliteFile(abs), nil
}
