package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/limits"
	"k8sbot/glossary"
)

// TestFileMode checks where the database files are created, and who can read them.
func TestFileMode(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	dir := t.TempDir()
	db := openDB(t, filepath.Join(dir, "a", "b", "k8sbot.db"), Options{})
	if err := db.SetLanguage(t.Context(), bot.Person{}, glossary.English); err != nil {
		t.Fatal(err)
	}
	modes := make(map[string]fs.FileMode)
	err := filepath.WalkDir(filepath.Join(dir, "a"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			modes[strings.TrimPrefix(path, dir)] = info.Mode().Perm()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		"/a": 0o700, "/a/b": 0o700,
		"/a/b/k8sbot.db": 0o600, "/a/b/k8sbot.db-wal": 0o600, "/a/b/k8sbot.db-shm": 0o600,
	} {
		if modes[path] != want {
			t.Errorf("%s: got mode %v, want %v", path, modes[path], want)
		}
	}
}

// TestFileNames checks that a path is used literally.
func TestFileNames(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	for _, name := range []string{"50%25.db", "a#b.db", "a b&c=d.db", "ポッド.db", "a@b.db", "'quoted'.db"} {
		path := filepath.Join(t.TempDir(), name)
		openDB(t, path, Options{})
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s: not created: %v", path, err)
		}
	}
}

// TestSettings checks that the connections of both pools have their settings.
func TestSettings(t *testing.T) {
	db := openDB(t, newFile(t), Options{})
	for _, tt := range []struct {
		pool *sql.DB
		want map[string]string
	}{
		{db.Writer(), map[string]string{"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "busy_timeout": "10000", "query_only": "0"}},
		{db.Reader(), map[string]string{"journal_mode": "wal", "busy_timeout": "10000", "query_only": "1"}},
	} {
		for name, want := range tt.want {
			var got string
			if err := tt.pool.QueryRow("PRAGMA " + name).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %q, %v; want %q", name, got, err, want)
			}
		}
	}
}

// TestReadersDoNotWait checks that a reader does not wait for a writer in the same or
// another process, and that a writer does not wait longer than its context.
func TestReadersDoNotWait(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	for name, writer := range map[string]*DB{"same process": nil, "another process": openDB(t, dsn, Options{})} {
		t.Run(name, func(t *testing.T) {
			db := openDB(t, dsn, Options{})
			if writer == nil {
				writer = db
			}
			tx, err := writer.Writer().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			reading, cancel := context.WithTimeout(t.Context(), 8*time.Second) // SQLite would wait for ten
			defer cancel()
			if _, err := db.Language(reading, bot.Person{}); err != nil {
				t.Errorf("reader during a write: %v", err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if err := db.CountMiss(ctx, bot.Tenant{}, "pizza"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("writer during a write: got %v, want %v", err, context.DeadlineExceeded)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			if err := db.CountMiss(t.Context(), bot.Tenant{}, "pizza"); err != nil {
				t.Errorf("writer after a write: %v", err)
			}
		})
	}
}

// TestWrongFiles checks that Open does not change a file that is not a database of this program,
// and returns an error that names the file.
func TestWrongFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := write("text.db", bytes.Repeat([]byte("this is not a database. "), 1000))
	foreign := filepath.Join(dir, "foreign.db")
	createForeignDatabase(t, foreign)
	whole, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	damaged := write("damaged.db", append(whole[:100:100], bytes.Repeat([]byte{0xff}, len(whole)-100)...))
	for _, tt := range []struct{ name, path, want string }{
		{"text", text, "is not a SQLite database"},
		{"another program's", foreign, "another program's tables"},
		{"damaged", damaged, "is damaged"},
		{"folder", dir, "the path is a folder"},
		{"folder that is a file", filepath.Join(text, "k8sbot.db"), "not a directory"},
		{"device", os.DevNull, "not a regular file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := readAll(t, dir)
			_, err := Open(t.Context(), tt.path, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.path) {
				t.Errorf("Open(%q): got %v, want an error with the path and %q", tt.path, err, tt.want)
			}
			if after := readAll(t, dir); after != before {
				t.Error("files were changed")
			}
		})
	}
}

// createForeignDatabase creates a database with the tables of another program.
func createForeignDatabase(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('https://kubernetes.io')`); err != nil {
		t.Fatal(err)
	}
}

// readAll returns the names and contents of all files in a folder.
func readAll(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(e.Name() + "\n" + string(content) + "\n")
	}
	return all.String()
}

// TestReadOnly checks that Open returns an error for a file or folder that cannot be
// written.
func TestReadOnly(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	for name, prepare := range map[string]func(dir string) (path string){
		"folder": func(dir string) string {
			chmod(t, dir, 0o555)
			return filepath.Join(dir, "k8sbot.db")
		},
		"folder in a folder": func(dir string) string {
			chmod(t, dir, 0o555)
			return filepath.Join(dir, "state", "k8sbot.db")
		},
		"file": func(dir string) string {
			path := filepath.Join(dir, "k8sbot.db")
			db, err := Open(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			chmod(t, path, 0o444)
			return path
		},
	} {
		t.Run(name, func(t *testing.T) {
			cmd, dir := openUnprivileged(t, "")
			path := prepare(dir)
			cmd.Env = append(cmd.Env, openEnv+"="+path)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), path) || !strings.Contains(string(out), "cannot") {
				t.Errorf("got %v, want an error with %q:\n%s", err, path, out)
			}
		})
	}
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// TestWorldReadable checks that Open warns about a file that all users may read.
func TestWorldReadable(t *testing.T) {
	path := newFile(t)
	openDB(t, path, Options{})
	for mode, want := range map[fs.FileMode]bool{0o644: true, 0o660: false} {
		chmod(t, path, mode)
		var logged bytes.Buffer
		openDB(t, path, Options{Log: slog.New(slog.NewTextHandler(&logged, nil))})
		if got := strings.Contains(logged.String(), "chmod 600"); got != want {
			t.Errorf("mode %v: got warning %v, want %v: %s", mode, got, want, &logged)
		}
	}
}

// TestOpenWhileLocked opens a file that another process is switching to its write-ahead
// log. SQLite reports such a file as locked without waiting.
func TestOpenWhileLocked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	file := sqliteFile(path)
	if err := file.create(); err != nil {
		t.Fatal(err)
	}
	other, err := file.pool(1, mustExist, immediate)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	released := make(chan error)
	go func() {
		time.Sleep(100 * time.Millisecond)
		released <- tx.Rollback()
	}()
	openDB(t, path, Options{})
	if err := <-released; err != nil {
		t.Error(err)
	}
}

// TestFullDisk checks that a full disk gives an error that names the file, that no data is
// lost, and that the store works again once there is space. SQLite reports a file that
// may not grow in the same way as a full disk.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	db := openDB(t, path, Options{})
	if _, err := db.Remember(t.Context(), "before", "kept", time.Hour); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		t.Helper()
		if _, err := db.Writer().Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite raises this to the number of existing pages
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = db.Remember(t.Context(), fmt.Sprint("key ", i), strings.Repeat("x", limits.MaxValue), time.Hour)
	}
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(adviceFor(err), "free up some space") {
		t.Errorf("full disk: got %v, want an error with %q", err, adviceFor(err))
	}
	if v, ok, err := db.Recall(t.Context(), "before"); v != "kept" || !ok || err != nil {
		t.Errorf("earlier key: got %q, %v, %v", v, ok, err)
	}
	limit(1 << 20)
	if _, err := db.Remember(t.Context(), "after", "kept", time.Hour); err != nil {
		t.Errorf("after freeing space: %v", err)
	}
}
