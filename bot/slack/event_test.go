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

// TestIgnored delivers what is acknowledged and not answered.
func TestIgnored(t *testing.T) {
	r := newHarness(t, nil)
	for _, name := range []string{"message_im_own.json", "uninstalled.json", "tokens_revoked.json"} {
		r.deliver(name)
	}
	// An event of a form that nobody knows is no event of ours, but no fault.
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/events", r.payload("unknown_event.json")))
	if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
		t.Errorf("an unknown event is answered with %d", w.Code)
	}
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	for _, method := range []string{"chat.postMessage", "chat.postEphemeral"} {
		if n := r.fake.Count(method); n > 0 {
			t.Errorf("%s was called %d times", method, n)
		}
	}
	if !strings.Contains(r.logged.String(), "the app was removed") {
		t.Error("the log does not say that the app was removed")
	}
}

// TestEdited holds that an edited question edits its answer.
func TestEdited(t *testing.T) {
	for _, tt := range []struct{ first, edited string }{
		{"app_mention.json", "app_mention_edited.json"},
		{"message_im.json", "message_im_changed.json"},
	} {
		kept := new(platformtest.KeyStore)
		r := newHarness(t, func(o *Options) { o.Store = kept })
		r.deliver(tt.first)
		if err := waitFor(func() bool { return kept.Has("slack:answer:") }); err != nil {
			t.Fatal("the answer is not remembered:", err)
		}
		r.deliver(tt.edited)
		update := r.fake.await("chat.update", 1)
		if update["ts"] != "1600000000.000001" || !strings.Contains(fmt.Sprint(update["text"]), "gadget") {
			t.Errorf("the update is %v", update)
		}
		if n := r.fake.Count("chat.postMessage"); n != 1 {
			t.Errorf("%d messages were posted, want 1", n)
		}
	}
}

// TestChanged holds which changes of a direct message are questions.
func TestChanged(t *testing.T) {
	const original = "1355517523.000005" // in the year 2012
	now := time.Now()
	for _, tt := range []struct {
		name, ts, previous string
		want               int
	}{
		{"of today, and changed to a question", fmt.Sprintf("%d.000005", now.Unix()), "widgetって何?", 1},
		{"preview of a link", fmt.Sprintf("%d.000005", now.Unix()), "gadgetって何?", 0},
		{"of long ago", original, "widgetって何?", 0},
	} {
		r := newHarness(t, nil)
		body := bytes.ReplaceAll(r.payload("message_im_changed.json"), []byte(original), []byte(tt.ts))
		body = bytes.ReplaceAll(body, []byte(`{"text":"widgetって何?"}`), fmt.Appendf(nil, `{"text":%q}`, tt.previous))
		if code := r.post("/slack/events", body); code != http.StatusOK {
			t.Errorf("%s: status %d", tt.name, code)
		}
		r.shutdown()
		if n := r.fake.Count("chat.postMessage"); n != tt.want {
			t.Errorf("%s: %d answers, want %d", tt.name, n, tt.want)
		}
	}
}

// TestWithoutID holds that events without an ID are answered, each.
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
		t.Errorf("%d and %d answers, want 2 and 2", n, m)
	}
	// A command gets its answer on the connection on which it came.
	r = newHarness(t, nil)
	for range 2 {
		if w := r.deliver("command.form"); w.Body.Len() == 0 {
			t.Error("a command that was sent again is not answered")
		}
	}
}
