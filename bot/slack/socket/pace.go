package socket

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// A pacedClient is the HTTP client of one connection. It delays the library's calls to
// apps.connections.open. The delay grows as long as connections end quickly, and the calls of
// the two connections are never made at the same time.
//
// It wraps an [http.Client] instead of its transport, because the client's timeout must
// not include the delay.
type pacedClient struct {
	client      *http.Client
	limiter     *openLimiter
	stableAfter time.Duration
	opening     func() // called before the delay that precedes each call to apps.connections.open

	mu    sync.Mutex
	last  time.Time
	waits *retry.Backoff
}

func newPacedClient(client *http.Client, limiter *openLimiter, t Timings) *pacedClient {
	waits := retry.Policy{First: t.MinPace, Max: maxPace}.Backoff()
	return &pacedClient{client: client, limiter: limiter, stableAfter: t.StableAfter, opening: func() {}, waits: waits}
}

// Do waits until the request may be sent, and sends it.
func (p *pacedClient) Do(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		p.opening()
		for _, delay := range []func(time.Time) time.Duration{p.delay, p.limiter.delay} {
			if err := retry.Sleep(r.Context(), delay(time.Now())); err != nil {
				return nil, err
			}
		}
	}
	return p.client.Do(r)
}

// delay returns how long the connection's next call must wait.
func (p *pacedClient) delay(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last.IsZero() {
		p.last = now
		return 0
	}
	since := now.Sub(p.last)
	if since >= p.stableAfter {
		p.waits.Reset()
	}
	wait := max(p.waits.Next()-since, 0)
	p.last = now.Add(wait)
	return wait
}

// An openLimiter spaces out the calls that all connections make to apps.connections.open.
type openLimiter struct {
	min time.Duration // the minimum time between two calls

	mu   sync.Mutex
	next time.Time
}

// delay returns how long the next call must wait, so that it comes at least min after the previous
// call of any connection.
func (l *openLimiter) delay(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait := max(l.next.Sub(now), 0)
	l.next = now.Add(wait + l.min)
	return wait
}
