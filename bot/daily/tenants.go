package daily

import (
	"context"
	"sync"

	"k8sbot/bot"
)

// serveTenants starts a goroutine for each tenant with deliveries that are due. What has
// begun goes on until working ends.
func (w *Worker) serveTenants(ctx, working context.Context) error {
	tenants, err := w.opts.Store.DueTenants(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		poster, ok := w.opts.Posters.Get(t.Platform)
		if !ok || !w.acquire(t) {
			continue // another replica's platform, or it is being served
		}
		w.workers.Go(func() {
			defer w.release(t)
			w.tenantWorker(ctx, working, t, poster)
		})
	}
	return nil
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
		v, ok, err := w.opts.Store.Claim(ctx, t, w.opts.Owner, lease)
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
