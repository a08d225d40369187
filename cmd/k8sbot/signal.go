package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// A signalError is why a context ended: the process got a signal.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return e.signal.String() }

// status returns the exit status by which shells tell that a signal ended a command.
func (e signalError) status() int { return 128 + int(e.signal) }

// withSignals returns a context that ends with a [signalError] if the process is
// interrupted or terminated, until stop is called.
func withSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			if s, ok := s.(syscall.Signal); ok {
				cancel(signalError{s})
			}
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
