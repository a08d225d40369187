// Package task runs the program's concurrent tasks.
package task

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// All runs tasks concurrently and waits until all have ended. If a task fails, All cancels the
// context of the other tasks. It returns the errors of all tasks.
func All(ctx context.Context, tasks []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(tasks))
	for _, task := range tasks {
		go func() { ended <- task(ctx) }()
	}
	var errs error
	for range tasks {
		if err := <-ended; err != nil {
			errs = errors.Join(errs, err)
			cancel()
		}
	}
	return errs
}

// sweepEvery is the interval between deletions of expired data.
const sweepEvery = time.Hour

// sweepTimeout limits one sweep. The next sweep deletes the remaining data.
const sweepTimeout = 5 * time.Minute

// Sweep deletes expired data by calling sweeps every sweepEvery until ctx is done. It logs
// their errors.
func Sweep(ctx context.Context, log *slog.Logger, sweeps ...func(context.Context) error) error {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			sweepCtx, cancel := context.WithTimeout(ctx, sweepTimeout)
			var err error
			for _, sweep := range sweeps {
				err = errors.Join(err, sweep(sweepCtx))
			}
			cancel()
			if err != nil && ctx.Err() == nil {
				log.Error("cannot delete expired data, will retry", "error", err)
			}
		}
	}
}
