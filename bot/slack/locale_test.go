package slack

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestLanguage checks that replies are in the language that the user has set in Slack, and
// that it is looked up once.
func TestLanguage(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.locale = "ja-JP"
	for i := range 3 {
		payload := bytes.ReplaceAll(r.payload("message_im.json"), []byte("Ev0004"), fmt.Appendf(nil, "Ev-lang-%d", i))
		payload = bytes.ReplaceAll(payload, []byte("1355517523.000005"), fmt.Appendf(nil, "135551752%d.000005", i))
		payload = bytes.ReplaceAll(payload, []byte("widgetって何?"), []byte("widget"))
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, request("/slack/events", payload))
		if sent := r.fake.await("chat.postMessage", i+1); !strings.Contains(fmt.Sprint(sent["text"]), "テスト") {
			t.Errorf("reply is not in Japanese: %v", sent["text"])
		}
	}
	if n := r.fake.Count("users.info"); n != 1 {
		t.Errorf("users.info: got %d calls, want 1", n)
	}
}
