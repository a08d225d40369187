package platform

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Workers carry out jobs, a bounded number at a time. A job that panics is
// logged and ends alone.
type Workers struct {
	log     *slog.Logger
	timeout time.Duration

	mu     sync.RWMutex // held for reading while a job is queued
	closed bool
	jobs   chan func(context.Context)
	busy   sync.WaitGroup
	ctx    context.Context // of all jobs; ends when Shutdown does
	cancel context.CancelFunc
}

// NewWorkers starts n workers, for which as many jobs as queue may wait. Each
// job's context ends after timeout.
func NewWorkers(n, queue int, timeout time.Duration, log *slog.Logger) *Workers {
	ctx, cancel := context.WithCancel(context.Background())
	w := &Workers{log: log, timeout: timeout, jobs: make(chan func(context.Context), queue), ctx: ctx, cancel: cancel}
	for range n {
		w.busy.Go(func() {
			for job := range w.jobs {
				w.run(ctx, job)
			}
		})
	}
	return w
}

func (w *Workers) run(ctx context.Context, job func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			w.log.Error("a job ended in a panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	job(ctx)
}

// Run carries out a job on the caller's goroutine, with the deadline of a worker's
// job; Shutdown waits for it too.
func (w *Workers) Run(job func(context.Context)) {
	w.mu.RLock()
	if !w.closed {
		w.busy.Add(1)
		defer w.busy.Done()
	}
	w.mu.RUnlock()
	w.run(w.ctx, job)
}

// Do queues a job. It reports false, and drops the job, if the queue is full or the
// workers are stopping.
func (w *Workers) Do(job func(context.Context)) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return false
	}
	select {
	case w.jobs <- job:
		return true
	default:
		return false
	}
}

// Shutdown takes no more jobs and returns when all queued ones are done, or
// with the error of ctx when that ends first; then the jobs are cancelled.
func (w *Workers) Shutdown(ctx context.Context) error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.jobs)
	}
	w.mu.Unlock()
	done := make(chan struct{})
	go func() { w.busy.Wait(); close(done) }()
	defer w.cancel()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
