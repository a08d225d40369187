// Package breaker implements a circuit breaker with a timeout, for calls to a database, or to
// another service that may be down. No call takes longer than the timeout, and after a failure no
// calls are made for a while. So a service that is down delays one answer, not all of them.
//
// The package is a thin layer over github.com/sony/gobreaker. Package bot and the platforms'
// adapters use it.
package breaker

import (
	"context"
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"
)

// ErrOpen is returned if a call was not made because an earlier call failed within the cooldown.
// The earlier call returned the reason.
var ErrOpen = errors.New("not called: an earlier call failed a moment ago")

// A Breaker opens on the first failure. It is safe for concurrent use.
type Breaker struct {
	circuit *gobreaker.CircuitBreaker[struct{}]
}

// New returns a closed Breaker. After a failure, the breaker stays open for the given cooldown, and
// no calls are made. Then the result of a single call decides whether the breaker closes or stays
// open.
func New(cooldown time.Duration) *Breaker {
	return &Breaker{
		circuit: gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
			Timeout:     cooldown,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures > 0 },
			// A caller that gives up does not mean that the service is down.
			IsExcluded: func(err error) bool { return errors.Is(err, errGaveUp) },
		}),
	}
}

// errGaveUp marks an error that may have been caused by the end of the caller's context.
var errGaveUp = errors.New("the caller gave up")

// Do runs call with a context that ends after timeout, and returns call's error. If the breaker is
// open, Do returns [ErrOpen] instead. An error does not open the breaker if ctx is done.
func (b *Breaker) Do(ctx context.Context, timeout time.Duration, call func(context.Context) error) error {
	var err error
	_, refused := b.circuit.Execute(func() (struct{}, error) {
		callCtx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		err = call(callCtx)
		if err != nil && ctx.Err() != nil {
			return struct{}{}, errGaveUp
		}
		return struct{}{}, err
	})
	if errors.Is(refused, gobreaker.ErrOpenState) || errors.Is(refused, gobreaker.ErrTooManyRequests) {
		return ErrOpen
	}
	return err
}

// Open reports whether the breaker is open, so that calls return [ErrOpen].
func (b *Breaker) Open() bool { return b.circuit.State() == gobreaker.StateOpen }
