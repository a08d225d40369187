package breaker

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

const (
	timeout  = time.Second
	cooldown = 5 * time.Second
)

func TestDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, ctx, away := New(cooldown), t.Context(), errors.New("away")
		calls := 0
		call := func(err error) error {
			return b.Do(ctx, timeout, func(context.Context) error { calls++; return err })
		}
		if err := call(nil); err != nil || b.Open() {
			t.Fatalf("a call that succeeds: %v, open %v", err, b.Open())
		}
		if err := call(away); !errors.Is(err, away) || !b.Open() {
			t.Fatalf("a call that fails: %v, open %v", err, b.Open())
		}
		for range 3 {
			if err := call(nil); !errors.Is(err, ErrOpen) {
				t.Fatalf("a call after a failure: %v, want %v", err, ErrOpen)
			}
		}
		if calls != 2 {
			t.Fatalf("%d calls were made, want 2", calls)
		}
		time.Sleep(cooldown + 1)
		if err := call(away); !errors.Is(err, away) || !b.Open() {
			t.Fatalf("the first call after the cool-down fails: %v, open %v", err, b.Open())
		}
		time.Sleep(cooldown + 1)
		if err := call(nil); err != nil || b.Open() {
			t.Fatalf("the first call after the cool-down succeeds: %v, open %v", err, b.Open())
		}
	})
}

func TestDoTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := New(cooldown), time.Now()
		err := b.Do(t.Context(), timeout, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != timeout || !b.Open() {
			t.Errorf("a call that hangs: %v after %v, open %v", err, took, b.Open())
		}
	})
}

// TestDoProbe proves that a single call is made after the cool-down, however many
// want to.
func TestDoProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(cooldown)
		_ = b.Do(t.Context(), timeout, func(context.Context) error { return errors.New("away") })
		time.Sleep(cooldown + 1)
		go b.Do(t.Context(), timeout, func(ctx context.Context) error { <-ctx.Done(); return nil })
		synctest.Wait()
		if err := b.Do(t.Context(), timeout, func(context.Context) error { return nil }); !errors.Is(err, ErrOpen) {
			t.Errorf("a second call during the probe: %v, want %v", err, ErrOpen)
		}
		time.Sleep(timeout)
	})
}

// TestDoGivenUp proves that a caller who gives up does not open the breaker.
func TestDoGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := New(cooldown)
	err := b.Do(ctx, timeout, func(ctx context.Context) error { return ctx.Err() })
	if !errors.Is(err, context.Canceled) || b.Open() {
		t.Errorf("a call that was given up: %v, open %v", err, b.Open())
	}
}
