package daily

import (
	"context"
	"errors"
	"time"
)

// Run posts daily terms until ctx ends. Then it finishes the posts in progress, which
// takes a few seconds at most. The error is always nil.
func (w *Worker) Run(ctx context.Context) error {
	working, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	defer w.drain(abort)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for storeDown := false; ; {
		more, err := w.plan(ctx)
		err = errors.Join(err, w.serveTenants(ctx, working))
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.opts.Log.Error("cannot plan deliveries, will retry", "error", err)
		case err == nil && storeDown:
			w.opts.Log.Info("planning deliveries again")
		}
		if storeDown = err != nil; more && !storeDown {
			continue
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// drain waits for the posts in progress. After stopTimeout it calls abort, which ends
// their contexts.
func (w *Worker) drain(abort func()) {
	done := make(chan struct{})
	go func() { w.workers.Wait(); close(done) }()
	timer := time.NewTimer(stopTimeout)
	defer timer.Stop()
	select {
	case <-done:
		return
	case <-timer.C:
		abort()
	}
	<-done
}
