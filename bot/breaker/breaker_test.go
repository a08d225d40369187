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
		b, ctx, down := New(cooldown), t.Context(), errors.New("down")
		calls := 0
		call := func(err error) error {
			return b.Do(ctx, timeout, func(context.Context) error { calls++; return err })
		}
		if err := call(nil); err != nil || b.Open() {
			t.Fatalf("successful call: got %v, open %v; want no error, open false", err, b.Open())
		}
		if err := call(down); !errors.Is(err, down) || !b.Open() {
			t.Fatalf("failed call: got %v, open %v; want its error, open true", err, b.Open())
		}
		for range 3 {
			if err := call(nil); !errors.Is(err, ErrOpen) {
				t.Fatalf("call after a failure: got %v, want %v", err, ErrOpen)
			}
		}
		if calls != 2 {
			t.Fatalf("got %d calls, want 2", calls)
		}
		time.Sleep(cooldown + 1)
		if err := call(down); !errors.Is(err, down) || !b.Open() {
			t.Fatalf("failed call after the cooldown: got %v, open %v; want its error, open true", err, b.Open())
		}
		time.Sleep(cooldown + 1)
		if err := call(nil); err != nil || b.Open() {
			t.Fatalf("successful call after the cooldown: got %v, open %v; want no error, open false", err, b.Open())
		}
	})
}

func TestDoTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := New(cooldown), time.Now()
		err := b.Do(t.Context(), timeout, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
		if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != timeout || !b.Open() {
			t.Errorf("hanging call: got %v after %v, open %v", err, took, b.Open())
		}
	})
}

// TestDoProbe checks that only one of many concurrent calls is made after the cooldown.
func TestDoProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(cooldown)
		_ = b.Do(t.Context(), timeout, func(context.Context) error { return errors.New("down") })
		time.Sleep(cooldown + 1)
		go b.Do(t.Context(), timeout, func(ctx context.Context) error { <-ctx.Done(); return nil })
		synctest.Wait()
		if err := b.Do(t.Context(), timeout, func(context.Context) error { return nil }); !errors.Is(err, ErrOpen) {
			t.Errorf("second call during the probe: got %v, want %v", err, ErrOpen)
		}
		time.Sleep(timeout)
	})
}

// TestDoGivenUp checks that a caller that gives up does not open the breaker.
func TestDoGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := New(cooldown)
	err := b.Do(ctx, timeout, func(ctx context.Context) error { return ctx.Err() })
	if !errors.Is(err, context.Canceled) || b.Open() {
		t.Errorf("call that was given up: got %v, open %v; want %v, open false", err, b.Open(), context.Canceled)
	}
}
