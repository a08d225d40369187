// Package retry makes calls again that failed. All adapters use it, so that what
// is waited for, and for how long, is said in one place.
//
// It adds two things to github.com/sethvargo/go-retry: the wait that a platform
// asked for, as in Retry-After, and the last error instead of the context's.
package retry

import (
	"context"
	"errors"
	"time"

	"github.com/sethvargo/go-retry"
)

// A Policy says how often, and after which waits, a call is made again.
type Policy struct {
	// First is the wait before the second try. It doubles for each further one.
	First time.Duration
	// Max is the longest wait, unless [After] asks for more; 0 for no limit.
	Max time.Duration
	// Jitter makes each wait longer or shorter at random, by up to so many percent.
	Jitter uint64
	// Tries is the number of calls in all; 0 for no limit.
	Tries int
	// Notify is told of each failed try that another one follows after wait; may be
	// nil.
	Notify func(err error, wait time.Duration)
}

// retryable is an error after which the call is made again.
type retryable struct {
	error
	wait time.Duration
}

func (a *retryable) Unwrap() error { return a.error }

// Again marks an error after which the call may be made again; nil stays nil.
func Again(err error) error { return After(err, 0) }

// After marks an error after which the call may be made again, but not before wait
// is over; nil stays nil.
func After(err error, wait time.Duration) error {
	if err == nil {
		return nil
	}
	return &retryable{err, wait}
}

// Do makes a call until it returns nil or an error that is not marked by [Again] or
// [After], the tries are used up, or ctx ends. It returns the call's last error,
// without the mark, and the error of ctx only if there was no call.
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

// A Backoff is the sequence of waits of a policy, for loops that are more than a
// call: a connection that is lost long after it was opened.
type Backoff struct {
	policy Policy
	waits  retry.Backoff
}

// Backoff returns the waits of a policy from the first one on. They never end,
// whatever Tries says.
func (p Policy) Backoff() *Backoff {
	b := &Backoff{policy: p}
	b.Reset()
	return b
}

// Next returns how long to wait.
func (b *Backoff) Next() time.Duration {
	wait, _ := b.waits.Next()
	return wait
}

// Reset begins with the first wait again.
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

// Sleep waits, and returns the error of ctx if that ends first.
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
