package platform

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Workers is a pool of goroutines that run jobs. If a job panics, the panic is logged and
// the other jobs continue.
type Workers struct {
	log     *slog.Logger
	timeout time.Duration

	mu     sync.RWMutex // held for reading while queueing a job
	closed bool
	jobs   chan func(context.Context)
	busy   sync.WaitGroup
	ctx    context.Context // parent of all jobs' contexts; cancelled when Shutdown returns
	cancel context.CancelFunc
}

// NewWorkers starts n workers with a queue of the given length. The context of each job
// ends after timeout.
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
			w.log.Error("job panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	job(ctx)
}

// Run runs a job on the caller's goroutine, with the same timeout and handling of panics
// as on a worker. Shutdown waits for it too.
func (w *Workers) Run(job func(context.Context)) {
	w.mu.RLock()
	if !w.closed {
		w.busy.Add(1)
		defer w.busy.Done()
	}
	w.mu.RUnlock()
	w.run(w.ctx, job)
}

// Do queues a job. It returns false without queueing the job if the queue is full or
// Shutdown has been called.
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

// Waiting returns the number of queued jobs that no worker has started.
func (w *Workers) Waiting() int { return len(w.jobs) }

// Shutdown stops accepting jobs and waits for the queued ones. If ctx is done first, it
// cancels them and returns the error of ctx.
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
