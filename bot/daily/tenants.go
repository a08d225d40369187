package daily

import (
	"context"
	"sync"

	"k8sbot/bot"
)

// serveTenants starts a goroutine for each tenant with deliveries to claim. After ctx
// ends they claim no more, but deliveries in progress go on until working ends.
func (w *Worker) serveTenants(ctx, working context.Context) error {
	tenants, err := w.opts.Store.DueTenants(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		poster, ok := w.opts.Posters.Get(t.Platform)
		if !ok || !w.acquire(t) {
			continue // not this replica's platform, or not now
		}
		w.workers.Go(func() {
			defer w.release(t)
			w.tenantWorker(ctx, working, t, poster)
		})
	}
	return nil
}

// tenantWorker claims the deliveries of a tenant that are due, as fast as the platform
// allows, and makes up to perTenant of them at the same time.
func (w *Worker) tenantWorker(ctx, working context.Context, t bot.Tenant, poster bot.Poster) {
	var deliveries sync.WaitGroup
	defer deliveries.Wait()
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
		d, ok, err := w.opts.Store.Claim(ctx, t, w.opts.Owner, lease)
		if err != nil || !ok {
			return // the next tick finds the rest
		}
		deliveries.Go(func() {
			defer func() { <-slots }()
			delivering, cancel := context.WithTimeout(working, lease)
			defer cancel()
			w.deliver(delivering, d, poster)
		})
	}
}
