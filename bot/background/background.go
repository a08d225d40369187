// Package background makes calls to a store that no reply waits for.
package background

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"k8sbot/bot/breaker"
)

const (
	// maxCalls is how many calls run at the same time. Further ones are dropped, since their
	// data may be incomplete.
	maxCalls = 16
	// timeout is how long a call may take.
	timeout = 5 * time.Second
)

// A Runner runs calls. It is safe for concurrent use.
type Runner struct {
	breaker *breaker.Breaker
	slots   chan struct{} // one per running call
	calls   sync.WaitGroup
}

// New returns a Runner for the calls that a breaker guards.
func New(b *breaker.Breaker) *Runner {
	return &Runner{breaker: b, slots: make(chan struct{}, maxCalls)}
}

// Go runs a call, and logs failed if it returns an error. The call outlives ctx. It is dropped
// if too many are running or the breaker is open.
func (r *Runner) Go(ctx context.Context, log *slog.Logger, failed string, call func(context.Context) error) {
	if r.breaker.Open() {
		return
	}
	select {
	case r.slots <- struct{}{}:
	default:
		return
	}
	r.calls.Go(func() {
		defer func() { <-r.slots }()
		err := r.breaker.Do(context.WithoutCancel(ctx), timeout, call)
		if err != nil && !errors.Is(err, breaker.ErrOpen) {
			log.Warn(failed, "error", err)
		}
	})
}

// Wait waits for the running calls.
func (r *Runner) Wait() { r.calls.Wait() }
