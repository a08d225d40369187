package slack

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// TestRetries checks that a reply is sent after Slack has limited the rate or failed, and that
// a permanent error is not retried.
func TestRetries(t *testing.T) {
	t.Parallel()
	r := newHarness(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After: 0"),
		platformtest.AnswerWith(503, "error"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(500, "error"), platformtest.AnswerWith(429, "", "Retry-After: 0"))
	r.fake.Prepare("users.info", platformtest.AnswerWith(500, "error"))
	r.deliver("app_mention.json")
	r.deliver("shortcut.json")
	r.fake.await("chat.postMessage", 3)
	r.fake.await("response_url", 3)
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if n, m := r.fake.Count("chat.postMessage"), r.fake.Count("response_url"); n != 3 || m != 3 {
		t.Errorf("got %d calls to chat.postMessage and %d to the response URL, want 3 and 3", n, m)
	}

	// A permanent error is not retried.
	r = newHarness(t, nil)
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.deliver("shortcut.json")
	r.fake.await("response_url", 1)
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("response_url"); n != 1 {
		t.Errorf("used response URL: got %d calls, want 1", n)
	}
}

// TestDialErrors checks that a call is repeated if it could not connect, but not if its
// connection broke.
func TestDialErrors(t *testing.T) {
	for op, want := range map[string]int{"dial": 1, "read": 0} {
		r := newHarness(t, nil)
		next, failed := r.adapter.httpClient.Transport, false
		r.adapter.httpClient.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, "/chat.postMessage") && !failed {
				failed = true
				return nil, &net.OpError{Op: op, Net: "tcp", Err: syscall.ECONNREFUSED}
			}
			return next.RoundTrip(req)
		})
		r.deliver("app_mention.json")
		r.shutdown()
		if n := r.fake.Count("chat.postMessage"); n != want {
			t.Errorf("%s error: got %d replies, want %d", op, n, want)
		}
	}
}

// TestCallTimeout checks that a call ends if Slack does not respond.
func TestCallTimeout(t *testing.T) {
	// The adapter is created outside the synctest bubble, which would otherwise wait for the
	// goroutines of the caches.
	a, err := New(Options{BotToken: testBotToken, Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		a.httpClient.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		start := time.Now()
		if _, err := a.single.api.AuthTestContext(t.Context()); err == nil || time.Since(start) != callTimeout {
			t.Errorf("call returned %v after %v, want an error after %v", err, time.Since(start), callTimeout)
		}
		if err := a.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestRequestID checks that the log contains the ID of a request whose reply cannot be sent.
func TestRequestID(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(200, `{"ok":false,"error":"not_in_channel"}`, "Content-Type: application/json"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.fake.Prepare("views.publish", platformtest.AnswerWith(200, `{"ok":false,"error":"not_enabled"}`, "Content-Type: application/json"))
	for _, name := range []string{"app_mention.json", "shortcut.json", "home_opened.json"} {
		r.deliver(name)
	}
	r.shutdown()
	for _, id := range []string{"Ev0001", "13345224609.738474920.8088930838d88f008e1", "Ev0007"} {
		if !strings.Contains(r.logged.String(), "request="+id) {
			t.Errorf("log does not contain request ID %s:\n%s", id, r.logged)
		}
	}
}

// TestAPIErrors checks that failed calls are counted by method.
func TestAPIErrors(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(200, `{"ok":false,"error":"not_in_channel"}`, "Content-Type: application/json"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.deliver("app_mention.json")
	r.deliver("shortcut.json")
	r.shutdown()
	w := httptest.NewRecorder()
	r.metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`k8sbot_api_errors_total{code="not_in_channel",method="chat.postMessage",platform="slack"} 1`,
		`k8sbot_api_errors_total{code="404",method="response_url",platform="slack"} 1`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("metrics do not contain %s", want)
		}
	}
}
