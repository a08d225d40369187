package discord

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// Permissions that a channel may deny, as the fake server checks them.
func noEmbeds(body string) (status, code int) {
	if strings.Contains(body, `"embeds":[{`) {
		return 403, 50013
	}
	return 0, 0
}

func noHistory(body string) (status, code int) {
	if strings.Contains(body, `"message_reference"`) {
		return 403, 160002
	}
	return 0, 0
}

func noMenus(body string) (status, code int) {
	if strings.Contains(body, `"embeds":[{`) || strings.Contains(body, `"type":3`) {
		return 400, 50035
	}
	return 0, 0
}

func nothing(body string) (status, code int) {
	if strings.Contains(body, `"allowed_mentions"`) && strings.Contains(body, `"nonce"`) {
		return 403, 50013
	}
	return 0, 0
}

// awaitPlainer waits until the log says that a plainer message was sent.
func (h *harness) awaitPlainer() {
	h.t.Helper()
	for deadline := time.Now().Add(platformtest.Patience); !strings.Contains(h.logged.String(), "sent a plainer one"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("no warning in the log: %s", h.logged)
		}
	}
}

func (h *harness) mention(s interface{ Dispatch(string, []byte) }, n string) {
	h.t.Helper()
	m := strings.ReplaceAll(string(h.payload("mention")), "400000000000000001", "40000000000000100"+n)
	s.Dispatch("MESSAGE_CREATE", []byte(m))
}

// TestPlainMessage checks how a mention is answered in a channel that refuses a part of the answer,
// and that the second answer is sent in that form at once.
func TestPlainMessage(t *testing.T) {
	for name, tt := range map[string]struct {
		refuse                  func(string) (int, int)
		calls                   int // for the first answer
		embeds, reply, controls bool
	}{
		"no embeds":  {noEmbeds, 3, false, false, true},
		"no history": {noHistory, 2, true, false, true},
		"no menus":   {noMenus, 3, false, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.fake.refuse = tt.refuse
			s := h.connect()
			const call = "POST /channels/300000000000000001/messages"
			h.mention(s, "1")
			for i, n := range []int{tt.calls, tt.calls + 1} {
				sent := h.fake.Await(call, n).Body
				if got := len(sent["embeds"].([]any)) > 0; got != tt.embeds {
					t.Errorf("message %d has embeds: %v", n, got)
				}
				if got := sent["message_reference"] != nil; got != tt.reply {
					t.Errorf("message %d is a reply: %v", n, got)
				}
				if got := len(sent["components"].([]any)) > 0; got != tt.controls {
					t.Errorf("message %d has components: %v", n, got)
				}
				if content, _ := sent["content"].(string); (content == "") != tt.embeds {
					t.Errorf("message %d has content %q", n, content)
				}
				if i == 0 {
					if name == "no embeds" {
						platformtest.Golden(t, "plain_mention", sent)
					}
					h.awaitPlainer()
					h.mention(s, "2")
				}
			}
			if n := h.fake.Count(call); n != tt.calls+1 {
				t.Errorf("got %d messages, want %d", n, tt.calls+1)
			}
		})
	}
}

// TestPlainInteraction checks the answers to commands, through the gateway and over HTTP.
func TestPlainInteraction(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.refuse = noMenus
	const call = "POST /interactions/700000000000000001/" + testInteractionToken + "/callback"
	h.connect().Dispatch("INTERACTION_CREATE", h.payload("command_term"))
	sent := h.fake.Await(call, 2).Body
	data, _ := sent["data"].(map[string]any)
	if content, _ := data["content"].(string); content == "" || len(data["embeds"].([]any)) > 0 || sent["type"] != 4. {
		t.Errorf("got response %v, want text", sent)
	}
	h.awaitPlainer()
	again := strings.ReplaceAll(string(h.payload("command_term")), "700000000000000001", "700000000000000002")
	data, _ = h.deliver([]byte(again))["data"].(map[string]any)
	if content, _ := data["content"].(string); content == "" {
		t.Errorf("got response %v over HTTP, want text", data)
	}
}

// TestPlainPost checks that a daily term is posted with its buttons if Discord refuses embeds.
func TestPlainPost(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.refuse = noEmbeds
	if _, err := h.adapter.Post(t.Context(), bot.Channel{ID: "300000000000000001"}, platformtest.DailyPost(t, Platform, "ja"), "key"); err != nil {
		t.Fatal(err)
	}
	platformtest.Golden(t, "plain_daily", h.fake.Await("POST /channels/300000000000000001/messages", 2).Body)
}

// TestUnanswerable checks that a mention in a channel where the bot may not write is answered in a
// direct message.
func TestUnanswerable(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.refuse = nothing
	h.mention(h.connect(), "1")
	if sent := h.fake.Await("POST /channels/900000000000000001/messages", 1).Body; len(sent["embeds"].([]any)) == 0 {
		t.Errorf("got direct message %v, want the answer", sent)
	}
}

// TestPlainForms checks that a modal has only one form, and that text that is too long ends between
// two parts.
func TestPlainForms(t *testing.T) {
	const modal = `{"type":9,"data":{"custom_id":"settings","components":[{"type":18}]}}`
	for form := plain.Rendered; form <= plain.Text; form++ {
		if got := plain.Message([]byte(modal), form); string(got) != modal {
			t.Errorf("form %d of a modal: got %s", form, got)
		}
	}
	long := message{Embeds: render(platformtest.DailyPost(t, Platform, "en")).Embeds}
	long.Embeds[0].Title, long.Embeds[0].Description = "title", "```\n"+strings.Repeat("x", 1990)+"\n```"
	data, err := json.Marshal(long)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode[textMessage](plain.Message(data, plain.Text))
	if err != nil || !strings.HasSuffix(got.Content, platform.Mark) || strings.Contains(got.Content, "```") || !strings.HasPrefix(got.Content, "**title**") {
		t.Errorf("got %q, %v, want the title and a mark", got.Content, err)
	}
}

// A textMessage is the text of a message.
type textMessage struct {
	Content string `json:"content"`
}
