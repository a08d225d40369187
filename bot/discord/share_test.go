package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/platform/platformtest"
)

const (
	sharedPost   = "POST /webhooks/" + testApp + "/" + testInteractionToken
	originalEdit = "PATCH /webhooks/" + testApp + "/" + testInteractionToken + "/messages/@original"
)

// TestShare clicks the same share button twice, on two replicas with one store. The answer is
// shared once, with the name of the user who shared it and without a ping. The ephemeral
// answer says so and loses the share button.
func TestShare(t *testing.T) {
	t.Parallel()
	store := new(platformtest.KeyStore)
	a := newHarness(t, func(o *Options) { o.Store = store })
	b := newHarness(t, func(o *Options) { o.Store, o.APIURL = store, a.fake.url() })
	body := string(a.payload("button_share"))
	again := strings.ReplaceAll(body, "700000000000000015", "700000000000000115")
	a.deliver([]byte(body))
	post, edit := a.fake.Await(sharedPost, 1), a.fake.Await(originalEdit, 1)
	for _, h := range []*harness{a, b} {
		if answer := fmt.Sprint(h.deliver([]byte(again))); answer != "map[type:6]" {
			t.Errorf("second click: got %s, want only a deferred update", answer)
		}
		if err := h.adapter.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}
	if posts, edits := a.fake.Count(sharedPost), a.fake.Count(originalEdit); posts != 1 || edits != 1 {
		t.Errorf("got %d posts and %d edits, want 1 of each", posts, edits)
	}
	platformtest.Golden(t, "shared", post.Body)
	platformtest.Golden(t, "shared_original", edit.Body)
	validate(t, schemaFollowup, post.Raw)
	validate(t, schemaFollowupEdit, edit.Raw)
	for what, raw := range map[string][]byte{"Ayaさんが共有": post.Raw, "共有しました": edit.Raw} {
		if err := checkInert(raw); err != nil || !strings.Contains(string(raw), what) || strings.Contains(string(raw), "1:share:") {
			t.Errorf("got %s, want %q and no share button; error %v", raw, what, err)
		}
	}
}

// TestShareRefused verifies that the ephemeral answer says what to do if Discord refuses the
// shared message.
func TestShareRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.Prepare(sharedPost, platformtest.AnswerWith(403, `{"message":"Missing Access","code":50001}`))
	h.deliver(h.payload("button_share"))
	if edit := h.fake.Await(originalEdit, 1); edit.Body["content"] != shareFailed.EN {
		t.Errorf("got %s, want %q", edit.Raw, shareFailed.EN)
	}
}

// TestShareLabel verifies that the button says whether it shares in a channel or a thread.
func TestShareLabel(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	for kind, want := range map[int]string{0: "Share in channel", 10: "Share in thread", 11: "Share in thread", 12: "Share in thread"} {
		body := fmt.Appendf(nil, `{"id":"%d","type":2,"locale":"en-US","guild_id":"1","channel_id":"5","channel":{"id":"5","type":%[1]d},"user":{"id":"2"},
			"data":{"name":"k8s","type":1,"options":[{"name":"term","type":1,"options":[{"name":"name","value":"Widget"}]}]}}`, kind)
		if answer := fmt.Sprint(h.deliver(body)); !strings.Contains(answer, want) {
			t.Errorf("channel type %d: got %s, want %q", kind, answer, want)
		}
	}
}

// TestSharePaste shares the explanation of a paste: Discord sends the message with the click,
// and its embeds are posted to the channel below the name of the user who shared them.
func TestSharePaste(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	explained := h.deliver(h.payload("form"))["data"].(map[string]any)
	var click map[string]any
	if err := json.Unmarshal(h.payload("button_share"), &click); err != nil {
		t.Fatal(err)
	}
	click["data"].(map[string]any)["custom_id"] = "1:share-answer:en:explain"
	if !strings.Contains(fmt.Sprint(explained["components"]), "1:share-answer:en:explain") {
		t.Fatalf("got %v, want a button to share the explanation", explained["components"])
	}
	message := click["message"].(map[string]any)
	message["content"], message["embeds"] = "", explained["embeds"]
	body, err := json.Marshal(click)
	if err != nil {
		t.Fatal(err)
	}
	h.deliver(body)
	post, edit := h.fake.Await(sharedPost, 1), h.fake.Await(originalEdit, 1)
	platformtest.Golden(t, "shared_paste", post.Body)
	validate(t, schemaFollowup, post.Raw)
	validate(t, schemaFollowupEdit, edit.Raw)
	for what, raw := range map[string][]byte{"Shared by Aya": post.Raw, "Shared": edit.Raw} {
		if err := checkInert(raw); err != nil || !strings.Contains(string(raw), what) || !strings.Contains(string(raw), "WidgetFailing") || strings.Contains(string(raw), "1:share") {
			t.Errorf("got %s, want %q, the explanation and no share button; error %v", raw, what, err)
		}
	}
}
