package daily

import (
	"context"
	"errors"
	"time"
)

// Run posts until ctx is done. Then it finishes the running posts, for a few seconds at
// most.
func (w *Worker) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer w.finish(cut)
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	var measured time.Time
	for storeDown := false; ; {
		start := time.Now()
		more, err := w.tick(ctx, working)
		if err == nil && start.Sub(measured) >= backlogEvery {
			measured = start
			err = w.reportBacklog(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.o.Log.Error("store unavailable, daily terms paused", "error", err, "took", time.Since(start).Round(time.Millisecond))
		case err == nil && storeDown:
			w.o.Log.Info("store available again, daily terms resume")
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

// tick plans what is due and serves the tenants that have something to post. more is set
// if further schedules are due.
func (w *Worker) tick(ctx, working context.Context) (more bool, err error) {
	bounded, cancel := withStoreTimeout(ctx)
	defer cancel()
	more, err = w.plan(bounded)
	if err = errors.Join(err, w.serve(bounded, ctx, working)); err == nil {
		w.o.Observer.Ticked(w.o.Now())
	}
	return more, err
}

// reportBacklog reports the backlog.
func (w *Worker) reportBacklog(ctx context.Context) error {
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	due, oldest, err := w.o.Store.Backlog(ctx)
	if err == nil {
		w.o.Observer.Backlog(due, oldest)
	}
	return err
}

// finish waits for the running posts, and cuts off those that take too long.
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
