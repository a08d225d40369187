// Package system provides what commands need from the operating system: signals that end a
// command, Ctrl-Z, and the locale and time zone of the terminal.
package system

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// A SignalError is the cause of a context that ended because the process received a signal.
type SignalError struct{ signal syscall.Signal }

func (e SignalError) Error() string { return e.signal.String() }

// Status returns the exit status that shells report for a command that a signal ended
// (https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html).
func (e SignalError) Status() int { return 128 + int(e.signal) }

// Interrupted is the error of a command that ended because the user pressed Ctrl-C.
var Interrupted error = SignalError{syscall.SIGINT}

// SignalOf returns the [SignalError] that ended ctx, or nil if there is none.
func SignalOf(ctx context.Context) error {
	var err SignalError
	if errors.As(context.Cause(ctx), &err) {
		return err
	}
	return nil
}

// WithSignals returns a context that ends with a [SignalError] when the process receives
// SIGINT or SIGTERM. After stop is called, these signals have their default effect again.
// SIGPIPE is ignored, so that writing to a closed pipe, for example to head, returns an error
// instead of ending the process.
func WithSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signal.Ignore(syscall.SIGPIPE)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			if s, ok := s.(syscall.Signal); ok {
				cancel(SignalError{s})
			}
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}
