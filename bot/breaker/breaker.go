// Package breaker bounds calls to something that may be away, such as a database:
// no call takes longer than a timeout, and after one that failed no further ones
// are made for a while. So what is away delays one answer and not all of them.
//
// It is a thin layer over github.com/sony/gobreaker, shared by the conversation
// and the platforms.
package breaker

import (
	"context"
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"
)

// ErrOpen is returned for a call that was not made, because an earlier one failed
// a moment ago. The earlier call returned the reason.
var ErrOpen = errors.New("not asked: it did not answer a moment ago")

// A Breaker is a circuit breaker that opens on the first failure. Several
// goroutines may use it.
type Breaker struct {
	circuit *gobreaker.CircuitBreaker[struct{}]
}

// New returns a closed Breaker. After a call that failed, no calls are made for
// cooldown. Then a single call decides whether it closes again.
func New(cooldown time.Duration) *Breaker {
	return &Breaker{
		circuit: gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
			Timeout:     cooldown,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures > 0 },
			// A caller who gives up says nothing about what was called.
			IsExcluded: func(err error) bool { return errors.Is(err, errGaveUp) },
		}),
	}
}

// errGaveUp marks an error that the end of the caller's context may have caused.
var errGaveUp = errors.New("the caller gave up")

// Do makes a call, whose context ends after timeout, and returns its error; or
// returns [ErrOpen] without making it.
func (b *Breaker) Do(ctx context.Context, timeout time.Duration, call func(context.Context) error) error {
	var err error
	_, refused := b.circuit.Execute(func() (struct{}, error) {
		bounded, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		err = call(bounded)
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

// Open reports whether calls are not made now.
func (b *Breaker) Open() bool { return b.circuit.State() == gobreaker.StateOpen }
