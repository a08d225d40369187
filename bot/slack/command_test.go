package slack

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack/socket"
	"k8sbot/glossary"
)

// TestSlowAnswer checks that a command whose answer takes longer than a second is
// acknowledged without it, and answered through its response URL.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	r := newHarness(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
			time.Sleep(platform.AckTimeout + 200*time.Millisecond)
			return 0
		}})
	})
	body := bytes.ReplaceAll(r.payload("command.form"), []byte("text=WidgetFailing"), []byte("text=random"))
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/commands", body))
	if w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("got acknowledgement %d %s, want 200 and an empty body", w.Code, w.Body)
	}
	if sent := r.fake.await("response_url", 1); sent["response_type"] != "ephemeral" || sent["blocks"] == nil {
		t.Errorf("got answer %v, want an ephemeral message with blocks", sent)
	}
}

// TestLongAnswer checks that an answer that is too long for an acknowledgement is sent to the
// response URL.
func TestLongAnswer(t *testing.T) {
	r := newHarness(t, nil)
	c, err := decode[command](r.commandJSON("widget", 1))
	if err != nil {
		t.Fatal(err)
	}
	r.adapter.maxAck = 100
	acks := 0
	r.adapter.onCommand(socket.Envelope{ID: "e1", Ack: func(answer json.RawMessage, _ func()) bool {
		if acks++; answer != nil {
			t.Errorf("got an acknowledgement with an answer of %d bytes, want none", len(answer))
		}
		return answer != nil
	}}, c)
	if sent := r.fake.await("response_url", 1); sent["blocks"] == nil || acks != 1 {
		t.Errorf("got answer %v after %d acknowledgements, want blocks after 1", sent, acks)
	}
}
