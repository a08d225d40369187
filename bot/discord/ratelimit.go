package discord

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// A route is a kind of call. Rate limits are kept by route, and the channel, server
// or webhook in it (https://docs.discord.com/developers/topics/rate-limits).
type route struct {
	name string // for metrics: it holds no ID and no token
	key  string // what its rate limit is kept by
}

// routeOf returns the route of a call, whose path is that below the address of the
// API.
func routeOf(method, path string) route {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(apiVersion.ReplaceAllString(path, ""), "/")
	named := make([]string, len(parts))
	major := ""
	for i, p := range parts {
		switch {
		case i == 2 && (parts[0] == "webhooks" || parts[0] == "interactions"):
			named[i] = ":token"
			major += p
		case snowflake.MatchString(p):
			named[i] = ":id"
			if i == 1 {
				major = p
			}
		default:
			named[i] = p
		}
	}
	name := method + " /" + strings.Join(named, "/")
	return route{name: name, key: name + " " + major}
}

var (
	apiVersion = regexp.MustCompile(`^v\d+/`)
	snowflake  = regexp.MustCompile(`^\d{5,}$`)
)

// rateLimits are the times until which Discord takes no more calls.
type rateLimits struct {
	now func() time.Time

	mu     sync.Mutex
	routes map[string]time.Time // by key
	global time.Time
}

const (
	// maxRoutes is the number of routes whose limits are known. Beyond it those that
	// are over are forgotten.
	maxRoutes = 1000
	// firstPause is how long a failed call waits for its second try, twice as long
	// for each further one.
	firstPause = 250 * time.Millisecond
)

func newRateLimits(now func() time.Time) *rateLimits {
	return &rateLimits{now: now, routes: make(map[string]time.Time)}
}

// wait waits until a call may be made, and returns an error if that is not before
// ctx ends.
func (l *rateLimits) wait(ctx context.Context, r route) error {
	l.mu.Lock()
	until := l.routes[r.key]
	if l.global.After(until) {
		until = l.global
	}
	l.mu.Unlock()
	pause := until.Sub(l.now())
	if deadline, ok := ctx.Deadline(); ok && pause > 0 && l.now().Add(pause).After(deadline) {
		return &apiError{status: http.StatusTooManyRequests, message: "put off beyond the call's own end", retryAfter: pause}
	}
	return retry.Sleep(ctx, pause)
}

// readHeaders takes down that a route has no more calls left, from the headers of an
// answer.
func (l *rateLimits) readHeaders(r route, h http.Header) {
	if h.Get("X-RateLimit-Remaining") != "0" {
		return
	}
	after, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil {
		return
	}
	l.block(r, seconds(after))
}

// readError takes down that Discord put a call off.
func (l *rateLimits) readError(r route, e *apiError) {
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

func (l *rateLimits) block(r route, pause time.Duration) {
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
	l.routes[r.key] = now.Add(pause)
}
