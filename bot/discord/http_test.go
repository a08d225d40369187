package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestSignature verifies that only interactions that Discord signed are answered.
func TestSignature(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	body := h.payload("command_term")
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	for name, tt := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"valid":   {func(*http.Request) {}, 200},
		"missing": {func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, 401},
		"no time": {func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, 401},
		"not hex": {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "zz") }, 401},
		"short":   {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "00") }, 401},
		"other key": {func(r *http.Request) {
			r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(other, body)))
		}, 401},
		"GET":        {func(r *http.Request) { r.Method = http.MethodGet }, 405},
		"text/plain": {func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
	} {
		req := signed(body, time.Now())
		tt.change(req)
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, req)
		if w.Code != tt.status {
			t.Errorf("%s: got status %d, want %d", name, w.Code, tt.status)
		}
	}
	for _, off := range []time.Duration{-6 * time.Minute, 6 * time.Minute} {
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, signed(body, time.Now().Add(off)))
		if w.Code != http.StatusUnauthorized {
			t.Errorf("timestamp off by %v: got status %d, want 401", off, w.Code)
		}
	}
	for _, broken := range []string{"", "[]", "null", "{}", `{"type":"1"}`, `{"type":99}`, `{"type":2,"data":{"options":7}}`} {
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, signed([]byte(broken), time.Now()))
		if w.Code != http.StatusBadRequest {
			t.Errorf("%q: got status %d, want 400", broken, w.Code)
		}
	}
	if answer := h.deliver([]byte(`{"type":1,"id":"1"}`)); answer["type"] != float64(1) || len(answer) != 1 {
		t.Errorf("ping: got %v, want only type 1", answer)
	}
}
