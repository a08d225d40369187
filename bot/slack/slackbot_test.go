package slack

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestSlackbotBlocks checks that answers about all terms contain only blocks that Slackbot
// accepts, and no controls except links.
func TestSlackbotBlocks(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{})
	accepted := []string{"context", "divider", "header", "markdown", "rich_text", "section", "table"}
	for _, term := range g.All() {
		r := b.Handle(t.Context(), bot.Request{Platform: Platform, Command: bot.TermCommand, Text: term.Name.EN})
		data, err := SlackbotBlocks(r)
		if err != nil {
			t.Fatal(err)
		}
		var blocks []struct{ Type string }
		if err := json.Unmarshal(data, &blocks); err != nil || len(blocks) == 0 || len(blocks) > 50 {
			t.Errorf("%s: got %d blocks, %v, want 1 to 50", term.ID, len(blocks), err)
		}
		for _, block := range blocks {
			if !slices.Contains(accepted, block.Type) {
				t.Errorf("%s: got a block of type %s, want one of %v", term.ID, block.Type, accepted)
			}
		}
		if strings.Contains(string(data), "action_id") {
			t.Errorf("%s: something can be clicked: %s", term.ID, data)
		}
	}
}

func TestSignedReader(t *testing.T) {
	h := newHarness(t, nil)
	read := h.adapter.SignedReader()
	const body = `{"jsonrpc":"2.0"}`
	for _, tt := range []struct {
		name   string
		forge  func(*http.Request)
		status int
	}{
		{"signed", func(*http.Request) {}, http.StatusOK},
		{"wrong signature", func(r *http.Request) { r.Header.Set(signatureHeader, "v0="+strings.Repeat("0", 64)) }, http.StatusUnauthorized},
		{"old", func(r *http.Request) { r.Header.Set(timestampHeader, "1") }, http.StatusUnauthorized},
		{"a form", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, http.StatusUnsupportedMediaType},
	} {
		r := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(body))
		timestamp, signature := sign([]byte(body), time.Now())
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set(timestampHeader, timestamp)
		r.Header.Set(signatureHeader, signature)
		tt.forge(r)
		w := httptest.NewRecorder()
		got, ok := read(w, r)
		if ok != (tt.status == http.StatusOK) || ok && string(got) != body || w.Code != tt.status || !IsSigned(r.Header) {
			t.Errorf("%s: got %q, %t, %d, want %d", tt.name, got, ok, w.Code, tt.status)
		}
	}
}
