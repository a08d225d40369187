package daily

import (
	"context"
	"errors"
	"time"
)

// Run posts until ctx ends; then it finishes the posts that are under way, for a few
// seconds at most.
func (w *Worker) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer w.drain(cut)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for storeDown := false; ; {
		more, err := w.plan(ctx)
		err = errors.Join(err, w.serveTenants(ctx, working))
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.opts.Log.Error("daily terms wait for the store", "error", err)
		case err == nil && storeDown:
			w.opts.Log.Info("the store is back: daily terms go on")
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

// drain waits for what is under way, and cuts off what takes too long.
func (w *Worker) drain(cut func()) {
	done := make(chan struct{})
	go func() { w.workers.Wait(); close(done) }()
	timer := time.NewTimer(stopWait)
	defer timer.Stop()
	select {
	case <-done:
		return
	case <-timer.C:
		cut()
	}
	<-done
}
