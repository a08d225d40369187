package socket

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestPace checks that the delay doubles while connections end quickly and is reset by a stable
// one, and that the timeout of a call does not include the delay.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := &http.Client{Timeout: 10 * time.Second, Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("{}"))}, nil
		})}
		p := newPacedClient(client, &openLimiter{min: minPace}, Timings{}.withDefaults())
		open := func() time.Duration {
			start := time.Now()
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.com/api/apps.connections.open", nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := p.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			return time.Since(start)
		}
		for i, want := range []time.Duration{0, 1, 2, 4, 8, 16, 32, 60, 60, 60} {
			if wait := open(); wait != want*time.Second {
				t.Errorf("connection %d: got delay %v, want %v", i, wait, want*time.Second)
			}
		}
		time.Sleep(time.Hour)
		if wait := open(); wait > 0 {
			t.Errorf("after a stable connection: got delay %v, want 0", wait)
		}
	})
}

// TestPaceOfConnections checks that two connections that each end after 30 s do not delay each
// other: one of them is always open.
func TestPaceOfConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const life = 30 * time.Second
		limiter, open, down := &openLimiter{min: minPace}, new(atomic.Int64), time.Duration(0)
		var connections sync.WaitGroup
		for i := range 2 {
			connections.Go(func() {
				p := newPacedClient(nil, limiter, Timings{}.withDefaults())
				time.Sleep(time.Duration(i) * stableAfter)
				for range 40 {
					time.Sleep(p.delay(time.Now()))
					time.Sleep(limiter.delay(time.Now()))
					open.Add(1)
					time.Sleep(life)
					open.Add(-1)
				}
			})
		}
		for range 40 * 30 / 2 {
			time.Sleep(time.Second + 10*time.Millisecond)
			if open.Load() == 0 {
				down += time.Second
			}
		}
		connections.Wait()
		if down > 0 {
			t.Errorf("no connection was open for %v, want 0", down)
		}
	})
}

// TestOpenLimiter checks that simultaneous calls are spaced out.
func TestOpenLimiter(t *testing.T) {
	limiter, now := &openLimiter{min: minPace}, time.Now()
	for i, want := range []time.Duration{0, 1, 2} {
		if wait := limiter.delay(now); wait != want*time.Second {
			t.Errorf("connection %d: got delay %v, want %v", i, wait, want*time.Second)
		}
	}
	if wait := limiter.delay(now.Add(time.Minute)); wait > 0 {
		t.Errorf("a minute later: got delay %v, want 0", wait)
	}
}
