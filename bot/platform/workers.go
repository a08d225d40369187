package platform

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// Workers is a pool of goroutines that run tenants' jobs. If a job panics, the panic is logged
// and the other jobs continue.
//
// The pool is fair: a free worker runs a job of the tenant with the fewest running jobs (max-min
// fairness). If there are several such tenants, the worker chooses the one that has waited longest.
// The number of waiting jobs does not matter. No tenant runs more than [Capacity].PerTenant jobs at
// a time, and the last quarter of the workers is for tenants that have no running job. So a tenant
// that floods the pool, or whose jobs are slow because the platform limits its rate, delays only
// its own jobs.
type Workers struct {
	log      *slog.Logger
	timeout  time.Duration
	capacity Capacity

	mu      sync.Mutex
	closed  bool
	lanes   map[string]*lane // keyed by tenant; only tenants with a job
	turns   []*lane          // lanes that may start a job; the one that has waited longest comes first
	waiting int
	running int
	busy    sync.WaitGroup
	ctx     context.Context // parent of all jobs' contexts; canceled when Shutdown returns
	cancel  context.CancelFunc
}

// A Capacity limits a pool of [Workers].
type Capacity struct {
	Workers   int // the maximum number of running jobs
	PerTenant int // the maximum number of running jobs for one tenant
	// Queue is the maximum number of waiting jobs. A tenant may have as many waiting jobs as there
	// are free places (dynamic thresholds, https://doi.org/10.1109/90.664262). A single tenant can
	// therefore fill half of Queue, and a tenant that floods the pool leaves room for other
	// tenants.
	Queue int
}

// A lane contains one tenant's jobs.
type lane struct {
	tenant  string
	jobs    []func(context.Context) // waiting, oldest first
	running int
	inTurns bool
}

// NewWorkers returns a pool without jobs. The context of each job is canceled after timeout.
func NewWorkers(c Capacity, timeout time.Duration, log *slog.Logger) *Workers {
	ctx, cancel := context.WithCancel(context.Background())
	return &Workers{log: log, timeout: timeout, capacity: c, lanes: make(map[string]*lane), ctx: ctx, cancel: cancel}
}

// Do queues a job for a tenant. It returns false without queueing the job if atMost of the
// tenant's jobs are already waiting, if the queue has no room for the tenant, or if Shutdown has
// been called.
func (w *Workers) Do(tenant string, atMost int, job func(context.Context)) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.lanes[tenant]
	if l == nil {
		l = &lane{tenant: tenant}
	}
	if n := len(l.jobs); w.closed || n >= atMost || n >= w.capacity.Queue-w.waiting {
		return false
	}
	w.lanes[tenant] = l
	l.jobs = append(l.jobs, job)
	w.waiting++
	w.takeTurn(l)
	if w.running < w.capacity.Workers {
		if l, next := w.next(); next != nil {
			w.busy.Go(func() { w.work(l, next) })
		}
	}
	return true
}

// takeTurn appends a lane to turns if it has a job that may start.
func (w *Workers) takeTurn(l *lane) {
	if !l.inTurns && len(l.jobs) > 0 && l.running < w.capacity.PerTenant {
		l.inTurns = true
		w.turns = append(w.turns, l)
	}
}

// next returns the next job and its lane, and counts the job as running. It returns nil if no
// job may start.
func (w *Workers) next() (*lane, func(context.Context)) {
	if len(w.turns) == 0 {
		return nil, nil
	}
	first := 0
	for i, l := range w.turns {
		if l.running < w.turns[first].running {
			first = i
		}
	}
	l := w.turns[first]
	if w.turns[first].running > 0 && w.running >= w.capacity.Workers-w.capacity.Workers/4 {
		return nil, nil // each job that ends looks again
	}
	w.turns = slices.Delete(w.turns, first, first+1)
	job := l.jobs[0]
	l.jobs[0], l.jobs = nil, l.jobs[1:]
	l.inTurns = false
	l.running++
	w.running++
	w.waiting--
	w.takeTurn(l)
	return l, job
}

// work runs a job, and then further jobs, until no job may start.
func (w *Workers) work(l *lane, job func(context.Context)) {
	for job != nil {
		w.run(w.ctx, job)
		w.mu.Lock()
		w.running--
		l.running--
		w.takeTurn(l)
		if l.running == 0 && len(l.jobs) == 0 {
			delete(w.lanes, l.tenant)
		}
		l, job = w.next()
		w.mu.Unlock()
	}
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

// Run runs a job on the caller's goroutine, with the same timeout and panic handling as on a
// worker. Shutdown also waits for this job.
func (w *Workers) Run(job func(context.Context)) {
	w.mu.Lock()
	if !w.closed {
		w.busy.Add(1)
		defer w.busy.Done()
	}
	w.mu.Unlock()
	w.run(w.ctx, job)
}

// Shutdown stops accepting jobs and waits for the accepted jobs. If ctx is done first, it cancels
// these jobs and returns ctx's error.
func (w *Workers) Shutdown(ctx context.Context) error {
	w.mu.Lock()
	w.closed = true
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
