package retry

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

var errAway = errors.New("away")

func TestDo(t *testing.T) {
	again := func(wait time.Duration) error { return After(errAway, wait) }
	for name, tt := range map[string]struct {
		policy Policy
		errs   []error // of each call; the last one repeats
		want   error
		waits  []time.Duration
	}{
		"success":   {Policy{First: 1}, []error{nil}, nil, nil},
		"permanent": {Policy{First: 1}, []error{errAway}, errAway, nil},
		"second try": {Policy{First: time.Second}, []error{again(0), nil}, nil,
			[]time.Duration{time.Second}},
		"tries end": {Policy{First: time.Second, Tries: 4}, []error{again(0)}, errAway,
			[]time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"longest wait": {Policy{First: time.Second, Max: 3 * time.Second, Tries: 5}, []error{again(0)}, errAway,
			[]time.Duration{time.Second, 2 * time.Second, 3 * time.Second, 3 * time.Second}},
		"asked to wait": {Policy{First: time.Second, Max: 2 * time.Second, Tries: 3}, []error{again(time.Minute), again(0)}, errAway,
			[]time.Duration{time.Minute, 2 * time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var waits []time.Duration
				tt.policy.Notify = func(err error, wait time.Duration) {
					if err != errAway {
						t.Errorf("told of %v", err)
					}
					waits = append(waits, wait)
				}
				start, calls := time.Now(), 0
				err := Do(t.Context(), tt.policy, func(context.Context) error {
					calls++
					return tt.errs[min(calls, len(tt.errs))-1]
				})
				if err != tt.want || !slices.Equal(waits, tt.waits) || calls != len(waits)+1 {
					t.Errorf("%v after %d calls and waits of %v, want %v and %v", err, calls, waits, tt.want, tt.waits)
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
		fail := func(context.Context) error { calls++; return Again(errAway) }
		if err := Do(ctx, Policy{First: 2 * time.Second}, fail); err != errAway || calls != 2 {
			t.Errorf("%v after %d calls, want the last error after 2", err, calls)
		}
		if err := Do(ctx, Policy{First: time.Second}, fail); !errors.Is(err, context.DeadlineExceeded) || calls != 2 {
			t.Errorf("%v after %d calls, want the error of the context and no further call", err, calls)
		}
	})
}

func TestBackoff(t *testing.T) {
	b := Policy{First: time.Second, Max: time.Minute, Jitter: 50}.Backoff()
	for _, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
		if got := b.Next(); got < want/2 || got > want*3/2 {
			t.Errorf("waits %v, want %v give or take a half", got, want)
		}
	}
	b.Reset()
	if got := b.Next(); got > 3*time.Second/2 {
		t.Errorf("waits %v after a reset", got)
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
				t.Errorf("Sleep(%v) = %v", d, err)
			}
		}
	})
}
