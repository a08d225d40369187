package daily

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
)

// serve starts a goroutine for each tenant with deliveries that are due. What has
// begun goes on until working ends.
func (w *Worker) serve(ctx, working context.Context) error {
	tenants, err := w.o.Store.DueTenants(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		poster, ok := w.o.Posters.Get(t.Platform)
		if !ok || !w.acquire(t) {
			continue // another replica's platform, or it is being served
		}
		w.busy.Go(func() {
			defer w.release(t)
			w.tenantWorker(ctx, working, t, poster)
		})
	}
	return nil
}

// acquire marks a tenant as being served, and reports false if it is already, or too
// many are, or the tenant has had enough for now.
func (w *Worker) acquire(t bot.Tenant) bool {
	if w.backingOff(t) {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tenants[t] {
		return false
	}
	select {
	case w.slots <- struct{}{}:
		w.tenants[t] = true
		return true
	default:
		return false
	}
}

func (w *Worker) release(t bot.Tenant) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants, t)
	<-w.slots
}

// backOff leaves a tenant alone for some time. Another replica finds out by itself.
func (w *Worker) backOff(t bot.Tenant, wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if until := time.Now().Add(wait); until.After(w.backOffs[t]) {
		w.backOffs[t] = until
	}
}

func (w *Worker) backingOff(t bot.Tenant) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	until, ok := w.backOffs[t]
	if ok && time.Now().Before(until) {
		return true
	}
	delete(w.backOffs, t)
	return false
}

// tenantWorker posts what a tenant has due, one after the other at the pace that the
// platform allows, and none waits for the answer to another.
func (w *Worker) tenantWorker(ctx, working context.Context, t bot.Tenant, poster bot.Poster) {
	var underWay sync.WaitGroup
	defer underWay.Wait()
	slots := make(chan struct{}, perTenant)
	pace, total := limiter(poster.RateLimits().PerTenant), w.platformLimiter(t.Platform, poster)
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return
		}
		if pace.Wait(ctx) != nil || total.Wait(ctx) != nil || w.backingOff(t) {
			return
		}
		v, ok, err := w.o.Store.Claim(ctx, t, w.o.Owner, lease)
		if err != nil || !ok {
			return // the next tick finds what is left
		}
		underWay.Go(func() {
			defer func() { <-slots }()
			delivering, cancel := context.WithTimeout(working, lease)
			defer cancel()
			w.deliver(delivering, v, poster)
		})
	}
}

// limiter lets a number of messages pass in a second, and a second's worth at once.
func limiter(perSecond float64) *rate.Limiter {
	if perSecond == 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(int(perSecond), 1))
}

// platformLimiter returns the limiter of all tenants of a platform.
func (w *Worker) platformLimiter(p bot.Platform, poster bot.Poster) *rate.Limiter {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.limiters[p]
	if l == nil {
		l = limiter(poster.RateLimits().Total)
		w.limiters[p] = l
	}
	return l
}
