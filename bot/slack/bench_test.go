package slack

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// BenchmarkHTTP measures a slash command in HTTP mode over a network connection. For
// comparison, BenchmarkBare measures a handler that verifies and decodes the request and
// responds with a fixed body of the same size.
func BenchmarkHTTP(b *testing.B) {
	r := newHarness(b, func(o *Options) {
		o.Store = nil
		o.Bot = platformtest.Bot(b, nil, slog.New(slog.DiscardHandler))
	})
	benchmark(b, r, r.adapter.Handler())
}

func BenchmarkBare(b *testing.B) {
	r := newHarness(b, nil)
	answer, err := Render(platformtest.Replies(b, Platform, Capabilities)["short/pod/en"])
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, r, r.adapter.verified(platform.NewGate(Platform, r.metrics, slog.New(slog.DiscardHandler)), "application/x-www-form-urlencoded", platform.MaxBody, func(w http.ResponseWriter, body []byte) {
		if form, err := url.ParseQuery(string(body)); err != nil || form.Get("text") == "" {
			b.Errorf("invalid form: %v", err)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(answer)
	}))
}

func benchmark(b *testing.B, r *harness, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	b.ResetTimer()
	var n int64
	var mu sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10}}
		for pb.Next() {
			mu.Lock()
			n++
			i := n
			mu.Unlock()
			body := fmt.Appendf(nil, "team_id=T1&user_id=U1&channel_id=C1&text=pod&trigger_id=%d", i)
			req, err := http.NewRequest(http.MethodPost, server.URL+"/slack/commands", bytes.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			timestamp, signature := sign(body, time.Now())
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("X-Slack-Request-Timestamp", timestamp)
			req.Header.Set("X-Slack-Signature", signature)
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			if n, _ := io.Copy(io.Discard, resp.Body); resp.StatusCode != 200 || n < 500 {
				b.Errorf("got %s with %d bytes, want 200 with at least 500", resp.Status, n)
			}
			resp.Body.Close()
		}
	})
}

// BenchmarkRender renders a typical reply.
func BenchmarkRender(b *testing.B) {
	reply := platformtest.Replies(b, Platform, Capabilities)["short/pod/en"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Render(reply); err != nil {
			b.Fatal(err)
		}
	}
}
