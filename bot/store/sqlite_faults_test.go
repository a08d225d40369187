package store

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/glossary"
)

// TestForgottenBytes checks that the database files contain no trace of a deleted person,
// even while the store is open.
func TestForgottenBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	path := newFile(t)
	db := openDB(t, path, Options{})
	const user = "U-who-leaves-no-trace"
	p := bot.Person{Platform: "slack", Tenant: "T1", User: user}
	one := scheduleOf(channelOf(slackT1, "C1"), time.UnixMilli(0))
	one.Creator = user
	mustPut(t, db, one)
	for i := range 100 {
		if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
			t.Fatal(err)
		}
		if err := db.PutReview(t.Context(), p, bot.Review{Term: fmt.Sprint("term ", i), Day: "2027-01-15"}); err != nil {
			t.Fatal(err)
		}
	}
	forget := func(forget func() error) {
		t.Helper()
		if !strings.Contains(readAll(t, filepath.Dir(path)), user) {
			t.Fatal("the files do not contain the person's ID before Forget")
		}
		if err := forget(); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(readAll(t, filepath.Dir(path)), user) {
			t.Error("the files still contain the person's ID")
		}
	}
	remember := func() {
		l := review.Learner{Platform: "slack", Tenant: "T1", User: user}
		settings := optIn(t, db.Learners(), l, "pod", "pdb")
		for seq := range 20 {
			mustPress(t, db.Learners(), settings, review.Answer{Learner: l, Term: "pod", Seq: seq + 1, Rating: review.Knew, Day: 20_000})
		}
	}
	remember()
	forget(func() error { return db.Forget(t.Context(), p) })
	remember()
	forget(func() error {
		return db.Learners().Forget(t.Context(), review.Learner{Platform: "slack", Tenant: "T1", User: user})
	})
}

// TestForgetDuringRead calls Forget while another process reads, so that the log cannot
// be truncated: Forget succeeds, and the next sweep truncates the log.
func TestForgetDuringRead(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	var log logBuffer
	db, other := openDB(t, path, Options{Log: log.logger()}), openDB(t, path, Options{})
	const user = "U-who-leaves-no-trace"
	p := bot.Person{Platform: "slack", Tenant: "T1", User: user}
	if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
		t.Fatal(err)
	}
	rows, err := other.Reader().Query(`SELECT person FROM person_language UNION ALL SELECT term FROM review`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatal("got no rows to read")
	}
	if err := db.Forget(t.Context(), p); err != nil {
		t.Errorf("Forget during a read: %v", err)
	}
	if !strings.Contains(log.String(), "cannot truncate the write-ahead log") {
		t.Errorf("the truncation error is not logged: %s", log.String())
	}
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(readAll(t, filepath.Dir(path)), user) {
		t.Error("after Sweep, the files still contain the person's ID")
	}
}

// TestFileGone checks that the next sweep reports a file that was deleted or replaced
// while the store is open.
func TestFileGone(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	db := openDB(t, path, Options{})
	if err := db.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	moved := path + ".moved"
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"deleted", "replaced"} {
		if err := db.Sweep(t.Context()); err == nil || !strings.Contains(err.Error(), "deleted, replaced") || !strings.Contains(err.Error(), path) {
			t.Errorf("file %s: Sweep = %v; want an error that names it", what, err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(moved, path); err != nil {
		t.Fatal(err)
	}
	if err := db.Sweep(t.Context()); err != nil {
		t.Errorf("file restored: Sweep = %v", err)
	}
}

// TestBecomesReadOnly makes a file read-only while the store is open, as when the system remounts a
// broken disk: writes return errors that name the file, reads succeed, and
// writes succeed again once the file is writable.
func TestBecomesReadOnly(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	db := openDB(t, path, Options{})
	p := bot.Person{Platform: "slack", User: "U"}
	if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false} {
		// SQLite reports this in the same way as a disk that is read-only.
		if _, err := db.Writer().Exec(fmt.Sprintf("PRAGMA query_only = %v", readOnly)); err != nil {
			t.Fatal(err)
		}
		err := db.SetLanguage(t.Context(), p, glossary.Japanese)
		if readOnly && (err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(adviceFor(err), "write permission")) {
			t.Errorf("read-only: SetLanguage = %v, want an error with %q", err, adviceFor(err))
		}
		if !readOnly && err != nil {
			t.Errorf("writable again: SetLanguage = %v", err)
		}
		want := map[bool]glossary.Lang{true: glossary.English, false: glossary.Japanese}[readOnly]
		if got, err := db.Language(t.Context(), p); got != want || err != nil {
			t.Errorf("read-only %v: Language = %q, %v, want %q", readOnly, got, err, want)
		}
	}
}

// TestDamagedFile truncates or scrambles a file while the store is open: calls return
// errors that do not quote the file, and succeed once its content is restored.
func TestDamagedFile(t *testing.T) {
	if testing.Short() {
		t.Skip("has no concurrency")
	}
	t.Parallel()
	const secret = "\x1b]0;secret\a"
	for name, damage := range map[string]func(whole []byte) []byte{
		"to nothing": func([]byte) []byte { return nil },
		"to a page":  func(whole []byte) []byte { return whole[:4096] },
		"scrambled":  func(whole []byte) []byte { return bytes.Repeat([]byte(secret), len(whole)/len(secret)) },
		"scrambled after the head": func(whole []byte) []byte {
			return append(bytes.Clone(whole[:100]), bytes.Repeat([]byte(secret), (len(whole)-100)/len(secret))...)
		},
		"scrambled schema": func(whole []byte) []byte {
			return bytes.ReplaceAll(whole, []byte("CREATE TABLE"), []byte("\x1b[31msecret\a"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := newFile(t)
			before := openDB(t, path, Options{})
			p := bot.Person{Platform: "slack", User: "U"}
			fillDeliveries(t, before, 2000, bot.Sent, time.Now())
			if err := before.SetLanguage(t.Context(), p, glossary.English); err != nil {
				t.Fatal(err)
			}
			if err := before.Close(); err != nil {
				t.Fatal(err)
			}
			db := openDB(t, path, Options{})
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			overwriteFile(t, path, damage(whole))
			var openErr error
			if content := damage(whole); len(content) > 0 { // otherwise it waits for the locks of db
				_, openErr = Open(t.Context(), path, Options{})
			}
			_, languageErr := db.Language(t.Context(), p)
			_, postedErr := db.Posted(t.Context(), channelOf(slackT1, "C1"))
			_, _, backlogErr := db.Backlog(t.Context())
			failed := 0
			for call, err := range map[string]error{
				"Open": openErr, "Language": languageErr, "Posted": postedErr, "Backlog": backlogErr,
				"Sweep": db.Sweep(t.Context()), "SetLanguage": db.SetLanguage(t.Context(), p, glossary.Japanese),
			} {
				if err == nil {
					continue
				}
				failed++
				if text := err.Error(); strings.ContainsAny(text, "\x1b\a\x00") || strings.Contains(text, "secret") {
					t.Errorf("%s: the error quotes the file: %q", call, text)
				}
			}
			if failed == 0 {
				t.Error("no call returns an error")
			}
			overwriteFile(t, path, whole)
			if err := db.SetLanguage(t.Context(), p, glossary.English); err != nil {
				t.Errorf("content restored: SetLanguage = %v", err)
			}
			for range readConns + 1 {
				if l, err := db.Language(t.Context(), p); l != glossary.English || err != nil {
					t.Errorf("content restored: Language = %q, %v", l, err)
				}
			}
		})
	}
}

// overwriteFile overwrites the content of a file without replacing the file.
func overwriteFile(t *testing.T, path string, content []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt(content, 0); err != nil {
		t.Fatal(err)
	}
	if err := file.Truncate(int64(len(content))); err != nil {
		t.Fatal(err)
	}
}
