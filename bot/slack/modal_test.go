package slack

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/socket"
	"k8sbot/glossary"
)

// TestLookup delivers recorded payloads of select menus and modals, and compares what Slack
// receives with golden files.
func TestLookup(t *testing.T) {
	for _, tt := range []struct {
		payload string
		method  string // of the call with the answer; "" if it is the HTTP response
		has     string // must be in the answer
		hasNot  string
	}{
		{"command_empty.form", "", `"external_select"`, "1:share"},
		{"block_suggestion.json", "", `"value":"Widget"`, ""},
		{"home_lookup.json", "views.publish", "1:more:widget", "1:share"},
		{"message_lookup.json", "response_url", "1:share:widget", `"replace_original":false`},
		{"shortcut_lookup.json", "views.open", `"external_select"`, ""},
		{"modal_submission.json", "", `"response_action":"update"`, `"action_id":"1:share`},
		{"modal_question.json", "", `"1:share-answer:en:compare:widget:gadget"`, `"action_id":"1:share`},
		{"modal_more.json", "views.update", `"private_metadata":"1:share:widget:en"`, "1:more:"},
		{"command_settings.form", "views.open", `"initial_conversation":"C2147483705"`, ""},
		{"home_settings.json", "views.open", `"default_to_current_conversation":true`, ""},
		{"modal_settings_empty.json", "", "I'm answering in the language of your question", `"submit"`},
		{"modal_share.json", "response_url", "Shared by Steve", "1:share"},
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
			data, err := json.Marshal(sent)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(data), tt.has) || tt.hasNot != "" && strings.Contains(string(data), tt.hasNot) {
				t.Errorf("got %s, want %s and not %s", data, tt.has, tt.hasNot)
			}
			if view, ok := sent["view"].(map[string]any); ok {
				if err := checkView(view); err != nil {
					t.Error(err)
				}
			}
			platformtest.Golden(t, strings.TrimSuffix(tt.payload, filepath.Ext(tt.payload)), sent)
		})
	}
}

// checkView returns an error if a view exceeds Slack's limits
// (https://docs.slack.dev/reference/views).
func checkView(view map[string]any) error {
	blocks, _ := view["blocks"].([]any)
	if len(blocks) == 0 || len(blocks) > blockkit.MaxViewBlocks {
		return fmt.Errorf("view has %d blocks, want 1 to %d", len(blocks), blockkit.MaxViewBlocks)
	}
	inputs := 0
	seen := make(map[string]bool)
	for _, b := range blocks {
		block := b.(map[string]any)
		if err := checkBlockLimits(block); err != nil {
			return err
		}
		if id, _ := block["block_id"].(string); id != "" {
			if seen[id] {
				return fmt.Errorf("duplicate block ID %s", id)
			}
			seen[id] = true
		}
		if block["type"] == "input" {
			inputs++
		}
	}
	if view["type"] == "home" {
		return nil
	}
	for _, key := range []string{"title", "submit", "close"} {
		text, ok := view[key].(map[string]any)
		if n := platform.Runes(fmt.Sprint(text["text"])); ok && n > blockkit.MaxViewTitle {
			return fmt.Errorf("%s has %d characters, want at most %d", key, n, blockkit.MaxViewTitle)
		}
	}
	if data, _ := view["private_metadata"].(string); len(data) > blockkit.MaxMetadata {
		return fmt.Errorf("private metadata has %d characters, want at most %d", len(data), blockkit.MaxMetadata)
	}
	if (view["submit"] != nil) != (inputs > 0) {
		return fmt.Errorf("view has %d inputs, and submit is %v", inputs, view["submit"])
	}
	return nil
}

// TestModalShare checks what a modal says after an answer was shared, and after sharing
// failed.
func TestModalShare(t *testing.T) {
	for want, status := range map[string]int{`"Shared"`: 200, "I couldn't share this": 404} {
		r := newHarness(t, nil)
		r.fake.Prepare("response_url", platformtest.AnswerWith(status, ""))
		if view := r.deliver("modal_share.json").Body.String(); !strings.Contains(view, want) || strings.Contains(view, "conversations_select") {
			t.Errorf("response URL answers %d: got view %s, want %q and no select of conversations", status, view, want)
		}
		if sent := r.fake.await("response_url", 1); sent["response_type"] != "in_channel" {
			t.Errorf("got %v, want a public message", sent["response_type"])
		}
	}
}

// TestAnswerViews checks the modal of each reply.
func TestAnswerViews(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	views := map[string]any{"lookup en": lookupView(glossary.English), "lookup ja": lookupView(glossary.Japanese), "settings ja": settingsView(glossary.Japanese, "C1")}
	for name, r := range platformtest.Replies(t, Platform, Capabilities) {
		views[name] = answerView(r)
	}
	for name, v := range views {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var view map[string]any
		if err := json.Unmarshal(data, &view); err != nil {
			t.Fatal(err)
		}
		if err := checkView(view); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSuggestions checks that the select menu offers the same terms as autocomplete on
// Discord, within Slack's limits.
func TestSuggestions(t *testing.T) {
	r := newHarness(t, func(o *Options) { o.Bot = platformtest.Bot(t, nil, o.Log) })
	for _, text := range []string{"", "c", "crash", "ぽっど", "svc", "pod sec", "イメージ", "zzzzzz"} {
		payload, err := json.Marshal(map[string]any{
			"type": "block_suggestion", "action_id": lookupID, "value": text, "team": map[string]any{"id": "T1"}, "user": map[string]any{"id": "U1"},
		})
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Options []struct {
				Text  struct{ Type, Text string }
				Value string
			}
		}
		if err := json.Unmarshal(r.respondTo("/slack/interactions", interactionForm(string(payload))), &got); err != nil {
			t.Fatal(err)
		}
		discord := bot.Request{Platform: "discord", Caps: bot.Capabilities{}, Surface: bot.Slash, Text: text, Locales: []string{"en-US"}}
		want := r.adapter.o.Bot.Complete(t.Context(), discord, reply.MaxOptions)
		if len(got.Options) != len(want) || got.Options == nil {
			t.Errorf("%q: got %d options, want %d", text, len(got.Options), len(want))
			continue
		}
		for i, o := range got.Options {
			if o.Value != want[i].Value || !strings.HasPrefix(want[i].Label, strings.TrimSuffix(o.Text.Text, platform.Mark)) || platform.Runes(o.Text.Text) > blockkit.MaxOption || o.Text.Type != "plain_text" {
				t.Errorf("%q: option %d is %v, want %v", text, i, o, want[i])
			}
		}
	}
}

// TestSocketModal checks that Socket Mode acknowledges select menus and modals with their
// answers, and that an answer that is too long for an acknowledgement updates the modal later.
func TestSocketModal(t *testing.T) {
	r := newHarness(t, nil)
	acked := make(chan json.RawMessage, 1)
	deliver := func(id, payload string) string {
		r.adapter.onEnvelope(socket.Envelope{ID: id, Type: socket.Interactive, Payload: r.payload(payload), Ack: func(answer json.RawMessage, _ func()) bool {
			acked <- answer
			return true
		}})
		return string(<-acked)
	}
	if answer := deliver("e1", "block_suggestion.json"); !strings.Contains(answer, `"value":"WidgetFailing"`) {
		t.Errorf("got options %s, want WidgetFailing", answer)
	}
	if answer := deliver("e2", "modal_submission.json"); !strings.Contains(answer, `"response_action":"update"`) || !strings.Contains(answer, "1:more:widget") {
		t.Errorf("got %s, want the modal with the answer", answer)
	}
	r.adapter.maxAck = 100
	if answer := deliver("e3", "modal_submission.json"); !strings.Contains(answer, `"response_action":"update"`) || strings.Contains(answer, "1:more:widget") {
		t.Errorf("got %s, want a modal that asks to wait", answer)
	}
	sent := r.fake.await("views.update", 1)
	if sent["view_id"] != "V2" || !strings.Contains(fmt.Sprint(sent["view"]), "1:more:widget") {
		t.Errorf("got %v, want the answer in the modal V2", sent)
	}
}
