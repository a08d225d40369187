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

// TestFileMode holds where the file is made and who can read it and the files
// beside it.
func TestFileMode(t *testing.T) {
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
			t.Errorf("the mode of %s is %v, want %v", path, modes[path], want)
		}
	}
}

// TestFileNames holds that a path is taken as it is.
func TestFileNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"50%25.db", "a#b.db", "a b&c=d.db", "ポッド.db", "a@b.db", "'quoted'.db"} {
		path := filepath.Join(t.TempDir(), name)
		openDB(t, path, Options{})
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("%s was not made: %v", path, err)
		}
	}
}

// TestSettings holds that each connection of both pools has its settings.
func TestSettings(t *testing.T) {
	db := openDB(t, newFile(t), Options{})
	for _, tt := range []struct {
		pool *sql.DB
		want map[string]string
	}{
		{db.write(), map[string]string{"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "busy_timeout": "10000", "query_only": "0"}},
		{db.read(), map[string]string{"journal_mode": "wal", "busy_timeout": "10000", "query_only": "1"}},
	} {
		for name, want := range tt.want {
			var got string
			if err := tt.pool.QueryRow("PRAGMA " + name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, %v; want %q", name, got, err, want)
			}
		}
	}
}

// TestReadersDoNotWait holds that an answer does not wait for whoever writes, in
// this process or another, and that a writer waits no longer than its context.
func TestReadersDoNotWait(t *testing.T) {
	t.Parallel()
	dsn := newFile(t)
	for name, writer := range map[string]*DB{"same process": nil, "another process": openDB(t, dsn, Options{})} {
		t.Run(name, func(t *testing.T) {
			db := openDB(t, dsn, Options{})
			if writer == nil {
				writer = db
			}
			tx, err := writer.write().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			if _, err := db.Language(ctx, bot.Person{}); err != nil {
				t.Errorf("a reader: %v", err)
			}
			if err := db.CountMiss(ctx, bot.Tenant{}, "pizza"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("a writer beside another: %v", err)
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			if err := db.CountMiss(t.Context(), bot.Tenant{}, "pizza"); err != nil {
				t.Errorf("a writer after another: %v", err)
			}
		})
	}
}

// TestWrongFiles holds that what is no database of ours is named and left as it
// is.
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
	text := write("text.db", bytes.Repeat([]byte("this is no database. "), 1000))
	foreign := filepath.Join(dir, "foreign.db")
	createForeignDatabase(t, foreign)
	whole, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	damaged := write("damaged.db", append(whole[:100:100], bytes.Repeat([]byte{0xff}, len(whole)-100)...))
	for _, tt := range []struct{ name, path, want string }{
		{"text", text, "is no database of SQLite"},
		{"another program's", foreign, "another program's tables"},
		{"damaged", damaged, "is damaged"},
		{"folder", dir, "it is a folder"},
		{"folder that is a file", filepath.Join(text, "k8sbot.db"), "not a directory"},
		{"device", os.DevNull, "no regular file"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := readAll(t, dir)
			_, err := Open(t.Context(), tt.path, Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.path) {
				t.Errorf("Open(%q): %v; want an error that names it, with %q", tt.path, err, tt.want)
			}
			if after := readAll(t, dir); after != before {
				t.Error("files were changed")
			}
		})
	}
}

// createForeignDatabase makes a database with the tables of another program.
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

// readAll returns the names and contents of all files of a folder.
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

// TestReadOnly holds that a place where nothing can be written is refused when
// the store is opened, and not at each question.
func TestReadOnly(t *testing.T) {
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
				t.Errorf("it was opened, or the error does not name %q: %v\n%s", path, err, out)
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

// TestWorldReadable holds that a store that everybody may read is reported.
func TestWorldReadable(t *testing.T) {
	path := newFile(t)
	openDB(t, path, Options{})
	for mode, want := range map[fs.FileMode]bool{0o644: true, 0o660: false} {
		chmod(t, path, mode)
		var logged bytes.Buffer
		openDB(t, path, Options{Log: slog.New(slog.NewTextHandler(&logged, nil))})
		if got := strings.Contains(logged.String(), "chmod 600"); got != want {
			t.Errorf("with the mode %v the log is %q", mode, &logged)
		}
	}
}

// TestOpenWhileLocked opens a file that another process is about to turn to its
// write-ahead log. SQLite reports such a one as locked without waiting.
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

// TestFullDisk holds that what cannot be kept for want of room is an error that
// names the file, that nothing else is lost, and that the store goes on once there
// is room. SQLite reports a file that may not grow as it does a full disk.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	db := openDB(t, path, Options{})
	if _, err := db.Remember(t.Context(), "before", "kept", time.Hour); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		t.Helper()
		if _, err := db.write().Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // which SQLite takes for as many as there are
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = db.Remember(t.Context(), fmt.Sprint("key ", i), strings.Repeat("x", limits.MaxValue), time.Hour)
	}
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(adviceFor(err), "make room") {
		t.Errorf("on a full disk the error is %v, with the advice %q", err, adviceFor(err))
	}
	if v, ok, err := db.Recall(t.Context(), "before"); v != "kept" || !ok || err != nil {
		t.Errorf("what was kept before is %q, %v, %v", v, ok, err)
	}
	limit(1 << 20)
	if _, err := db.Remember(t.Context(), "after", "kept", time.Hour); err != nil {
		t.Errorf("once there is room: %v", err)
	}
}
