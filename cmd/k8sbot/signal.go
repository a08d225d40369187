package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// A signalError is the cause of a context that ended because the process got a signal.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string { return e.signal.String() }

// status returns the exit status that shells report for a command that a signal ended
// (https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html).
func (e signalError) status() int { return 128 + int(e.signal) }

// signalOf returns the signal that ended ctx, or nil if none did.
func signalOf(ctx context.Context) error {
	var err signalError
	if errors.As(context.Cause(ctx), &err) {
		return err
	}
	return nil
}

// withSignals returns a context that ends with a [signalError] when the process gets
// SIGINT or SIGTERM. After stop, these signals have their default effect again. SIGPIPE is
// ignored, so that writing to a closed pipe, as of head, is an error that [run] expects.
func withSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signal.Ignore(syscall.SIGPIPE)
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
