// Package retry repeats calls that failed. All adapters use it, so that the rules for
// repeating and waiting are in one place.
//
// It adds two things to github.com/sethvargo/go-retry: it waits at least as long as a platform
// requests, for example in Retry-After, and it returns the call's last error instead of the
// context's error.
package retry

import (
	"context"
	"errors"
	"time"

	"github.com/sethvargo/go-retry"
)

// A Policy says how many times a call is made, and how long to wait between the attempts.
type Policy struct {
	// First is the delay before the second try. The delay doubles for each further try.
	First time.Duration
	// Max is the maximum delay, unless [After] asks for a longer delay; 0 means no maximum.
	Max time.Duration
	// Jitter changes each delay at random by up to this many percent, in either direction.
	Jitter uint64
	// Tries is the maximum number of calls, including the first; 0 means no maximum.
	Tries int
	// Notify, if it is not nil, is called after each failed try that will be repeated,
	// with its error and the delay.
	Notify func(err error, wait time.Duration)
}

// A retryable is an error after which the call is repeated.
type retryable struct {
	error
	wait time.Duration
}

func (r *retryable) Unwrap() error { return r.error }

// Again marks err as an error after which [Do] repeats the call. It returns nil if err is nil.
func Again(err error) error { return After(err, 0) }

// After is like [Again], but [Do] waits for at least the given time before it repeats the call.
// It returns nil if err is nil.
func After(err error, wait time.Duration) error {
	if err == nil {
		return nil
	}
	return &retryable{err, wait}
}

// Do repeats call until call returns nil or an error that is not marked by [Again] or [After],
// until no tries are left, or until ctx is done. Do returns call's last error, without the mark. It
// returns ctx's error only if ctx was done before the first call.
func Do(ctx context.Context, p Policy, call func(context.Context) error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	waits := p.Backoff()
	var last error
	var asked time.Duration
	tries := 0
	next := retry.BackoffFunc(func() (time.Duration, bool) {
		if tries == p.Tries {
			return 0, true
		}
		wait := max(waits.Next(), asked)
		if p.Notify != nil {
			p.Notify(last, wait)
		}
		return wait, false
	})
	_ = retry.Do(ctx, next, func(ctx context.Context) error {
		tries++
		last = call(ctx)
		var a *retryable
		if !errors.As(last, &a) || ctx.Err() != nil {
			return last
		}
		last, asked = a.error, a.wait
		return retry.RetryableError(last)
	})
	var a *retryable
	if errors.As(last, &a) {
		return a.error
	}
	return last
}

// A Backoff is a policy's sequence of delays. It is for loops that do more than repeat a call,
// such as a loop that keeps a connection open.
type Backoff struct {
	policy Policy
	waits  retry.Backoff
}

// Backoff returns the policy's delays, starting with the first one. It ignores Tries.
func (p Policy) Backoff() *Backoff {
	b := &Backoff{policy: p}
	b.Reset()
	return b
}

// Next returns the next delay.
func (b *Backoff) Next() time.Duration {
	wait, _ := b.waits.Next()
	return wait
}

// Reset restarts the sequence with the first delay.
func (b *Backoff) Reset() {
	waits := retry.NewExponential(b.policy.First)
	if b.policy.Max > 0 {
		waits = retry.WithCappedDuration(b.policy.Max, waits)
	}
	if b.policy.Jitter > 0 {
		waits = retry.WithJitterPercent(b.policy.Jitter, waits)
	}
	b.waits = waits
}

// Sleep waits for d and returns nil. If ctx is done first, it returns ctx's error.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
