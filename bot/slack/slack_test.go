package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// TestReplies delivers each recorded payload and compares the reply with a golden file.
func TestReplies(t *testing.T) {
	for _, tt := range []struct {
		payload string
		method  string // of the call with the reply; "" if it is the HTTP response
		field   string // must be in the reply, in addition to the check of the golden file
	}{
		{"command.form", "", ""},
		{"app_mention.json", "chat.postMessage", "thread_ts"},
		{"app_mention_thread.json", "chat.postEphemeral", "thread_ts"},
		{"message_im.json", "chat.postMessage", "channel"},
		{"home_opened.json", "views.publish", "view"},
		{"home_search.json", "views.publish", "view"},
		{"button_ephemeral.json", "response_url", "replace_original"},
		{"button_share.json", "response_url", "thread_ts"},
		{"shortcut.json", "response_url", "thread_ts"},
	} {
		t.Run(tt.payload, func(t *testing.T) {
			r := newHarness(t, nil)
			w := r.deliver(tt.payload)
			var sent map[string]any
			if tt.method == "" {
				if err := json.Unmarshal(w.Body.Bytes(), &sent); err != nil {
					t.Fatal(err)
				}
			} else {
				sent = r.fake.await(tt.method, 1)
			}
			if tt.field != "" && sent[tt.field] == nil {
				t.Errorf("reply has no field %s: %v", tt.field, sent)
			}
			if tt.method != "views.publish" && (sent["text"] == nil || sent["text"] == "") {
				t.Error("reply has no text next to its blocks")
			}
			platformtest.Golden(t, strings.TrimSuffix(tt.payload, filepath.Ext(tt.payload)), sent)
		})
	}
}

// TestOnce delivers events to two replicas that share a store, and checks that each is handled
// once.
func TestOnce(t *testing.T) {
	shared := new(platformtest.KeyStore)
	a := newHarness(t, func(o *Options) { o.Store = shared })
	b := newHarness(t, func(o *Options) { o.Store = shared; o.APIURL = a.fake.url() })
	b.fake = a.fake
	for _, name := range []string{"app_mention.json", "app_mention_thread.json", "shortcut.json", "button_share.json"} {
		for _, r := range []*harness{a, b, a} {
			r.deliver(name)
		}
	}
	for _, r := range []*harness{a, b} {
		if err := r.adapter.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}
	for method, want := range map[string]int{"chat.postMessage": 1, "chat.postEphemeral": 1, "response_url": 3} {
		if n := a.fake.Count(method); n != want {
			t.Errorf("%s: got %d calls, want %d", method, n, want)
		}
	}
}

// TestShare clicks twice on the button that shares an ephemeral answer. The channel gets the
// answer once, with the name of the user who shared it. The ephemeral answer says so and loses
// the button.
func TestShare(t *testing.T) {
	r := newHarness(t, nil)
	payload, err := os.ReadFile("testdata/payloads/button_share.json")
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		click := strings.NewReplacer("RESPONSE_URL", r.fake.responseURL(), "12321423424", fmt.Sprint(n), `"id":"U2147483697"`, `"id":"U2147483697","name":"alice <!here>"`).Replace(string(payload))
		i, err := decode[interaction]([]byte(click))
		if err != nil {
			t.Fatal(err)
		}
		if err := r.adapter.onInteraction(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := r.fake.Count("response_url"); n != 2 {
		t.Fatalf("got %d messages, want the shared one and the original", n)
	}
	shared, original := r.fake.await("response_url", 1), r.fake.await("response_url", 2)
	if text := fmt.Sprint(shared["blocks"]); shared["response_type"] != "in_channel" || shared["replace_original"] != false || !strings.Contains(text, "Shared by alice ‹!here›") {
		t.Errorf("got %v, want a message for the channel that says who shared it", shared)
	}
	if text := fmt.Sprint(original["blocks"]); original["replace_original"] != true || !strings.Contains(text, "Shared") || strings.Contains(text, "1:share:") {
		t.Errorf("got %v, want the original without a button to share it", original)
	}
}

// TestShareFails checks what the ephemeral answer says if sharing it failed.
func TestShareFails(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.deliver("button_share.json")
	original := r.fake.await("response_url", 2)
	if text := fmt.Sprint(original["blocks"]); original["replace_original"] != true || !strings.Contains(text, "I couldn't share this") || strings.Contains(text, "Shared") {
		t.Errorf("got %v, want the original with a note that it was not shared", original)
	}
}

func TestNew(t *testing.T) {
	good := Options{BotToken: "x", Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)}
	for want, change := range map[string]func(*Options){
		"SLACK_BOT_TOKEN": func(o *Options) { o.BotToken = "" },
		"SLACK_API_URL":   func(o *Options) { o.APIURL = "slack.com" },
	} {
		o := good
		change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got error %v, want one that names %s", err, want)
		}
	}
}

// TestSharePaste shares the explanation of a paste. The button contains the paste, because the
// bot does not store it.
func TestSharePaste(t *testing.T) {
	r := newHarness(t, nil)
	form := url.Values{
		"command": {"/k8s"}, "text": {"NAME   READY   STATUS          RESTARTS\nweb-1  0/1     WidgetFailing   7"}, "trigger_id": {"1.2.3"},
		"team_id": {"T0001"}, "user_id": {"U2147483697"}, "channel_id": {"C2147483705"}, "response_url": {r.fake.responseURL()},
	}
	private := r.respondTo("/slack/commands", []byte(form.Encode()))
	var answer struct {
		Blocks []struct {
			Elements []struct {
				ActionID string `json:"action_id"`
				Value    string `json:"value"`
			} `json:"elements"`
		} `json:"blocks"`
	}
	if err := json.Unmarshal(private, &answer); err != nil {
		t.Fatal(err)
	}
	var id, value string
	for _, b := range answer.Blocks {
		for _, e := range b.Elements {
			if strings.HasPrefix(e.ActionID, "1:share-answer:") {
				id, value = e.ActionID, e.Value
			}
		}
	}
	if id == "" || value == "" {
		t.Fatalf("got %s, want a share button with a value", private)
	}
	r.postJSON("/slack/interactions", map[string]any{
		"type": "block_actions", "trigger_id": "4.5.6", "response_url": r.fake.responseURL(), "team": map[string]any{"id": "T0001"},
		"user": map[string]any{"id": "U2147483697", "name": "alice"}, "channel": map[string]any{"id": "C2147483705"},
		"container": map[string]any{"type": "message", "message_ts": "1515449522.000016", "is_ephemeral": true},
		"actions":   []any{map[string]any{"action_id": id, "value": value, "type": "button", "action_ts": "1.2"}},
	})
	platformtest.Golden(t, "shared_paste", r.fake.await("response_url", 1))
	if original := fmt.Sprint(r.fake.await("response_url", 2)["blocks"]); !strings.Contains(original, "WidgetFailing") || strings.Contains(original, "1:share") {
		t.Errorf("got %s, want the explanation without a share button", original)
	}
}
