package daily

import (
	"context"
	"errors"
	"time"
)

// Run posts daily terms until ctx is done. It then waits for posts in progress, at most a few
// seconds. It always returns nil.
func (w *Worker) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer w.finish(cut)
	ticker := time.NewTicker(w.o.Tick)
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
			w.o.Log.Error("store unavailable, pausing daily terms", "error", err, "took", time.Since(start).Round(time.Millisecond))
		case err == nil && storeDown:
			w.o.Log.Info("store available again, resuming daily terms")
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

// tick plans the schedules that are due and serves the tenants that have deliveries. It returns
// true if more schedules are due.
func (w *Worker) tick(ctx, working context.Context) (more bool, err error) {
	bounded, cancel := withStoreTimeout(ctx)
	defer cancel()
	more, err = w.plan(bounded)
	if err = errors.Join(err, w.serve(bounded, ctx, working)); err == nil {
		w.o.Observer.Ticked(w.o.Now())
	}
	return more, err
}

// reportBacklog sends the size of the backlog to the observer.
func (w *Worker) reportBacklog(ctx context.Context) error {
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	due, oldest, err := w.o.Store.Backlog(ctx)
	if err == nil {
		w.o.Observer.Backlog(due, oldest)
	}
	return err
}

// finish waits for the posts in progress. If they take longer than stopWait, it calls cut to
// abort them.
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
