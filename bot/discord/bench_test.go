package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// BenchmarkHTTP measures HTTP mode from the interaction to the response, over a network
// connection. Compare it with BenchmarkBare.
func BenchmarkHTTP(b *testing.B) {
	h := newHarness(b, func(o *Options) {
		o.Store = nil
		o.Bot = platformtest.Bot(b, nil, slog.New(slog.DiscardHandler))
	})
	benchmark(b, h.adapter.Handler())
}

// BenchmarkBare measures a handler that only verifies and decodes an interaction, and
// returns a fixed response.
func BenchmarkBare(b *testing.B) {
	h := newHarness(b, nil)
	answer, err := Render(platformtest.Replies(b, Platform, Capabilities)["short/pod/en"])
	if err != nil {
		b.Fatal(err)
	}
	gate := platform.NewGate(Platform, h.metrics, slog.New(slog.DiscardHandler))
	benchmark(b, http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, ok := gate.Read(w, req, h.adapter.signed(), time.Now())
		if !ok {
			b.Error("request refused")
			return
		}
		if i, err := decode[interaction](body); err != nil || i.ID == "" {
			b.Error("invalid interaction:", err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	}))
}

func benchmark(b *testing.B, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	body, err := json.Marshal(map[string]any{
		"id": "IDENTIFIER", "application_id": testApp, "type": 2, "token": testInteractionToken, "locale": "en-US",
		"guild_id": "1", "channel_id": "2", "member": map[string]any{"user": map[string]any{"id": "3"}, "permissions": "0"},
		"data": map[string]any{"name": "k8s", "type": 1, "options": []any{map[string]any{
			"name": "term", "type": 1, "options": []any{map[string]any{"name": "name", "type": 3, "value": "pod"}},
		}}},
	})
	if err != nil {
		b.Fatal(err)
	}
	// Signing takes as long as verifying, so it is done in advance.
	requests := make([]*http.Request, 5000)
	for i := range requests {
		data := bytes.Replace(body, []byte("IDENTIFIER"), fmt.Append(nil, time.Now().UnixNano()+int64(i)), 1)
		requests[i] = signed(data, time.Now())
	}
	var n atomic.Int64
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10}}
		for pb.Next() {
			i := n.Add(1)
			made := requests[int(i)%len(requests)]
			if int(i) >= len(requests) { // a repeated interaction is rejected as a duplicate
				body := bytes.Replace(body, []byte("IDENTIFIER"), fmt.Append(nil, i), 1)
				timestamp := fmt.Sprint(time.Now().Unix())
				made = httptest.NewRequest(http.MethodPost, "/discord/interactions", bytes.NewReader(body))
				made.Header.Set("Content-Type", "application/json")
				made.Header.Set("X-Signature-Timestamp", timestamp)
				made.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(testKey, append([]byte(timestamp), body...))))
			}
			req, err := http.NewRequest(http.MethodPost, server.URL+"/discord/interactions", made.Body)
			if err != nil {
				b.Error(err)
				return
			}
			req.Header = made.Header
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			if n, _ := io.Copy(io.Discard, resp.Body); resp.StatusCode != 200 || n < 500 {
				b.Errorf("got status %s with %d bytes, want 200 with at least 500", resp.Status, n)
			}
			resp.Body.Close()
		}
	})
}

// BenchmarkComplete measures autocomplete, which runs on every keystroke.
func BenchmarkComplete(b *testing.B) {
	h := newHarness(b, func(o *Options) { o.Bot = platformtest.Bot(b, nil, slog.New(slog.DiscardHandler)) })
	i, err := decode[interaction](h.payload("autocomplete"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		h.adapter.completions(b.Context(), i)
	}
}
