package discord

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/discord/snowflake"
	"k8sbot/bot/platform/platformtest"
)

// TestMessages delivers recorded messages through the gateway and compares the answers
// with golden files.
func TestMessages(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000009","preferred_locale":"ja"}`))
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000001","preferred_locale":"en-US"}`))
	// Wait for the locale of the first server. The locale of the second one is ignored.
	for deadline := time.Now().Add(10 * time.Second); h.adapter.servers.Locales("200000000000000009") == nil; {
		if time.Now().After(deadline) {
			t.Fatal("the locale of the server is not remembered")
		}
		time.Sleep(time.Millisecond)
	}
	for name, channel := range map[string]string{
		"mention": "300000000000000001", "mention_ja_server": "300000000000000002", "mention_thread": "300000000000000003",
		"mention_miss": "300000000000000004", "direct": "300000000000000005", "mention_paste": "300000000000000006",
	} {
		s.Dispatch("MESSAGE_CREATE", h.payload(name))
		sent := h.fake.Await("POST /channels/"+channel+"/messages", 1)
		platformtest.Golden(t, name, sent.Body)
		if err := errors.Join(checkInert(sent.Raw), checkLimits(sent.Raw)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Send a repeated message, as after a resume, and messages that are not for the bot.
	s.Dispatch("MESSAGE_CREATE", h.payload("mention"))
	for _, ignored := range []string{
		`{"id":"500000000000000001","channel_id":"300000000000000001","guild_id":"1","content":"pod"}`,
		`{"id":"500000000000000002","channel_id":"300000000000000001","guild_id":"1","content":"pod","author":{"id":"7"},"mentions":[{"id":"8"}]}`,
		`{"id":"500000000000000003","channel_id":"300000000000000001","content":"pod","author":{"id":"7","bot":true}}`,
		`{"id":"500000000000000004","channel_id":"300000000000000001","content":"pod","author":{"id":"` + testSelf + `"}}`,
		`{"id":"500000000000000005","channel_id":"300000000000000001","content":"","type":7,"author":{"id":"7"},"mentions":[{"id":"` + testSelf + `"}]}`,
		`{"id":"500000000000000006","channel_id":"300000000000000001","webhook_id":"1","content":"pod","author":{"id":"7"},"mentions":[{"id":"` + testSelf + `"}]}`,
		`{"id":17}`, `null`, `[]`,
	} {
		s.Dispatch("MESSAGE_CREATE", []byte(ignored))
	}
	s.Dispatch("MESSAGE_UPDATE", []byte(`{"id":"400000000000000001","channel_id":"300000000000000001","guild_id":"1","content":"pod","author":{"id":"7"},"mentions":[{"id":"`+testSelf+`"}]}`))
	// When the last message is answered, the others should be too.
	last := bytes.ReplaceAll(h.payload("direct"), []byte("300000000000000005"), []byte("300000000000000099"))
	s.Dispatch("MESSAGE_CREATE", bytes.ReplaceAll(last, []byte("400000000000000005"), []byte("400000000000000099")))
	h.fake.Await("POST /channels/300000000000000099/messages", 1)
	if n := h.fake.Count("POST /channels/300000000000000001/messages"); n != 1 {
		t.Errorf("got %d answers, want 1", n)
	}
}

// TestEdited verifies that editing a message edits its answer, even on another replica.
func TestEdited(t *testing.T) {
	t.Parallel()
	store := new(platformtest.KeyStore)
	first := newHarness(t, func(o *Options) { o.Store = store })
	second := newHarness(t, func(o *Options) { o.Store = store })
	id := fmt.Sprint((time.Now().UnixMilli() - snowflake.Epoch) << 22)
	message := func(text, edited string) []byte {
		return fmt.Appendf(nil, `{"id":%q,"channel_id":"300000000000000001","guild_id":"200000000000000001","content":"<@%s> %s","edited_timestamp":%q,
			"author":{"id":"600000000000000001"},"mentions":[{"id":%q}]}`, id, testSelf, text, edited, testSelf)
	}
	s := first.connect()
	s.Dispatch("MESSAGE_CREATE", message("Widgte", ""))
	first.fake.Await("POST /channels/300000000000000001/messages", 1)
	for deadline := time.Now().Add(10 * time.Second); !store.Has("discord:answer:"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the ID of the answer is not stored")
		}
	}
	s = second.connect()
	s.Dispatch("MESSAGE_UPDATE", message("Widget", "2026-11-24T00:00:00Z"))
	edited := second.fake.Await("PATCH /channels/300000000000000001/messages/900000000000000001", 1)
	validate(t, schemaMessageEdit, edited.Raw)
	if !strings.Contains(fmt.Sprint(edited.Body["embeds"]), "Widget") || edited.Body["message_reference"] != nil {
		t.Errorf("got edit %v, want Widget without a reference", edited.Body)
	}
	// An edit to an old message that was never answered is ignored.
	old := bytes.ReplaceAll(message("Widget", "2026-11-24T00:00:01Z"), []byte(id), []byte("400000000000000001"))
	s.Dispatch("MESSAGE_UPDATE", old)
	s.Dispatch("MESSAGE_CREATE", second.payload("direct"))
	second.fake.Await("POST /channels/300000000000000005/messages", 1)
	if n := second.fake.Count("POST /channels/300000000000000001/messages"); n != 0 {
		t.Errorf("got %d answers to an edited old message, want 0", n)
	}
}
