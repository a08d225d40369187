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
	defer w.finish(cut)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for storeDown := false; ; {
		more, err := w.plan(ctx)
		err = errors.Join(err, w.serve(ctx, working))
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.o.Log.Error("daily terms wait for the store", "error", err)
		case err == nil && storeDown:
			w.o.Log.Info("the store is back: daily terms go on")
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

// finish waits for what is under way, and cuts off what takes too long.
func (w *Worker) finish(cut func()) {
	done := make(chan struct{})
	go func() { w.busy.Wait(); close(done) }()
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
