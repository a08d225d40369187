package daily

import (
	"k8sbot/bot"
	"time"

	"golang.org/x/time/rate"
)

// acquire marks a tenant as being served. It returns false if the tenant is being
// served already, is backing off, or if too many tenants are being served.
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

// release marks a tenant as no longer being served.
func (w *Worker) release(t bot.Tenant) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.tenants, t)
	<-w.slots
}

// backOff stops serving a tenant for some time. Other replicas find out by themselves.
func (w *Worker) backOff(t bot.Tenant, wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if until := time.Now().Add(wait); until.After(w.backOffs[t]) {
		w.backOffs[t] = until
	}
}

// backingOff reports whether a tenant is not to be served yet.
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

// limiter returns a limiter of messages per second, 0 for no limit. The burst is one
// second's worth of messages.
func limiter(perSecond float64) *rate.Limiter {
	if perSecond == 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(int(perSecond), 1))
}

// platformLimiter returns the limiter that all tenants of a platform share.
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
