package daily

import (
	"context"
	"sync"
	"time"

	"k8sbot/bot"
)

// serve starts a goroutine for each tenant with due deliveries. The goroutines start new posts
// until ctx is done; posts in progress continue until working is done. lookup is the context for
// the query that finds the tenants.
func (w *Worker) serve(lookup, ctx, working context.Context) error {
	tenants, err := w.o.Store.DueTenants(lookup)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		poster, ok := w.o.Posters.Get(t.Platform)
		if !ok || !w.acquire(t) {
			continue // another replica serves the platform, or a goroutine serves the tenant
		}
		w.busy.Go(func() {
			defer w.release(t)
			w.serveTenant(ctx, working, t, poster)
		})
	}
	return nil
}

// serveTenant posts a tenant's due deliveries. If the platform has not answered recently,
// serveTenant starts with a single post.
func (w *Worker) serveTenant(ctx, working context.Context, t bot.Tenant, poster bot.Poster) {
	health, err := w.health(ctx, t)
	if err != nil || health.RetryAt.After(w.o.Now()) {
		return // the next tick tries again
	}
	if health.Failures > 0 || w.o.Now().Sub(health.OKAt) > warmFor {
		if !w.probe(ctx, working, t, poster, health) {
			return
		}
	}
	var running sync.WaitGroup
	defer running.Wait()
	slots, stop := make(chan struct{}, perTenant), make(chan struct{})
	var stopOnce sync.Once
	pace, total := limiter(poster.RateLimits().PerTenant), w.platformLimiter(t.Platform, poster)
	for {
		select {
		case slots <- struct{}{}:
		case <-stop:
			return
		case <-ctx.Done():
			return
		}
		if pace.Wait(ctx) != nil || total.Wait(ctx) != nil {
			return
		}
		select {
		case <-stop: // the process stopped while this waited
			return
		default:
		}
		v, ok, err := w.claim(ctx, t)
		if err != nil || !ok {
			return // the next tick finds the remaining deliveries
		}
		running.Go(func() {
			defer func() { <-slots }()
			if o := w.deliverClaimed(working, v, poster); o.pause > 0 {
				stopOnce.Do(func() { close(stop) })
				w.tenantFailed(working, t, o, health, false)
			} else if o.answered {
				w.tenantAnswered(working, t, false)
			}
		})
	}
}

// probe makes a single post to a tenant, unless another replica is already doing so. It returns
// true if the platform gave a clear answer.
func (w *Worker) probe(ctx, working context.Context, t bot.Tenant, poster bot.Poster, health TenantHealth) bool {
	if w.platformLimiter(t.Platform, poster).Wait(ctx) != nil {
		return false
	}
	bounded, cancel := withStoreTimeout(ctx)
	defer cancel()
	if ok, err := w.o.Store.Probe(bounded, t, lease); err != nil || !ok {
		return false
	}
	v, ok, err := w.claim(ctx, t)
	if err != nil || !ok {
		if err := w.o.Store.EndProbe(bounded, t); err != nil {
			w.o.Log.Warn("cannot end probe", "platform", t.Platform, "tenant", t.ID, "error", err)
		}
		return false
	}
	o := w.deliverClaimed(working, v, poster)
	switch {
	case o.pause > 0:
		w.tenantFailed(working, t, o, health, true)
	case o.answered:
		w.tenantAnswered(working, t, true)
		return true
	default: // nothing was sent
		if err := w.o.Store.EndProbe(bounded, t); err != nil {
			w.o.Log.Warn("cannot end probe", "platform", t.Platform, "tenant", t.ID, "error", err)
		}
		return health.Failures == 0 // other channels may have something to send
	}
	return false
}

func (w *Worker) health(ctx context.Context, t bot.Tenant) (TenantHealth, error) {
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	return w.o.Store.TenantHealth(ctx, t)
}

func (w *Worker) claim(ctx context.Context, t bot.Tenant) (bot.Delivery, bool, error) {
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	return w.o.Store.Claim(ctx, t, w.o.Owner, lease)
}

func (w *Worker) deliverClaimed(working context.Context, v bot.Delivery, poster bot.Poster) outcome {
	ctx, cancel := context.WithTimeout(working, lease)
	defer cancel()
	return w.deliver(ctx, v, poster)
}

// tenantFailed pauses a tenant on all replicas.
func (w *Worker) tenantFailed(ctx context.Context, t bot.Tenant, o outcome, health TenantHealth, probe bool) {
	pause := o.pause
	if o.backOff {
		pause = max(pause, min(firstPause<<min(health.Failures, 10), maxPause))
	}
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	w.o.Log.Warn("pausing tenant", "platform", t.Platform, "tenant", t.ID, "wait", pause)
	until := w.o.Now().Add(pause)
	err := recordOutcome(ctx, func(ctx context.Context) error { return w.o.Store.TenantFailed(ctx, t, until, probe) })
	if err != nil {
		w.o.Log.Error("cannot record tenant failure", "platform", t.Platform, "tenant", t.ID, "error", err)
	}
}

// tenantAnswered records that the platform answers. It always records the answer to a probe. To
// save store calls, it records other answers only if it has not recorded one recently.
func (w *Worker) tenantAnswered(ctx context.Context, t bot.Tenant, probe bool) {
	now := time.Now()
	w.mu.Lock()
	recent := now.Sub(w.answered[t]) < warmFor/4
	if !recent || probe {
		w.answered[t] = now
	}
	w.mu.Unlock()
	if recent && !probe {
		return
	}
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	err := recordOutcome(ctx, func(ctx context.Context) error { return w.o.Store.TenantAnswered(ctx, t, probe) })
	if err != nil {
		w.o.Log.Error("cannot record tenant health", "platform", t.Platform, "tenant", t.ID, "error", err)
	}
}
