package digest

import (
	"context"
	"errors"
	"time"

	"golang.org/x/time/rate"

	"k8sbot/bot"
	"k8sbot/bot/review"
)

// Run sends digests until ctx is done. It then waits for messages in progress, at most a few
// seconds.
func (w *Worker) Run(ctx context.Context) error {
	working, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer func() {
		timer := time.AfterFunc(stopWait, cut)
		defer timer.Stop()
		w.busy.Wait()
	}()
	ticker := time.NewTicker(w.o.Tick)
	defer ticker.Stop()
	for storeDown := false; ; {
		err := w.poll(ctx, working)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !storeDown:
			w.o.Log.Error("store unavailable, pausing digests", "error", err)
		case err == nil && storeDown:
			w.o.Log.Info("store available again, resuming digests")
		}
		storeDown = err != nil
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// poll starts a goroutine for each tenant with due digests. The goroutines start new messages
// until ctx is done; messages in progress continue until working is done.
func (w *Worker) poll(ctx, working context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	now := w.o.Now()
	due, err := w.o.Reviewer.Store.DueDigests(bounded, now, batch)
	if err != nil {
		return err
	}
	byTenant := make(map[bot.Tenant][]review.Digest)
	for _, d := range due {
		t := tenantOf(d.Learner)
		if _, ok := w.messenger(t); ok || now.Sub(d.Next) >= foreignGrace {
			byTenant[t] = append(byTenant[t], d)
		}
	}
	for t, digests := range byTenant {
		if !w.acquire(t) {
			continue // its goroutine is still busy
		}
		w.busy.Go(func() {
			defer w.release(t)
			for _, d := range digests {
				if ctx.Err() != nil || !w.serve(ctx, working, t, d) {
					return // the next poll finds the remaining digests
				}
			}
		})
	}
	return nil
}

func tenantOf(l review.Learner) bot.Tenant {
	return bot.Tenant{Platform: bot.Platform(l.Platform), ID: l.Tenant}
}

func (w *Worker) messenger(t bot.Tenant) (Messenger, bool) {
	poster, ok := w.o.Posters.Get(t.Platform)
	if !ok {
		return nil, false
	}
	m, ok := poster.(Messenger)
	return m, ok
}

func (w *Worker) acquire(t bot.Tenant) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tenants[t] {
		return false
	}
	w.tenants[t] = true
	return true
}

func (w *Worker) release(t bot.Tenant) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants, t)
}

// pace returns the tenant's rate limiter. If the platform limits all tenants together, pace returns
// the limiter that they share.
func (w *Worker) pace(t bot.Tenant) *rate.Limiter {
	poster, ok := w.o.Posters.Get(t.Platform)
	if !ok {
		return rate.NewLimiter(rate.Inf, 1)
	}
	limits := poster.RateLimits()
	perSecond := limits.PerTenant
	if limits.Total > 0 {
		t, perSecond = bot.Tenant{Platform: t.Platform}, limits.Total
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.limiters[t] == nil {
		w.limiters[t] = rate.NewLimiter(rate.Inf, 1)
		if perSecond > 0 {
			w.limiters[t] = rate.NewLimiter(rate.Limit(perSecond), 1)
		}
	}
	return w.limiters[t]
}

// serve makes the decision about a digest and sends its message. It returns false if the store
// or the platform does not answer. In that case, the tenant's other digests should wait.
func (w *Worker) serve(ctx, working context.Context, t bot.Tenant, d review.Digest) bool {
	log := w.o.Log.With("platform", t.Platform, "tenant", t.ID)
	bounded, cancel := context.WithTimeout(ctx, storeTimeout)
	defer cancel()
	deck, err := w.o.Reviewer.Deck(bounded, d.Learner)
	if errors.Is(err, review.ErrNotOptedIn) {
		return true // the learner's data has been deleted since
	}
	if err != nil {
		log.Warn("cannot read deck", "error", err)
		return false
	}
	if action, _ := d.Decide(deck.Settings, len(deck.Queue()), w.o.Now()); action.IsMessage() {
		if w.pace(t).Wait(ctx) != nil { // wait before the decision is stored
			return false
		}
	}
	deciding, cancel := context.WithTimeout(working, storeTimeout)
	defer cancel()
	action, next, deck, err := w.o.Reviewer.Digest(deciding, d)
	switch {
	case errors.Is(err, review.ErrNotOptedIn):
		return true
	case err != nil:
		log.Warn("cannot store digest", "error", err)
		return false
	case !action.IsMessage():
		return true
	}
	m, ok := w.messenger(t)
	if !ok {
		log.Warn("skipped digest, platform not served by any process")
		return true
	}
	return w.send(working, ctx, log, m, message{t, next, action, w.o.Replies.Digest(action, deck), deck.Day})
}
