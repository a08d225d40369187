package profile

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

// A slowAPI is an HTTP client that responds to users.info after a delay, or fails.
type slowAPI struct {
	mu     sync.Mutex
	delay  time.Duration
	err    error
	body   string
	calls  int
	status int // 0 for 200
}

func (s *slowAPI) Do(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.calls++
	after, err, body, status := s.delay, s.err, s.body, cmp.Or(s.status, http.StatusOK)
	s.mu.Unlock()
	select {
	case <-time.After(after):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}, "Retry-After": {"0"}},
		Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

func TestLocales(t *testing.T) {
	// The caches are created outside the synctest bubble, which would otherwise wait for their
	// goroutines.
	s := &slowAPI{delay: localeTimeout / 2, body: `{"ok":true,"user":{"id":"U1","locale":"ja-JP","tz":"Asia/Tokyo"}}`}
	api, l := slack.New("xoxb-1", slack.OptionHTTPClient(s)), New()
	synctest.Test(t, func(t *testing.T) {
		ctx := context.Background()

		// Simultaneous lookups of one user make one call.
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if locale, zone := l.Lookup(ctx, api, "T1", "U1"); locale != "ja-JP" || zone != "Asia/Tokyo" {
					t.Errorf("got %q, %q, want ja-JP, Asia/Tokyo", locale, zone)
				}
			})
		}
		all.Wait()
		if s.calls != 1 {
			t.Errorf("got %d calls, want 1", s.calls)
		}

		// An expired entry is looked up again, and a late response is cached for the next
		// lookup.
		time.Sleep(localeTTL + time.Nanosecond)
		s.delay = 2 * localeTimeout
		start := time.Now()
		if locale, _ := l.Lookup(ctx, api, "T1", "U1"); locale != "" || time.Since(start) != localeTimeout {
			t.Errorf("slow API: got %q after %v, want nothing after %v", locale, time.Since(start), localeTimeout)
		}
		time.Sleep(localeTimeout)
		synctest.Wait() // the response arrives at the same instant
		if locale, _ := l.Lookup(ctx, api, "T1", "U1"); locale != "ja-JP" || s.calls != 2 {
			t.Errorf("late response: got %q after %d calls, want ja-JP after 2", locale, s.calls)
		}

		// If Slack is unreachable, only one lookup is delayed, for all users together.
		s.delay, s.err = time.Millisecond, http.ErrHandlerTimeout
		for _, user := range []string{"U2", "U3", "U2"} {
			if locale, _ := l.Lookup(ctx, api, "T1", user); locale != "" {
				t.Errorf("unreachable API: got %s's locale %q, want none", user, locale)
			}
		}
		if s.calls != 3 {
			t.Errorf("unreachable API: got %d calls, want 3", s.calls)
		}
		s.err = nil
		time.Sleep(localeCooldown + time.Nanosecond)
		if locale, _ := l.Lookup(ctx, api, "T1", "U2"); locale != "ja-JP" {
			t.Errorf("after the cool-down: got %q, want ja-JP", locale)
		}

		// No calls are made for a while for a user for whom Slack returned an error.
		s.body = `{"ok":false,"error":"user_not_found"}`
		for _, wait := range []time.Duration{0, unknownTTL / 2, unknownTTL / 2} {
			time.Sleep(wait)
			if locale, _ := l.Lookup(ctx, api, "T1", "U4"); locale != "" || s.calls != 5 {
				t.Errorf("unknown user: got %q after %d calls, want nothing after 5", locale, s.calls)
			}
		}
		// A rate limit in one workspace does not stop lookups in the others.
		s.status, s.body = http.StatusTooManyRequests, ""
		if locale, _ := l.Lookup(ctx, api, "T1", "U5"); locale != "" {
			t.Errorf("limited: got %q", locale)
		}
		s.status, s.body = 0, `{"ok":true,"user":{"id":"U1","locale":"ja-JP"}}`
		if locale, _ := l.Lookup(ctx, api, "T2", "U5"); locale != "ja-JP" {
			t.Errorf("another workspace: got %q, want ja-JP", locale)
		}
		s.calls, s.body = 5, `{"ok":false,"error":"user_not_found"}`
		time.Sleep(time.Second)
		if l.Lookup(ctx, api, "T1", "U4"); s.calls != 6 {
			t.Errorf("unknown user, later: got %d calls, want 6", s.calls)
		}
		synctest.Wait()
	})
}
