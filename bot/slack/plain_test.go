package slack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
)

// typesIn returns the types of a message's blocks.
func typesIn(t *testing.T, message map[string]any) (types []string) {
	t.Helper()
	blocks, ok := message["blocks"].([]any)
	if !ok {
		t.Fatalf("got blocks %v, want a list", message["blocks"])
	}
	for _, b := range blocks {
		types = append(types, fmt.Sprint(b.(map[string]any)["type"]))
	}
	return types
}

// plainTypes are the types of blocks in a plain message.
var plainTypes = []string{"actions", "section"}

func checkPlain(t *testing.T, name string, message map[string]any) {
	t.Helper()
	types := typesIn(t, message)
	slices.Sort(types)
	if got := slices.Compact(types); !slices.Equal(got, plainTypes) {
		t.Errorf("%s: got blocks of types %v, want %v", name, got, plainTypes)
	}
}

// awaitPlainer waits until the log says n times that a plainer message was sent.
func (r *harness) awaitPlainer(n int) {
	r.t.Helper()
	if err := waitFor(func() bool { return strings.Count(r.logged.String(), "sent a plainer one") >= n }); err != nil {
		r.t.Fatal(err)
	}
}

// TestPlainMessage checks that an answer whose blocks Slack refuses is sent again with sections and
// buttons, that the next answer with such blocks is sent that way at once, and that this also holds
// for a slash command, where Slack does not say whether it accepts the answer.
func TestPlainMessage(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.unknown = []string{"rich_text"}
	r.deliver("app_mention.json")
	refused, plain := r.fake.await("chat.postMessage", 1), r.fake.await("chat.postMessage", 2)
	if !slices.Contains(typesIn(t, refused), "rich_text") {
		t.Errorf("got first message %v, want rich text", refused)
	}
	checkPlain(t, "mention", plain)
	platformtest.Golden(t, "plain_sections", plain)
	if refused["thread_ts"] != plain["thread_ts"] || refused["channel"] != plain["channel"] || refused["text"] != plain["text"] {
		t.Errorf("got plain message %v, want the channel, thread and notification of %v", plain, refused)
	}
	r.awaitPlainer(1)
	r.deliverAgain("app_mention.json")
	checkPlain(t, "second mention", r.fake.await("chat.postMessage", 3))
	var command map[string]any
	if err := json.Unmarshal(r.deliver("command.form").Body.Bytes(), &command); err != nil {
		t.Fatal(err)
	}
	checkPlain(t, "command", command)
	if command["response_type"] != "ephemeral" {
		t.Errorf("got plain answer %v, want an ephemeral one", command)
	}
	r.shutdown()
	if n := r.fake.Count("chat.postMessage"); n != 3 {
		t.Errorf("got %d messages, want 3", n)
	}
	log := r.logged.String()
	if n := strings.Count(log, "message refused, sent a plainer one"); n != 1 || !strings.Contains(log, "code=invalid_blocks") {
		t.Errorf("got %d warnings, want 1 with the code:\n%s", n, log)
	}
	if strings.Contains(log, "level=ERROR") {
		t.Errorf("an answer that was sent is logged as an error:\n%s", log)
	}
}

// TestPlainResponse checks the answers at response URLs.
func TestPlainResponse(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.unknown = []string{"rich_text"}
	r.deliver("button_ephemeral.json")
	checkPlain(t, "button", r.fake.await("response_url", 2))
	r.deliver("shortcut.json")
	r.shutdown()
	last := r.fake.await("response_url", r.fake.Count("response_url"))
	if slices.Contains(typesIn(t, last), "rich_text") {
		t.Errorf("got last message %v, want no rich text", last)
	}
}

// TestPlainText checks that the whole answer is sent as text if Slack refuses all blocks.
func TestPlainText(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.unknown = []string{"rich_text", "actions"}
	r.deliver("app_mention.json")
	last := r.fake.await("chat.postMessage", 3)
	if len(typesIn(t, last)) != 0 || last["mrkdwn"] != nil {
		t.Errorf("got %v, want marked text without blocks", last)
	}
	platformtest.Golden(t, "plain_text", last)
	r.awaitPlainer(1)
	r.deliverAgain("app_mention.json")
	r.shutdown()
	if n := r.fake.Count("chat.postMessage"); n != 4 {
		t.Errorf("got %d messages, want 4", n)
	}
}

// TestPlainPost checks that a refused daily term is posted with its buttons, and that a post without
// buttons counts as refused.
func TestPlainPost(t *testing.T) {
	post := func(unknown ...string) (map[string]any, error) {
		r := newHarness(t, nil)
		r.fake.unknown = unknown
		_, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
		return r.fake.await("chat.postMessage", 2), err
	}
	plain, err := post("rich_text")
	if err != nil {
		t.Fatal(err)
	}
	checkPlain(t, "daily term", plain)
	blocks, err := json.Marshal(plain["blocks"])
	if err != nil || !hasButton(blocks, bot.DailyButtonID("gadget")) {
		t.Errorf("got blocks %s, want the button by which the post is found", blocks)
	}
	if _, err := post("rich_text", "actions"); bot.PostErrorOf(err).Fault != bot.ContentRejected {
		t.Errorf("got error %v, want a rejected post", err)
	}
}

// TestPlainView checks that a refused view is shown with sections and its inputs.
func TestPlainView(t *testing.T) {
	r := newHarness(t, nil)
	r.fake.unknown = []string{"rich_text", "external_select"}
	r.deliver("home_opened.json")
	home := r.fake.await("views.publish", 2)["view"].(map[string]any)
	if types := typesIn(t, home); !slices.Contains(types, "section") || !slices.Contains(types, "input") || slices.Contains(types, "header") {
		t.Errorf("got a Home tab of %v, want sections and the search box", types)
	}
	r.deliver("modal_more.json")
	modal := r.fake.await("views.update", 2)["view"].(map[string]any)
	if types := typesIn(t, modal); slices.Contains(types, "rich_text") || !slices.Contains(types, "section") {
		t.Errorf("got a modal of %v, want sections", types)
	}
}

// TestPlainOnce checks that Slack's refusal of one long answer changes no other answer, and that
// nothing is remembered if Slack refuses all forms.
func TestPlainOnce(t *testing.T) {
	refuse := func(code string) func(http.ResponseWriter) {
		return platformtest.AnswerWith(200, `{"ok":false,"error":"`+code+`"}`, "Content-Type: application/json")
	}
	for name, answers := range map[string][]func(http.ResponseWriter){
		"too long":    {refuse("msg_blocks_too_long")},
		"all refused": {refuse("invalid_arguments"), refuse("invalid_arguments"), refuse("invalid_arguments")},
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("chat.postMessage", answers...)
		r.deliver("app_mention.json")
		if err := waitFor(func() bool { return r.fake.Count("chat.postMessage") >= max(2, len(answers)) }); err != nil {
			t.Fatal(err)
		}
		calls := r.fake.Count("chat.postMessage")
		if err := waitFor(func() bool {
			return strings.Contains(r.logged.String(), "request=") || strings.Contains(r.logged.String(), "plainer")
		}); err != nil {
			t.Fatal(err)
		}
		r.deliverAgain("app_mention.json")
		if next := r.fake.await("chat.postMessage", calls+1); !slices.Contains(typesIn(t, next), "rich_text") {
			t.Errorf("%s: got next message %v, want rich text", name, next)
		}
		r.shutdown()
		if logged := strings.Contains(r.logged.String(), "level=ERROR"); logged != (len(answers) == 3) {
			t.Errorf("%s: error logged: %v:\n%s", name, logged, r.logged)
		}
	}
}

// TestUnanswerable checks that a user gets an answer in another place if Slack refuses all messages
// in the channel, if a modal does not open, and if the answer to an edited message was deleted.
func TestUnanswerable(t *testing.T) {
	refuse := func(code string) func(http.ResponseWriter) {
		return platformtest.AnswerWith(200, `{"ok":false,"error":"`+code+`"}`, "Content-Type: application/json")
	}
	for name, tt := range map[string]struct {
		method, code string
		payloads     []string
		want         string // the call with the answer
		n            int
		channel      any
	}{
		"read-only channel": {"chat.postMessage", "restricted_action", []string{"app_mention.json"}, "chat.postMessage", 2, "U2147483697"},
		"shortcut":          {"views.open", "expired_trigger_id", []string{"shortcut_lookup.json"}, "chat.postMessage", 1, "U2147483697"},
		"settings":          {"views.open", "expired_trigger_id", []string{"home_settings.json"}, "views.publish", 1, nil},
		"deleted answer":    {"chat.update", "message_not_found", []string{"message_im.json", "message_im_changed.json"}, "chat.postMessage", 2, "D024BE91L"},
	} {
		keys := new(platformtest.KeyStore)
		r := newHarness(t, func(o *Options) { o.Store = keys })
		r.fake.Prepare(tt.method, refuse(tt.code))
		for _, p := range tt.payloads {
			r.deliver(p)
			if p == "message_im.json" {
				if err := waitFor(func() bool { return keys.Has("slack:answer:") }); err != nil {
					t.Fatal(err)
				}
			}
		}
		sent := r.fake.await(tt.want, tt.n)
		if sent["channel"] != tt.channel || sent["blocks"] == nil && sent["view"] == nil {
			t.Errorf("%s: got %v, want an answer in %v", name, sent, tt.channel)
		}
		r.shutdown()
	}
}
