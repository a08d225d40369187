package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestOpenExisting checks that opening the database of a bot creates and migrates nothing.
func TestOpenExisting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	if _, err := OpenExisting(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), "start the bot first") {
		t.Errorf("no file: got the error %v, want one that says to start the bot", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: got %v, want no file", err)
	}
	const start = "migrations/00001_start.sql"
	data, err := migrations.ReadFile(start)
	if err != nil {
		t.Fatal(err)
	}
	first := fstest.MapFS{start: {Data: data}}
	older, err := Open(t.Context(), path, Options{migrations: first})
	if err != nil {
		t.Fatal(err)
	}
	if err := older.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := OpenExisting(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if misses, err := db.Misses(t.Context(), 10, time.Time{}); err != nil || len(misses) != 0 {
		t.Errorf("Misses on older tables: got %v, %v, want none", misses, err)
	}
	var version int
	if err := db.Reader().QueryRow(`SELECT MAX(version_id) FROM ` + versionTable).Scan(&version); err != nil || version != 1 {
		t.Errorf("got tables of version %d, %v, want 1", version, err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
