// Package background makes store calls that no reply needs to wait for.
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
	// maxCalls is the maximum number of concurrent calls. Further calls are dropped, since the data
	// that they store need not be complete.
	maxCalls = 16
	// timeout limits how long a call may take.
	timeout = 5 * time.Second
)

// A Runner runs calls in the background. It is safe for concurrent use.
type Runner struct {
	breaker *breaker.Breaker
	slots   chan struct{} // has one value per running call
	calls   sync.WaitGroup
}

// New returns a Runner whose calls are guarded by b.
func New(b *breaker.Breaker) *Runner {
	return &Runner{breaker: b, slots: make(chan struct{}, maxCalls)}
}

// Go runs a call in the background. If the call returns an error, Go logs that error; failed is the
// log message. The call continues after ctx is done. Go drops the call if too many calls are in
// progress, or if the breaker is open.
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

// Wait waits for the calls in progress.
func (r *Runner) Wait() { r.calls.Wait() }
