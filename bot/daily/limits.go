package daily

import (
	"golang.org/x/time/rate"

	"k8sbot/bot"
)

// acquire marks the tenant as being served. It returns false if the tenant is already being served,
// or if too many tenants are.
func (w *Worker) acquire(t bot.Tenant) bool {
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

// limiter returns a limiter that allows perSecond messages per second, in bursts of up to one
// second's worth. If perSecond is 0, there is no limit.
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
