package slack

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// TestRejected checks which requests are rejected before they are parsed.
func TestRejected(t *testing.T) {
	r := newHarness(t, nil)
	body := r.payload("command.form")
	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		status int
	}{
		{"no signature", func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
		{"short signature", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=00") }, 401},
		{"upper case", func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", "v0="+strings.ToUpper(strings.TrimPrefix(r.Header.Get("X-Slack-Signature"), "v0=")))
		}, 401},
		{"no time", func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401},
		{"wrong signature", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("0", 64)) }, 401},
		{"another body", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("text=pod")) }, 401},
		{"another time", func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", fmt.Sprint(time.Now().Unix()+1)) }, 401},
		{"old", func(r *http.Request) {
			timestamp, signature := sign(body, time.Now().Add(-6*time.Minute))
			r.Header.Set("X-Slack-Request-Timestamp", timestamp)
			r.Header.Set("X-Slack-Signature", signature)
		}, 401},
		{"method", func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"content type", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"too large", func(r *http.Request) {
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(strings.Repeat("x", platform.MaxBody+1))), -1
		}, 413},
		{"claims to be too large", func(r *http.Request) { r.ContentLength = platform.MaxBody + 1 }, 413},
	} {
		req := request("/slack/commands", body)
		tt.change(req)
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, req)
		if w.Code != tt.status {
			t.Errorf("%s: got status %d, want %d", tt.name, w.Code, tt.status)
		}
	}
	if logged := r.logged.String(); logged != "" {
		t.Errorf("refused requests are logged:\n%s", logged)
	}
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/events", []byte(`{"type":"url_verification","challenge":"abc"}`)))
	if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"challenge":"abc"}` {
		t.Errorf("url_verification: got status %d and body %s, want 200 and the challenge", w.Code, w.Body)
	}
}

// TestRejectedAfterShutdown checks that requests after Shutdown are rejected. Slack then
// redelivers them or shows an error.
func TestRejectedAfterShutdown(t *testing.T) {
	r := newHarness(t, nil)
	r.shutdown()
	for path, body := range map[string][]byte{
		"/slack/commands":     r.payload("command.form"),
		"/slack/interactions": interactionForm(string(r.payload("shortcut.json"))),
		"/slack/events":       r.payload("app_mention.json"),
	} {
		if code := r.post(path, body); code != http.StatusServiceUnavailable {
			t.Errorf("%s: got status %d, want 503", path, code)
		}
	}
}

// TestQueueFull fills the queue of events while Slack's API hangs. Over HTTP, the response to
// the next event must make Slack redeliver it
// (https://docs.slack.dev/apis/events-api#retries). The redelivered event is accepted, and
// each event is answered exactly once.
func TestQueueFull(t *testing.T) {
	r := newHarness(t, nil)
	server := httptest.NewServer(r.adapter.Handler())
	defer server.Close()
	release := make(chan struct{})
	const most = 1000 // events
	for range most {
		r.fake.Prepare("chat.postMessage", func(w http.ResponseWriter) {
			<-release
			platformtest.AnswerWith(200, `{"ok":true,"channel":"C1","ts":"1600000000.000001"}`, asJSON)(w)
		})
	}
	event := func(n int) []byte {
		body := strings.ReplaceAll(string(r.payload("app_mention.json")), `"event_id":"Ev`, fmt.Sprintf(`"event_id":"Ev%d`, n))
		return []byte(strings.ReplaceAll(body, "1515449522.000016", fmt.Sprintf("1515449522.%06d", n)))
	}
	send := func(n, retry int) *http.Response {
		t.Helper()
		req := request("/slack/events", event(n))
		req.RequestURI = ""
		req.URL, _ = req.URL.Parse(server.URL + "/slack/events")
		if retry > 0 {
			req.Header.Set("X-Slack-Retry-Num", fmt.Sprint(retry))
			req.Header.Set("X-Slack-Retry-Reason", "http_error")
		}
		resp, err := server.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	accepted := 0
	resp := send(accepted, 0)
	for resp.StatusCode == http.StatusOK && accepted < most {
		accepted++
		resp = send(accepted, 0)
	}
	if _, noRetry := resp.Header["X-Slack-No-Retry"]; resp.StatusCode != http.StatusServiceUnavailable || noRetry {
		t.Fatalf("event %d: got status %d and headers %v, want 503 that lets Slack retry", accepted, resp.StatusCode, resp.Header)
	}
	close(release)
	for retry := 1; send(accepted, retry).StatusCode != http.StatusOK; retry++ {
		if retry == most {
			t.Fatal("the event is not accepted when the queue is empty again")
		}
	}
	send(accepted, 2) // already accepted
	r.shutdown()
	if n := r.fake.Count("chat.postMessage"); n != accepted+1 {
		t.Errorf("got %d answers to %d events", n, accepted+1)
	}
}
