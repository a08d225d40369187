package daily

import (
	"k8sbot/bot"
	"time"

	"golang.org/x/time/rate"
)

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
