package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

var (
	testSeed = bytes.Repeat([]byte{7}, ed25519.SeedSize)
	testKey  = ed25519.NewKeyFromSeed(testSeed)
)

// A rig is an adapter with the stand-in that it talks to, and what it logged.
type rig struct {
	t       testing.TB
	fake    *fake
	adapter *Adapter
	logged  *platformtest.Buffer
	metrics *platform.Metrics
}

func newRig(t testing.TB, change func(*Options)) *rig {
	t.Helper()
	r := &rig{t: t, fake: newFake(t), logged: new(platformtest.Buffer), metrics: platform.NewMetrics()}
	log := slog.New(slog.NewTextHandler(r.logged, nil))
	o := Options{
		Bot:    platformtest.Fixture(t, log),
		Memory: new(platformtest.Memory), Metrics: r.metrics, Log: log,
		BotToken: testBotToken, PublicKey: hex.EncodeToString(testKey.Public().(ed25519.PublicKey)), APIURL: r.fake.url(),
	}
	if change != nil {
		change(&o)
	}
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.timings = gateway.Timings{
		Open: 5 * time.Second, Identify: 20 * time.Millisecond, FirstWait: 5 * time.Millisecond, MaxWait: 50 * time.Millisecond,
		StableAfter: time.Hour, Silence: 30 * time.Second, Lease: 400 * time.Millisecond, Renew: 50 * time.Millisecond,
	}
	r.adapter = a
	t.Cleanup(r.checkSecrets)
	return r
}

// checkSecrets looks for tokens in all that an adapter writes.
func (r *rig) checkSecrets() {
	for where, text := range map[string]string{
		"log": r.logged.String(), "metrics": platformtest.Scrape(r.metrics), "what was sent": r.fake.everything(),
	} {
		for _, secret := range []string{testBotToken, testInteractionToken} {
			if strings.Contains(text, secret) {
				r.t.Errorf("the %s holds the secret %s", where, secret)
			}
		}
	}
}

// testInteractionToken stands in the payloads.
const testInteractionToken = "interaction-test-secret"

func (r *rig) payload(name string) []byte {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/payloads", name+".json"))
	if err != nil {
		r.t.Fatal(err)
	}
	return data
}

// signed makes a request as Discord sends it.
func signed(body []byte, at time.Time) *http.Request {
	req := httptest.NewRequest(http.MethodPost, "/discord/interactions", bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	timestamp := fmt.Sprint(at.Unix())
	req.Header.Set("X-Signature-Timestamp", timestamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(testKey, append([]byte(timestamp), body...))))
	return req
}

// deliver sends an interaction by HTTP and returns the answer.
func (r *rig) deliver(body []byte) map[string]any {
	r.t.Helper()
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, signed(body, time.Now()))
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		r.t.Fatalf("the interaction is answered with %d %s", w.Code, w.Body)
	}
	var answer map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		r.t.Fatal(err)
	}
	return answer
}

// run runs the adapter until the test ends, and returns what ends it.
func (r *rig) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	var err error
	done := false
	stop = func() error {
		if !done {
			cancel()
			select {
			case err = <-ended:
			case <-time.After(15 * time.Second):
				r.t.Error("the adapter does not stop")
			}
			done = true
			err = errors.Join(err, r.adapter.Shutdown(context.Background()))
		}
		return err
	}
	r.t.Cleanup(func() { stop() })
	return stop
}

// connect runs the adapter and returns its connection, which is ready.
func (r *rig) connect() *gatewaytest.Socket {
	r.t.Helper()
	r.run()
	s := r.fake.Accept()
	s.AwaitOp(2)
	r.awaitReady(true)
	return s
}

// awaitReady waits until the adapter is connected, or is not.
func (r *rig) awaitReady(want bool) {
	r.t.Helper()
	deadline := time.Now().Add(15 * time.Second)
	for {
		if ready, _ := r.metrics.Ready(); ready == want {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("the adapter is not ready: %v, want %v; log: %s", !want, want, r.logged)
		}
		time.Sleep(time.Millisecond)
	}
}

// TestInteractions delivers each recorded interaction by HTTP and through the
// gateway, and compares the answers, which are the same.
func TestInteractions(t *testing.T) {
	t.Parallel()
	byGateway := newRig(t, nil)
	socket := byGateway.connect()
	for _, name := range []string{
		"command_term", "command_term_public_ja", "command_compare", "command_explain", "command_explain_form", "command_list",
		"command_help", "command_free_text", "autocomplete", "autocomplete_empty", "autocomplete_nothing",
		"message_command", "message_command_alert", "button_more", "button_share", "button_old", "form",
	} {
		t.Run(name, func(t *testing.T) {
			body := byGateway.payload(name)
			r := newRig(t, nil)
			answer := r.deliver(body)
			platformtest.Golden(t, name, answer)
			checkResponse(t, answer)

			var i interaction
			if err := json.Unmarshal(body, &i); err != nil {
				t.Fatal(err)
			}
			socket.Dispatch("INTERACTION_CREATE", body)
			sent := byGateway.fake.Await("POST /interactions/"+i.ID+"/"+i.Token+"/callback", 1)
			if got, want := fmt.Sprint(sent.Body), fmt.Sprint(answer); got != want {
				t.Errorf("the gateway is answered with %s, http with %s", got, want)
			}
			if sent.Auth != "Bot "+testBotToken {
				t.Error("the call comes without the token")
			}
		})
	}
}

// checkResponse checks what no golden file should have to show.
func checkResponse(t *testing.T, answer map[string]any) {
	t.Helper()
	body, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := answer["type"].(float64)
	if kind != 9 { // the published document's part on forms is not among the test data
		validate(t, schemaCallback, body)
	}
	if kind == 4 || kind == 7 {
		if err := errors.Join(dead(body), fits(body)); err != nil {
			t.Error(err)
		}
	}
	if bytes.Contains(body, []byte("null")) {
		t.Errorf("a null is sent: %s", body)
	}
}

// TestPublicForm holds that who asked for a public answer gets one also by the form,
// which stands between.
func TestPublicForm(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for i, public := range []bool{true, false} {
		ask := fmt.Appendf(nil, `{"id":"1%d","type":2,"user":{"id":"2"},"data":{"name":"k8s","type":1,"options":[{"name":"explain","type":1,
			"options":[{"name":"public","type":5,"value":%v}]}]}}`, i, public)
		form := r.deliver(ask)["data"].(map[string]any)
		fill := fmt.Appendf(nil, `{"id":"2%d","type":5,"user":{"id":"2"},"data":{"custom_id":%q,"components":[{"type":1,"components":[
			{"type":4,"custom_id":"text","value":"web-1 is WidgetFailing"}]}]}}`, i, form["custom_id"])
		if answer := r.deliver(fill)["data"].(map[string]any); (answer["flags"] == nil) != public {
			t.Errorf("asked for in public: %v, the answer is %v", public, answer)
		}
		filled, err := readInteraction(fill)
		if err != nil {
			t.Fatal(err)
		}
		if promise := fmt.Sprint(deferral(filled).Data); (promise == "map[flags:0]") != public {
			t.Errorf("asked for in public: %v, the promise is %s", public, promise)
		}
	}
}

// TestForwarded holds that the message command reads what a message passes on.
func TestForwarded(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	answer := r.deliver([]byte(`{"id":"1","type":2,"locale":"en-US","user":{"id":"2"},"data":{"name":"Explain Kubernetes words","type":3,"target_id":"9",
		"resolved":{"messages":{"9":{"id":"9","content":"","message_snapshots":[{"message":{"content":"web-1 is WidgetFailing"}}]}}}}}`))
	if !strings.Contains(fmt.Sprint(answer), "WidgetFailing") {
		t.Errorf("a message that passes another on is explained by %v", answer)
	}
}

// TestDuplicates holds that an interaction that comes again is not answered again,
// and above all not with the promise of an answer that never comes.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	body := newRig(t, nil).payload("command_term")
	r := newRig(t, nil)
	s := r.connect()
	s.Dispatch("INTERACTION_CREATE", body)
	const callback = "POST /interactions/700000000000000001/" + testInteractionToken + "/callback"
	r.fake.Await(callback, 1)
	s.Dispatch("INTERACTION_CREATE", body)
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, signed(body, time.Now()))
	if w.Code != http.StatusConflict {
		t.Errorf("by HTTP it is answered with %d %s", w.Code, w.Body)
	}
	s.Dispatch("MESSAGE_CREATE", r.payload("direct"))
	r.fake.Await("POST /channels/300000000000000005/messages", 1)
	if n := r.fake.Count(callback); n != 1 {
		t.Errorf("there were %d responses", n)
	}
}

// TestMessages delivers recorded messages through the gateway.
func TestMessages(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	s := r.connect()
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000009","preferred_locale":"ja"}`))
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000001","preferred_locale":"en-US"}`))
	// The library calls handlers side by side: the servers are known when both are.
	for deadline := time.Now().Add(10 * time.Second); r.adapter.localesOf("200000000000000009") == nil; {
		if time.Now().After(deadline) {
			t.Fatal("the servers are not known")
		}
		time.Sleep(time.Millisecond)
	}
	for name, channel := range map[string]string{
		"mention": "300000000000000001", "mention_ja_server": "300000000000000002", "mention_thread": "300000000000000003",
		"mention_miss": "300000000000000004", "direct": "300000000000000005", "mention_paste": "300000000000000006",
	} {
		s.Dispatch("MESSAGE_CREATE", r.payload(name))
		sent := r.fake.Await("POST /channels/"+channel+"/messages", 1)
		platformtest.Golden(t, name, sent.Body)
		if err := errors.Join(dead(sent.Raw), fits(sent.Raw)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The same again, as after a resumption, and what is nobody's question.
	s.Dispatch("MESSAGE_CREATE", r.payload("mention"))
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
	// What is dispatched last is answered last, as far as that can be told.
	last := bytes.ReplaceAll(r.payload("direct"), []byte("300000000000000005"), []byte("300000000000000099"))
	s.Dispatch("MESSAGE_CREATE", bytes.ReplaceAll(last, []byte("400000000000000005"), []byte("400000000000000099")))
	r.fake.Await("POST /channels/300000000000000099/messages", 1)
	if n := r.fake.Count("POST /channels/300000000000000001/messages"); n != 1 {
		t.Errorf("%d messages were sent, want 1", n)
	}
}

// TestEdited holds that an edited question edits its answer, on another replica
// too.
func TestEdited(t *testing.T) {
	t.Parallel()
	memory := new(platformtest.Memory)
	first := newRig(t, func(o *Options) { o.Memory = memory })
	second := newRig(t, func(o *Options) { o.Memory = memory })
	id := fmt.Sprint((time.Now().UnixMilli() - epoch) << 22)
	message := func(text, edited string) []byte {
		return fmt.Appendf(nil, `{"id":%q,"channel_id":"300000000000000001","guild_id":"200000000000000001","content":"<@%s> %s","edited_timestamp":%q,
			"author":{"id":"600000000000000001"},"mentions":[{"id":%q}]}`, id, testSelf, text, edited, testSelf)
	}
	s := first.connect()
	s.Dispatch("MESSAGE_CREATE", message("Widgte", ""))
	first.fake.Await("POST /channels/300000000000000001/messages", 1)
	for deadline := time.Now().Add(10 * time.Second); !memory.Has("discord:answer:"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the answer is not remembered")
		}
	}
	s = second.connect()
	s.Dispatch("MESSAGE_UPDATE", message("Widget", "2026-11-24T00:00:00Z"))
	edited := second.fake.Await("PATCH /channels/300000000000000001/messages/900000000000000001", 1)
	validate(t, schemaMessageEdit, edited.Raw)
	if !strings.Contains(fmt.Sprint(edited.Body["embeds"]), "Widget") || edited.Body["message_reference"] != nil {
		t.Errorf("the answer is edited to %v", edited.Body)
	}
	// Who mends an old message, or one that nobody answered, is left alone.
	old := bytes.ReplaceAll(message("Widget", "2026-11-24T00:00:01Z"), []byte(id), []byte("400000000000000001"))
	s.Dispatch("MESSAGE_UPDATE", old)
	s.Dispatch("MESSAGE_CREATE", second.payload("direct"))
	second.fake.Await("POST /channels/300000000000000005/messages", 1)
	if n := second.fake.Count("POST /channels/300000000000000001/messages"); n != 0 {
		t.Error("an old message that was edited is answered")
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	body := r.payload("command_term")
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	for name, tt := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"right":   {func(*http.Request) {}, 200},
		"none":    {func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, 401},
		"no time": {func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, 401},
		"not hex": {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "zz") }, 401},
		"short":   {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "00") }, 401},
		"another's": {func(r *http.Request) {
			r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(other, body)))
		}, 401},
		"another method": {func(r *http.Request) { r.Method = http.MethodGet }, 405},
		"another type":   {func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
	} {
		req := signed(body, time.Now())
		tt.change(req)
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, req)
		if w.Code != tt.status {
			t.Errorf("%s: the status is %d, want %d", name, w.Code, tt.status)
		}
	}
	for _, off := range []time.Duration{-6 * time.Minute, 6 * time.Minute} {
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, signed(body, time.Now().Add(off)))
		if w.Code != http.StatusUnauthorized {
			t.Errorf("a time that is off by %v is answered with %d", off, w.Code)
		}
	}
	for _, broken := range []string{"", "[]", "null", "{}", `{"type":"1"}`, `{"type":99}`, `{"type":2,"data":{"options":7}}`} {
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, signed([]byte(broken), time.Now()))
		if w.Code != http.StatusBadRequest {
			t.Errorf("%q is answered with %d", broken, w.Code)
		}
	}
	if answer := r.deliver([]byte(`{"type":1,"id":"1"}`)); answer["type"] != float64(1) || len(answer) != 1 {
		t.Errorf("a ping is answered with %v", answer)
	}
}

// TestSlowAnswer holds that an interaction whose answer takes longer than a second
// is promised one, which then takes its place: that of the promise, or for a
// button that of nothing.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	slow := func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
			time.Sleep(platform.PromptWait + 200*time.Millisecond)
			return 0
		}})
	}
	for name, tt := range map[string]struct {
		payload, deferral, call string
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
			r := newRig(t, slow)
			body := fmt.Appendf(nil, `{"id":"1","application_id":%q,"token":%q,"user":{"id":"2"},%s}`, testApp, testInteractionToken, tt.payload)
			promise, err := json.Marshal(r.deliver(body))
			if err != nil {
				t.Fatal(err)
			}
			if string(promise) != tt.deferral {
				t.Errorf("the promise is %s, want %s", promise, tt.deferral)
			}
			sent := r.fake.Await(tt.call, 1)
			if strings.HasPrefix(tt.call, "PATCH") {
				validate(t, schemaFollowupEdit, sent.Raw)
			} else {
				validate(t, schemaFollowup, sent.Raw)
			}
			if sent.Body["embeds"] == nil || sent.Body["allowed_mentions"] == nil {
				t.Errorf("the answer is %s", sent.Raw)
			}
		})
	}
}

// TestOldButtons holds that buttons still work that were made long ago, and that
// what no version knows is answered calmly.
func TestOldButtons(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for id, want := range map[string]string{
		"1:term:widget": "Widget", "1:more:widget": "Widget", "1:share:widget:en": "Widget", "1:help": "Kubernetes",
		"1:term:gone": "", "9:future:x": "", strings.Repeat("x", 200): "",
	} {
		body := fmt.Appendf(nil, `{"id":%q,"type":3,"locale":"en-US","user":{"id":"2"},"data":{"custom_id":%[1]q},"message":{"flags":64}}`, id)
		answer := r.deliver(body)
		text := fmt.Sprint(answer["data"])
		if answer["type"] == nil || want != "" && !strings.Contains(text, want) || want == "" && !strings.Contains(text, "no longer exists") {
			t.Errorf("%q is answered with %v", id, answer)
		}
	}
}

// TestLocales holds whose language is answered in.
func TestLocales(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for i, tt := range []struct{ locale, guild, name, want string }{
		{"ja", "en-US", "Widget", "テスト"},
		{"en-GB", "ja", "Widget", "test"},
		{"de", "ja", "Widget", "テスト"},
		{"de", "fr", "widgetって何?", "テスト"},
		{"de", "fr", "what is a widget", "test"},
	} {
		body := fmt.Appendf(nil, `{"id":"%d","type":2,"locale":%q,"guild_locale":%q,"member":{"user":{"id":"2"}},"data":{"name":"k8s","type":1,
			"options":[{"name":"term","type":1,"options":[{"name":"name","value":%q}]}]}}`, i, tt.locale, tt.guild, tt.name)
		if answer := fmt.Sprint(r.deliver(body)); !strings.Contains(answer, tt.want) {
			t.Errorf("%+v is answered with %s", tt, answer)
		}
	}
}

func TestNew(t *testing.T) {
	good := Options{BotToken: "x", Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)}
	for _, tt := range []struct {
		want   string
		change func(*Options)
	}{
		{"DISCORD_BOT_TOKEN", func(o *Options) { o.BotToken = "" }},
		{"DISCORD_API_URL", func(o *Options) { o.APIURL = "discord.com" }},
		{"DISCORD_PUBLIC_KEY", func(o *Options) { o.PublicKey = "no digits" }},
		{"DISCORD_PUBLIC_KEY", func(o *Options) { o.PublicKey = "abcd" }},
	} {
		o := good
		tt.change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("the error is %v, want one that names %s", err, tt.want)
		}
	}
}

func TestManifest(t *testing.T) {
	for _, args := range [][3]string{{GatewayMode, "", ""}, {GatewayMode, testApp, ""}, {HTTPMode, testApp, "https://k8sbot.example.com/"}} {
		text, err := Manifest(args[0], args[1], args[2])
		if err != nil {
			t.Fatal(err)
		}
		id := args[1]
		if id == "" {
			id = placeholder
		}
		for _, want := range []string{"client_id=" + id, "permissions=274877991936", "scope=applications.commands+bot", "integration_type=1"} {
			if !strings.Contains(text, want) {
				t.Errorf("Manifest%v lacks %s:\n%s", args, want, text)
			}
		}
		if strings.Contains(text, "https://k8sbot.example.com/discord/interactions") != (args[0] == HTTPMode) {
			t.Errorf("Manifest%v has the wrong endpoint:\n%s", args, text)
		}
	}
	for _, args := range [][3]string{{HTTPMode, "", ""}, {HTTPMode, "", "http://example.com"}, {GatewayMode, "", "https://example.com"}, {"pigeon", "", ""}, {GatewayMode, "abc", ""}} {
		if _, err := Manifest(args[0], args[1], args[2]); err == nil {
			t.Errorf("Manifest%v is made", args)
		}
	}
}

// TestRenderEdges renders replies that are longer, shorter or stranger than any that
// the bot makes today.
func TestRenderEdges(t *testing.T) {
	long := strings.Repeat("A sentence with *stars* and <@1>. 日本語の文です。😀 ", 200)
	var many []bot.Block
	var choices []bot.Choice
	for i := range 40 {
		many = append(many, bot.Entry{Name: fmt.Sprint("entry ", i), Text: long, Objects: []string{"pod/`x`"}, Commands: []bot.Step{{Run: "kubectl get pods", Note: long}}},
			bot.List{Heading: "list", Items: []string{long, long}, Ordered: true}, bot.Note{Text: long})
		choices = append(choices, bot.Choice{ID: fmt.Sprint("1:term:", i%30), Label: long})
	}
	choices = append(choices, bot.Choice{ID: strings.Repeat("x", 101), Label: "too long"})
	for name, r := range map[string]bot.Reply{
		"a note alone":   {Blocks: []bot.Block{bot.Note{Text: "a note"}}},
		"a title alone":  {Blocks: []bot.Block{bot.Title{Name: "Name", Category: "no such"}}},
		"everything":     {Blocks: many, Choices: choices},
		"long texts":     {Blocks: []bot.Block{bot.Title{Name: long, Other: long}, bot.Paragraph{Heading: long, Text: long}, bot.Paragraph{Text: long}}},
		"long steps":     {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Steps{Heading: "h", Commands: []bot.Step{{Run: strings.Repeat("kubectl ", 50), Note: long}}}}},
		"many links":     {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Links{Links: []bot.Link{{Label: long, URL: "https://kubernetes.io/"}}}}, Choices: choices},
		"backslashes":    {Blocks: []bot.Block{bot.Paragraph{Text: strings.Repeat(`\`, 5000)}}},
		"a long compare": {Blocks: []bot.Block{bot.Comparison{Left: long, Right: long, Difference: long, Rows: []bot.ComparisonRow{{Label: "l", Left: long, Right: long}}}}},
	} {
		body, err := Render(r)
		if err == nil {
			err = fits(body)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
