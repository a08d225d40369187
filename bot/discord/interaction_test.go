package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

// TestInteractions delivers each recorded interaction over HTTP and through the gateway,
// and verifies that both get the golden response.
func TestInteractions(t *testing.T) {
	t.Parallel()
	byGateway := newHarness(t, nil)
	socket := byGateway.connect()
	for _, name := range []string{
		"command_term", "command_term_public_ja", "command_compare", "command_explain", "command_explain_form", "command_list",
		"command_help", "command_free_text", "command_misspelled", "autocomplete", "autocomplete_empty", "autocomplete_nothing",
		"message_command", "message_command_alert", "button_more", "button_share", "button_old", "form",
		"command_settings", "settings",
	} {
		t.Run(name, func(t *testing.T) {
			body := byGateway.payload(name)
			h := newHarness(t, nil)
			answer := h.deliver(body)
			platformtest.Golden(t, name, answer)
			checkResponse(t, answer)

			var i interaction
			if err := json.Unmarshal(body, &i); err != nil {
				t.Fatal(err)
			}
			socket.Dispatch("INTERACTION_CREATE", body)
			sent := byGateway.fake.Await("POST /interactions/"+i.ID+"/"+i.Token+"/callback", 1)
			if got, want := fmt.Sprint(sent.Body), fmt.Sprint(answer); got != want {
				t.Errorf("gateway: got %s, want %s as over HTTP", got, want)
			}
			if sent.Auth != "Bot "+testBotToken {
				t.Errorf("got Authorization %q, want the bot token", sent.Auth)
			}
		})
	}
}

// checkResponse checks a response against the schema and Discord's limits, and for live
// markup.
func checkResponse(t *testing.T, answer map[string]any) {
	t.Helper()
	body, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := answer["type"].(float64)
	if kind != 9 { // openapi.json leaves out modals
		validate(t, schemaCallback, body)
	}
	if kind == 4 || kind == 7 {
		if err := errors.Join(checkInert(body), checkLimits(body)); err != nil {
			t.Error(err)
		}
	}
	if bytes.Contains(body, []byte("null")) {
		t.Errorf("response contains null: %s", body)
	}
}

// TestPublicModal verifies that the option public also applies if a modal asks for the
// text.
func TestPublicModal(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	for i, public := range []bool{true, false} {
		ask := fmt.Appendf(nil, `{"id":"1%d","type":2,"user":{"id":"2"},"data":{"name":"k8s","type":1,"options":[{"name":"explain","type":1,
			"options":[{"name":"public","type":5,"value":%v}]}]}}`, i, public)
		modal := h.deliver(ask)["data"].(map[string]any)
		fill := fmt.Appendf(nil, `{"id":"2%d","type":5,"user":{"id":"2"},"data":{"custom_id":%q,"components":[{"type":1,"components":[
			{"type":4,"custom_id":"text","value":"web-1 is WidgetFailing"}]}]}}`, i, modal["custom_id"])
		if answer := h.deliver(fill)["data"].(map[string]any); (answer["flags"] == nil) != public {
			t.Errorf("public %v: got answer %v", public, answer)
		}
		filled, err := readInteraction(fill)
		if err != nil {
			t.Fatal(err)
		}
		if data := fmt.Sprint(deferred(filled).Data); (data == "map[flags:0]") != public {
			t.Errorf("public %v: got deferred response %s", public, data)
		}
	}
}

// TestForwarded verifies that the message command reads forwarded messages.
func TestForwarded(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	answer := h.deliver([]byte(`{"id":"1","type":2,"locale":"en-US","user":{"id":"2"},"data":{"name":"Explain Kubernetes terms","type":3,"target_id":"9",
		"resolved":{"messages":{"9":{"id":"9","content":"","message_snapshots":[{"message":{"content":"web-1 is WidgetFailing"}}]}}}}}`))
	if !strings.Contains(fmt.Sprint(answer), "WidgetFailing") {
		t.Errorf("got %v, want an answer with WidgetFailing", answer)
	}
}

// TestDuplicates verifies that a repeated interaction gets no second response. A deferred
// response would be the worst, because no answer would follow.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	body := newHarness(t, nil).payload("command_term")
	h := newHarness(t, nil)
	s := h.connect()
	s.Dispatch("INTERACTION_CREATE", body)
	const callback = "POST /interactions/700000000000000001/" + testInteractionToken + "/callback"
	h.fake.Await(callback, 1)
	s.Dispatch("INTERACTION_CREATE", body)
	w := httptest.NewRecorder()
	h.adapter.Handler().ServeHTTP(w, signed(body, time.Now()))
	if w.Code != http.StatusConflict {
		t.Errorf("HTTP: got status %d, want 409: %s", w.Code, w.Body)
	}
	s.Dispatch("MESSAGE_CREATE", h.payload("direct"))
	h.fake.Await("POST /channels/300000000000000005/messages", 1)
	if n := h.fake.Count(callback); n != 1 {
		t.Errorf("got %d responses, want 1", n)
	}
}

// TestSlowAnswer verifies that the response is deferred if the answer takes longer than
// platform.AckTimeout. The answer then replaces the deferred response or, for a button,
// is a new message.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	slow := func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
			time.Sleep(platform.AckTimeout + 200*time.Millisecond)
			return 0
		}})
	}
	for name, tt := range map[string]struct {
		payload, deferred, call string
	}{
		"command": {`"type":2,"data":{"name":"k8s","type":1,"options":[{"name":"random","type":1}]}`,
			`{"data":{"flags":64},"type":5}`, "PATCH /webhooks/" + testApp + "/" + testInteractionToken + "/messages/@original"},
		"public command": {`"type":2,"data":{"name":"k8s","type":1,"options":[{"name":"random","type":1,"options":[{"name":"public","value":true}]}]}`,
			`{"data":{"flags":0},"type":5}`, "PATCH /webhooks/" + testApp + "/" + testInteractionToken + "/messages/@original"},
		"button": {`"type":3,"data":{"custom_id":"1:random"},"message":{"flags":0}`,
			`{"type":6}`, "POST /webhooks/" + testApp + "/" + testInteractionToken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, slow)
			body := fmt.Appendf(nil, `{"id":"1","application_id":%q,"token":%q,"user":{"id":"2"},%s}`, testApp, testInteractionToken, tt.payload)
			first, err := json.Marshal(h.deliver(body))
			if err != nil {
				t.Fatal(err)
			}
			if string(first) != tt.deferred {
				t.Errorf("got first response %s, want %s", first, tt.deferred)
			}
			sent := h.fake.Await(tt.call, 1)
			if strings.HasPrefix(tt.call, "PATCH") {
				validate(t, schemaFollowupEdit, sent.Raw)
			} else {
				validate(t, schemaFollowup, sent.Raw)
			}
			if sent.Body["embeds"] == nil || sent.Body["allowed_mentions"] == nil {
				t.Errorf("got answer %s, want embeds and allowed_mentions", sent.Raw)
			}
		})
	}
}

// TestOldButtons verifies that the buttons of old messages still work, and that unknown
// button IDs get a helpful answer.
func TestOldButtons(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	for id, want := range map[string]string{
		"1:term:widget": "Widget", "1:more:widget": "Widget", "1:help": "Kubernetes",
		"1:term:gone": "", "9:future:x": "", strings.Repeat("x", 200): "",
	} {
		body := fmt.Appendf(nil, `{"id":%q,"type":3,"locale":"en-US","user":{"id":"2"},"data":{"custom_id":%[1]q},"message":{"flags":64}}`, id)
		answer := h.deliver(body)
		text := fmt.Sprint(answer["data"])
		if answer["type"] == nil || want != "" && !strings.Contains(text, want) || want == "" && !strings.Contains(text, "no longer works") {
			t.Errorf("button %q: got %v, want %q", id, answer, want)
		}
	}
}

// TestLocales verifies how the language of an answer is chosen.
func TestLocales(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	for i, tt := range []struct{ locale, guild, name, want string }{
		{"ja", "en-US", "Widget", "テスト"},
		{"en-GB", "ja", "Widget", "test"},
		{"de", "ja", "Widget", "テスト"},
		{"de", "fr", "widgetって何?", "テスト"},
		{"de", "fr", "what is a widget", "test"},
	} {
		body := fmt.Appendf(nil, `{"id":"%d","type":2,"locale":%q,"guild_locale":%q,"member":{"user":{"id":"2"}},"data":{"name":"k8s","type":1,
			"options":[{"name":"term","type":1,"options":[{"name":"name","value":%q}]}]}}`, i, tt.locale, tt.guild, tt.name)
		if answer := fmt.Sprint(h.deliver(body)); !strings.Contains(answer, tt.want) {
			t.Errorf("%+v: got %s", tt, answer)
		}
	}
}

// TestCallbackRefused verifies that the adapter does not retry if Discord rejects a
// response because the interaction is unknown or already acknowledged.
func TestCallbackRefused(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	for i, answer := range []string{`{"message":"Unknown interaction","code":10062}`, `{"message":"Interaction has already been acknowledged.","code":40060}`} {
		body := strings.ReplaceAll(string(h.payload("command_term")), `"id": "700000000000000001"`, `"id": "71000000000000000`+string(rune('1'+i))+`"`)
		var in interaction
		if err := json.Unmarshal([]byte(body), &in); err != nil {
			t.Fatal(err)
		}
		name := "POST /interactions/" + in.ID + "/" + in.Token + "/callback"
		h.fake.Prepare(name, platformtest.AnswerWith(400, answer))
		s.Dispatch("INTERACTION_CREATE", []byte(body))
		h.fake.Await(name, 1)
		s.Dispatch("MESSAGE_CREATE", []byte(strings.ReplaceAll(string(h.payload("direct")), "400000000000000005", "40000000000000010"+string(rune('1'+i)))))
		h.fake.Await("POST /channels/300000000000000005/messages", i+1)
		if n := h.fake.Count(name); n != 1 {
			t.Errorf("got %d responses, want 1", n)
		}
		if n := h.fake.Count("PATCH /webhooks/" + testApp + "/" + testInteractionToken + "/messages/@original"); n != 0 {
			t.Errorf("got %d follow-ups, want 0", n)
		}
	}
	// Only the unknown interaction is an error that the operator should see.
	const failure = "cannot respond to interaction"
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(h.logged.String(), failure) && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if n := strings.Count(h.logged.String(), failure); n != 1 {
		t.Errorf("got %d logged errors, want 1: %s", n, h.logged)
	}
}

// TestCanManage verifies which permissions allow changing a channel's settings, and that an
// interaction outside of a server is in a direct message.
func TestCanManage(t *testing.T) {
	const manageChannels, manageGuild, administrator = "16", "32", "8"
	h := newHarness(t, nil)
	for _, tt := range []struct {
		i           interaction
		all, admins bool
	}{
		{interaction{GuildID: "1", Member: &member{Permissions: "0"}}, false, false},
		{interaction{GuildID: "1", Member: &member{Permissions: "nonsense"}}, false, false},
		{interaction{GuildID: "1", Member: &member{Permissions: manageChannels}}, true, false},
		{interaction{GuildID: "1", Member: &member{Permissions: manageGuild}}, false, true},
		{interaction{GuildID: "1", Member: &member{Permissions: administrator}}, true, true},
		{interaction{GuildID: "1"}, false, false},
		{interaction{User: &user{ID: "1"}}, true, true},
	} {
		if all, admins := tt.i.canManage(false), tt.i.canManage(true); all != tt.all || admins != tt.admins {
			t.Errorf("%+v: got %v and %v with adminsOnly, want %v and %v", tt.i, all, admins, tt.all, tt.admins)
		}
		if direct := h.adapter.request(tt.i, bot.Slash).Direct; direct != (tt.i.GuildID == "") {
			t.Errorf("%+v: got direct %v", tt.i, direct)
		}
	}
}
