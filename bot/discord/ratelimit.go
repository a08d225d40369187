package discord

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"k8sbot/bot/discord/route"
	"k8sbot/bot/platform/retry"
)

// rateLimits records how long calls are blocked.
type rateLimits struct {
	now func() time.Time

	mu     sync.Mutex
	routes map[string]time.Time // by key
	global time.Time
}

const (
	// maxRoutes is the number of stored limits at which expired ones are deleted.
	maxRoutes = 1000
	// firstPause is the wait before the second attempt of a call. It doubles with each
	// subsequent attempt.
	firstPause = 250 * time.Millisecond
)

func newRateLimits(now func() time.Time) *rateLimits {
	return &rateLimits{now: now, routes: make(map[string]time.Time)}
}

// wait waits until a call may be made. If the wait would outlast the deadline of ctx, it returns an
// error immediately.
func (l *rateLimits) wait(ctx context.Context, r route.Route) error {
	l.mu.Lock()
	until := l.routes[r.Key]
	if l.global.After(until) {
		until = l.global
	}
	l.mu.Unlock()
	pause := until.Sub(l.now())
	if deadline, ok := ctx.Deadline(); ok && pause > 0 && l.now().Add(pause).After(deadline) {
		return &apiError{status: http.StatusTooManyRequests, message: "rate limited beyond the call's deadline", retryAfter: pause}
	}
	return retry.Sleep(ctx, pause)
}

// readHeaders blocks a route if a response's headers say that no calls are left
// (https://docs.discord.com/developers/topics/rate-limits#header-format).
func (l *rateLimits) readHeaders(r route.Route, h http.Header) {
	if h.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	after, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil {
		return
	}
	l.block(r, seconds(after))
}

// readError blocks a route, or all routes, after a 429 response.
func (l *rateLimits) readError(r route.Route, e *apiError) {
	if e.status != http.StatusTooManyRequests {
		return
	}
	pause := max(e.retryAfter, firstPause)
	if !e.global {
		l.block(r, pause)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.global = l.now().Add(pause)
}

// block delays calls to a route for the duration pause.
func (l *rateLimits) block(r route.Route, pause time.Duration) {
	if pause <= 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if len(l.routes) >= maxRoutes {
		for k, until := range l.routes {
			if !until.After(now) {
				delete(l.routes, k)
			}
		}
	}
	l.routes[r.Key] = now.Add(pause)
}
