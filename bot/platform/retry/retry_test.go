package retry

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

var errUnavailable = errors.New("unavailable")

func TestDo(t *testing.T) {
	after := func(wait time.Duration) error { return After(errUnavailable, wait) }
	for name, tt := range map[string]struct {
		policy Policy
		errs   []error // result of each call; the last one repeats
		want   error
		waits  []time.Duration
	}{
		"success":   {Policy{First: 1}, []error{nil}, nil, nil},
		"permanent": {Policy{First: 1}, []error{errUnavailable}, errUnavailable, nil},
		"second try": {Policy{First: time.Second}, []error{after(0), nil}, nil,
			[]time.Duration{time.Second}},
		"tries end": {Policy{First: time.Second, Tries: 4}, []error{after(0)}, errUnavailable,
			[]time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"longest wait": {Policy{First: time.Second, Max: 3 * time.Second, Tries: 5}, []error{after(0)}, errUnavailable,
			[]time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second}},
		"asked to wait": {Policy{First: time.Second, Max: 2 * time.Second, Tries: 3}, []error{after(time.Minute), after(0)}, errUnavailable,
			[]time.Duration{time.Minute, 2 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var waits []time.Duration
				tt.policy.Notify = func(err error, wait time.Duration) {
					if err != errUnavailable {
						t.Errorf("Notify: got error %v, want %v", err, errUnavailable)
					}
					waits = append(waits, wait)
				}
				start, calls := time.Now(), 0
				err := Do(t.Context(), tt.policy, func(context.Context) error {
					calls++
					return tt.errs[min(calls, len(tt.errs))-1]
				})
				if err != tt.want || !slices.Equal(waits, tt.waits) || calls != len(waits)+1 {
					t.Errorf("got error %v after %d calls and delays %v, want %v and %v", err, calls, waits, tt.want, tt.waits)
				}
				var total time.Duration
				for _, w := range waits {
					total += w
				}
				if took := time.Since(start); took != total {
					t.Errorf("took %v, want %v", took, total)
				}
			})
		})
	}
}

func TestDoContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		calls := 0
		fail := func(context.Context) error { calls++; return Again(errUnavailable) }
		if err := Do(ctx, Policy{First: 2 * time.Second}, fail); err != errUnavailable || calls != 2 {
			t.Errorf("got error %v after %d calls, want %v after 2", err, calls, errUnavailable)
		}
		if err := Do(ctx, Policy{First: time.Second}, fail); !errors.Is(err, context.DeadlineExceeded) || calls != 2 {
			t.Errorf("expired context: got error %v after %d calls, want %v after 2", err, calls, context.DeadlineExceeded)
		}
	})
}

func TestBackoff(t *testing.T) {
	b := Policy{First: time.Second, Max: time.Minute, Jitter: 50}.Backoff()
	for _, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		if got := b.Next(); got < want/2 || got > want*3/2 {
			t.Errorf("Next() = %v, want %v ± 50 %%", got, want)
		}
	}
	b.Reset()
	if got := b.Next(); got > 3*time.Second/2 {
		t.Errorf("Next() after Reset = %v, want 1s ± 50 %%", got)
	}
}

func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := Sleep(ctx, time.Second/2); err != nil {
			t.Error(err)
		}
		for _, d := range []time.Duration{time.Minute, 0} {
			if err := Sleep(ctx, d); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Sleep(%v) = %v, want %v", d, err, context.DeadlineExceeded)
			}
		}
	})
}
