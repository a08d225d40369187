package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/limits"
)

// limitEnv is the variable for a child that runs writeLimited.
const limitEnv = "K8SBOT_TEST_LIMIT"

func init() { children[limitEnv] = runLimited }

// TestWriteErrors makes the system refuse writes to a database file: writing calls return
// errors, earlier data can be read, and writes succeed once the system allows them again.
func TestWriteErrors(t *testing.T) {
	t.Parallel()
	if out, err := asChild(t, limitEnv, newFile(t)).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func runLimited(dsn string) (status int) {
	if err := writeLimited(context.Background(), dsn); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// writeLimited writes to a store while no file of this process may grow
// (https://man7.org/linux/man-pages/man2/setrlimit.2.html, RLIMIT_FSIZE).
func writeLimited(ctx context.Context, dsn string) (err error) {
	signal.Ignore(syscall.SIGXFSZ) // it would end the process; now writes fail with EFBIG
	db, err := Open(ctx, dsn, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.Remember(ctx, "before", "kept", time.Hour); err != nil {
		return err
	}
	l := review.Learner{Platform: "slack", Tenant: "T1", User: "U1"}
	settings := review.DefaultSettings(l, schedule.Defaults{})
	err = cmp.Or(
		db.Learners().PutSettings(ctx, settings, review.Digest{Learner: l}),
		db.Learners().AddCards(ctx, []review.Card{{Learner: l, Term: "pod"}}))
	if err != nil {
		return err
	}
	answer := review.Answer{Learner: l, Term: "pod", Seq: 1, Rating: review.Knew, Day: 20_000}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1, Max: old.Max}); err != nil {
		return err
	}
	for i := range 3 {
		_, err := db.Remember(ctx, fmt.Sprint("key ", i), strings.Repeat("x", limits.MaxValue), time.Hour)
		if err == nil || !strings.Contains(err.Error(), dsn) {
			return fmt.Errorf("file that cannot be written: got error %v; want one that names %s", err, dsn)
		}
		if counted, err := press(ctx, db.Learners(), settings, answer); counted || err == nil {
			return fmt.Errorf("answer that cannot be written: Append = %v, %w; want an error", counted, err)
		}
		if v, ok, err := db.Recall(ctx, "before"); v != "kept" || !ok || err != nil {
			return fmt.Errorf("earlier value: got %q, %v, %w", v, ok, err)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	if counted, err := press(ctx, db.Learners(), settings, answer); !counted || err != nil {
		return fmt.Errorf("writable again: Append = %v, %w", counted, err)
	}
	for i := range 3 {
		if first, err := db.Remember(ctx, fmt.Sprint("key ", i), "kept", time.Hour); !first || err != nil {
			return fmt.Errorf("writable again: Remember = %v, %w", first, err)
		}
	}
	return nil
}
