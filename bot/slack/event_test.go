package slack

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/platform/platformtest"
)

// TestIgnored checks that some events are acknowledged and get no reply.
func TestIgnored(t *testing.T) {
	r := newHarness(t, nil)
	for _, name := range []string{"message_im_own.json", "uninstalled.json", "tokens_revoked.json"} {
		r.deliver(name)
	}
	// An event in an unknown format may be accepted or rejected, but must not cause a server
	// error.
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/events", r.payload("unknown_event.json")))
	if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
		t.Errorf("unknown event: got status %d, want 200 or 400", w.Code)
	}
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	for _, method := range []string{"chat.postMessage", "chat.postEphemeral"} {
		if n := r.fake.Count(method); n > 0 {
			t.Errorf("%s: got %d calls, want 0", method, n)
		}
	}
	if !strings.Contains(r.logged.String(), "app uninstalled") {
		t.Error("log does not say that the app was uninstalled")
	}
}

// TestEdited checks that editing a question updates the reply.
func TestEdited(t *testing.T) {
	for _, tt := range []struct{ first, edited string }{
		{"app_mention.json", "app_mention_edited.json"},
		{"message_im.json", "message_im_changed.json"},
	} {
		keys := new(platformtest.KeyStore)
		r := newHarness(t, func(o *Options) { o.Store = keys })
		r.deliver(tt.first)
		if err := waitFor(func() bool { return keys.Has("slack:answer:") }); err != nil {
			t.Fatalf("reply is not remembered: %v", err)
		}
		r.deliver(tt.edited)
		update := r.fake.await("chat.update", 1)
		if update["ts"] != "1600000000.000001" || !strings.Contains(fmt.Sprint(update["text"]), "gadget") {
			t.Errorf("got update %v, want the reply about gadget", update)
		}
		if n := r.fake.Count("chat.postMessage"); n != 1 {
			t.Errorf("chat.postMessage: got %d calls, want 1", n)
		}
	}
}

// TestEditedWithoutReply checks which edits of direct messages without a reply are questions.
func TestEditedWithoutReply(t *testing.T) {
	const original = "1355517523.000005" // in 2012
	now := time.Now()
	for _, tt := range []struct {
		name, ts, previous string
		want               int
	}{
		{"today's, edited to a question", fmt.Sprintf("%d.000005", now.Unix()), "widgetって何?", 1},
		{"link preview", fmt.Sprintf("%d.000005", now.Unix()), "gadgetって何?", 0},
		{"old", original, "widgetって何?", 0},
	} {
		r := newHarness(t, nil)
		body := bytes.ReplaceAll(r.payload("message_im_changed.json"), []byte(original), []byte(tt.ts))
		body = bytes.ReplaceAll(body, []byte(`{"text":"widgetって何?"}`), fmt.Appendf(nil, `{"text":%q}`, tt.previous))
		if code := r.post("/slack/events", body); code != http.StatusOK {
			t.Errorf("%s: got status %d, want 200", tt.name, code)
		}
		r.shutdown()
		if n := r.fake.Count("chat.postMessage"); n != tt.want {
			t.Errorf("%s: got %d replies, want %d", tt.name, n, tt.want)
		}
	}
}

// TestWithoutID checks that events without an ID are never treated as duplicates.
func TestWithoutID(t *testing.T) {
	r := newHarness(t, nil)
	for i := range 2 {
		body := bytes.ReplaceAll(r.payload("message_im.json"), []byte(`"event_id":"Ev0004"`), []byte(`"event_id":""`))
		body = bytes.ReplaceAll(body, []byte("1355517523.000005"), fmt.Appendf(nil, "135551752%d.000005", i))
		r.post("/slack/events", body)
		r.post("/slack/interactions", interactionForm(strings.ReplaceAll(string(r.payload("shortcut.json")),
			"13345224609.738474920.8088930838d88f008e1", "")))
	}
	r.shutdown()
	if n, m := r.fake.Count("chat.postMessage"), r.fake.Count("response_url"); n != 2 || m != 2 {
		t.Errorf("got %d calls to chat.postMessage and %d to the response URL, want 2 and 2", n, m)
	}
	// A command is answered in the HTTP response.
	r = newHarness(t, nil)
	for range 2 {
		if w := r.deliver("command.form"); w.Body.Len() == 0 {
			t.Error("repeated command: got no answer")
		}
	}
}
