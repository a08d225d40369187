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

func TestSignature(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	body := h.payload("command_term")
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	for name, tt := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"right":   {func(*http.Request) {}, 200},
		"none":    {func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, 401},
		"no time": {func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, 401},
		"not hex": {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "zz") }, 401},
		"short":   {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "00") }, 401},
		"another's": {func(r *http.Request) {
			r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(other, body)))
		}, 401},
		"another method": {func(r *http.Request) { r.Method = http.MethodGet }, 405},
		"another type":   {func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
	} {
		req := signed(body, time.Now())
		tt.change(req)
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, req)
		if w.Code != tt.status {
			t.Errorf("%s: the status is %d, want %d", name, w.Code, tt.status)
		}
	}
	for _, off := range []time.Duration{-6 * time.Minute, 6 * time.Minute} {
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, signed(body, time.Now().Add(off)))
		if w.Code != http.StatusUnauthorized {
			t.Errorf("a time that is off by %v is answered with %d", off, w.Code)
		}
	}
	for _, broken := range []string{"", "[]", "null", "{}", `{"type":"1"}`, `{"type":99}`, `{"type":2,"data":{"options":7}}`} {
		w := httptest.NewRecorder()
		h.adapter.Handler().ServeHTTP(w, signed([]byte(broken), time.Now()))
		if w.Code != http.StatusBadRequest {
			t.Errorf("%q is answered with %d", broken, w.Code)
		}
	}
	if answer := h.deliver([]byte(`{"type":1,"id":"1"}`)); answer["type"] != float64(1) || len(answer) != 1 {
		t.Errorf("a ping is answered with %v", answer)
	}
}
