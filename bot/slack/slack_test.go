package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
)

const (
	testBotToken = "xoxb-test-secret-1"
	testAppToken = "xapp-test-secret-2"
	testSigning  = "signing-test-secret-3"
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
		BotToken: testBotToken, AppToken: testAppToken, SigningSecret: testSigning,
		APIURL: r.fake.url(), PingInterval: 5 * time.Second,
	}
	if change != nil {
		change(&o)
	}
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.pace = 10 * time.Millisecond
	r.adapter = a
	t.Cleanup(r.checkSecrets)
	return r
}

// checkSecrets looks for tokens in all that an adapter writes.
func (r *rig) checkSecrets() {
	for where, text := range map[string]string{
		"log": r.logged.String(), "metrics": platformtest.Scrape(r.metrics), "what was sent": r.fake.everything(),
	} {
		for _, secret := range []string{testBotToken, testAppToken, testSigning, "/respond/"} {
			if strings.Contains(text, secret) {
				r.t.Errorf("the %s holds the secret %s", where, secret)
			}
		}
	}
}

func (r *rig) payload(name string) []byte {
	r.t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/payloads", name))
	if err != nil {
		r.t.Fatal(err)
	}
	address := r.fake.responseURL()
	if strings.HasSuffix(name, ".form") {
		address = url.QueryEscape(address)
	}
	return bytes.TrimSpace(bytes.ReplaceAll(data, []byte("RESPONSE_URL"), []byte(address)))
}

func sign(body []byte, at time.Time) (timestamp, signature string) {
	timestamp = fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(testSigning))
	fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
	return timestamp, "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// request makes a signed request as Slack sends it.
func request(path string, body []byte) *http.Request {
	req := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if path == "/slack/events" {
		req.Header.Set("Content-Type", "application/json")
	}
	timestamp, signature := sign(body, time.Now())
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", signature)
	return req
}

// deliver sends a recorded payload by HTTP and returns the answer.
func (r *rig) deliver(name string) *httptest.ResponseRecorder {
	r.t.Helper()
	body, path := r.payload(name), "/slack/events"
	switch {
	case strings.HasSuffix(name, ".form"):
		path = "/slack/commands"
	case !bytes.Contains(body, []byte(`"event_callback"`)):
		path = "/slack/interactions"
		body = interactionForm(string(body))
	}
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s is answered with %d %s", name, w.Code, w.Body)
	}
	return w
}

// TestDeliveries delivers each recorded payload and compares what is sent.
func TestDeliveries(t *testing.T) {
	for _, tt := range []struct {
		payload string
		method  string // of the call that carries the answer; "" for the HTTP answer itself
		path    string // of the answer's fields that must be there, as a check beside the golden file
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
			r := newRig(t, nil)
			w := r.deliver(tt.payload)
			var sent map[string]any
			if tt.method == "" {
				if err := json.Unmarshal(w.Body.Bytes(), &sent); err != nil {
					t.Fatal(err)
				}
			} else {
				sent = r.fake.await(tt.method, 1)
			}
			if tt.path != "" && sent[tt.path] == nil {
				t.Errorf("the answer has no %s: %v", tt.path, sent)
			}
			if tt.method != "views.publish" && (sent["text"] == nil || sent["text"] == "") {
				t.Error("the answer has no text beside its blocks")
			}
			platformtest.Golden(t, strings.TrimSuffix(tt.payload, filepath.Ext(tt.payload)), sent)
		})
	}
}

// languages is a store that keeps one person's language.
type languages struct {
	bot.Store
	lang atomic.Value
}

func (l *languages) Language(context.Context, bot.Person) (glossary.Lang, error) {
	lang, _ := l.lang.Load().(glossary.Lang)
	return lang, nil
}

func (l *languages) SetLanguage(_ context.Context, _ bot.Person, lang glossary.Lang) error {
	l.lang.Store(lang)
	return nil
}

// TestHomeLanguage holds that the language switch of the Home tab turns it, and
// what is shown there next.
func TestHomeLanguage(t *testing.T) {
	r := newRig(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Store: new(languages)})
	})
	r.fake.locale = "ja-JP"
	const box = "Look a word up"
	for i, payload := range []string{"home_opened.json", "home_lang.json", "home_search.json"} {
		r.deliver(payload)
		view := fmt.Sprint(r.fake.await("views.publish", i+1)["view"])
		if got, want := strings.Contains(view, box), i > 0; got != want {
			t.Errorf("after %s the Home tab is in English: %v, want %v", payload, got, want)
		}
	}
}

// TestSlowAnswer holds that a command whose answer takes longer than a second is
// acknowledged at once, and answered through its response URL.
func TestSlowAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) {
		g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
		if err != nil {
			t.Fatal(err)
		}
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Random: func(int) int {
			time.Sleep(platform.PromptWait + 200*time.Millisecond)
			return 0
		}})
	})
	body := bytes.ReplaceAll(r.payload("command.form"), []byte("text=WidgetFailing"), []byte("text=random"))
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/commands", body))
	if w.Code != http.StatusOK || w.Body.Len() > 0 {
		t.Errorf("the acknowledgement is %d %s, want an empty one", w.Code, w.Body)
	}
	if sent := r.fake.await("response_url", 1); sent["response_type"] != "ephemeral" || sent["blocks"] == nil {
		t.Errorf("the answer is %v", sent)
	}
}

// TestLanguage holds that people are answered in the language that they have set
// in Slack, which is asked for once.
func TestLanguage(t *testing.T) {
	r := newRig(t, nil)
	r.fake.locale = "ja-JP"
	for i := range 3 {
		payload := bytes.ReplaceAll(r.payload("message_im.json"), []byte("Ev0004"), fmt.Appendf(nil, "Ev-lang-%d", i))
		payload = bytes.ReplaceAll(payload, []byte("1355517523.000005"), fmt.Appendf(nil, "135551752%d.000005", i))
		payload = bytes.ReplaceAll(payload, []byte("widgetって何?"), []byte("widget"))
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, request("/slack/events", payload))
		if sent := r.fake.await("chat.postMessage", i+1); !strings.Contains(fmt.Sprint(sent["text"]), "テスト") {
			t.Errorf("the answer is not in Japanese: %v", sent["text"])
		}
	}
	if n := r.fake.Count("users.info"); n != 1 {
		t.Errorf("users.info was called %d times", n)
	}
}

// TestIgnored delivers what is acknowledged and not answered.
func TestIgnored(t *testing.T) {
	r := newRig(t, nil)
	for _, name := range []string{"message_im_own.json", "uninstalled.json", "tokens_revoked.json"} {
		r.deliver(name)
	}
	// An event of a form that nobody knows is no event of ours, but no fault.
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/events", r.payload("unknown_event.json")))
	if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
		t.Errorf("an unknown event is answered with %d", w.Code)
	}
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	for _, method := range []string{"chat.postMessage", "chat.postEphemeral"} {
		if n := r.fake.Count(method); n > 0 {
			t.Errorf("%s was called %d times", method, n)
		}
	}
	if !strings.Contains(r.logged.String(), "the app was removed") {
		t.Error("the log does not say that the app was removed")
	}
}

// TestEdited holds that an edited question edits its answer.
func TestEdited(t *testing.T) {
	for _, tt := range []struct{ first, edited string }{
		{"app_mention.json", "app_mention_edited.json"},
		{"message_im.json", "message_im_changed.json"},
	} {
		kept := new(platformtest.Memory)
		r := newRig(t, func(o *Options) { o.Memory = kept })
		r.deliver(tt.first)
		if err := waitFor(func() bool { return kept.Has("slack:answer:") }); err != nil {
			t.Fatal("the answer is not remembered:", err)
		}
		r.deliver(tt.edited)
		update := r.fake.await("chat.update", 1)
		if update["ts"] != "1600000000.000001" || !strings.Contains(fmt.Sprint(update["text"]), "gadget") {
			t.Errorf("the update is %v", update)
		}
		if n := r.fake.Count("chat.postMessage"); n != 1 {
			t.Errorf("%d messages were posted, want 1", n)
		}
	}
}

func waitFor(ok func() bool) error {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return nil
		}
	}
	return errors.New("it did not happen in 10 s")
}

// TestOnce delivers everything twice, to two replicas with one memory.
func TestOnce(t *testing.T) {
	shared := new(platformtest.Memory)
	a := newRig(t, func(o *Options) { o.Memory = shared })
	b := newRig(t, func(o *Options) { o.Memory = shared; o.APIURL = a.fake.url() })
	b.fake = a.fake
	for _, name := range []string{"app_mention.json", "app_mention_thread.json", "shortcut.json", "button_share.json"} {
		for _, r := range []*rig{a, b, a} {
			r.deliver(name)
		}
	}
	for _, r := range []*rig{a, b} {
		if err := r.adapter.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	}
	for method, want := range map[string]int{"chat.postMessage": 1, "chat.postEphemeral": 1, "response_url": 2} {
		if n := a.fake.Count(method); n != want {
			t.Errorf("%s was called %d times, want %d", method, n, want)
		}
	}
}

// TestRefused holds what is refused before it is read.
func TestRefused(t *testing.T) {
	r := newRig(t, nil)
	body := r.payload("command.form")
	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		status int
	}{
		{"no signature", func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
		{"wrong signature", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("0", 64)) }, 401},
		{"another body", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("text=pod")) }, 401},
		{"another time", func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", fmt.Sprint(time.Now().Unix()+1)) }, 401},
		{"old", func(r *http.Request) {
			timestamp, signature := sign(body, time.Now().Add(-6*time.Minute))
			r.Header.Set("X-Slack-Request-Timestamp", timestamp)
			r.Header.Set("X-Slack-Signature", signature)
		}, 401},
		{"method", func(r *http.Request) { r.Method = http.MethodGet }, 405},
		{"content type", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"too large", func(r *http.Request) {
			r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", platform.MaxBody+1)))
		}, 413},
	} {
		req := request("/slack/commands", body)
		tt.change(req)
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, req)
		if w.Code != tt.status {
			t.Errorf("%s: status %d, want %d", tt.name, w.Code, tt.status)
		}
	}
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/events", []byte(`{"type":"url_verification","challenge":"abc"}`)))
	if w.Code != 200 || strings.TrimSpace(w.Body.String()) != `{"challenge":"abc"}` {
		t.Errorf("url_verification is answered with %d %s", w.Code, w.Body)
	}
}

// TestResponseURL holds that answers go to Slack alone.
func TestResponseURL(t *testing.T) {
	real, moved := newRig(t, func(o *Options) { o.APIURL = "" }), newRig(t, nil)
	own := moved.fake.responseURL()
	for address, ok := range map[string][2]bool{
		"https://hooks.slack.com/actions/T1/1/abc":        {true, true},
		"http://hooks.slack.com/actions/T1/1/abc":         {false, false},
		"https://hooks.slack.com.evil.example/":           {false, false},
		"https://hooks.slack.com:444/":                    {false, false},
		"https://user@evil.example/hooks.slack.com":       {false, false},
		"http://169.254.169.254/latest/meta-data/":        {false, false},
		"file:///etc/passwd":                              {false, false},
		"":                                                {false, false},
		"https://slack.com/api/chat.postMessage":          {false, false},
		own:                                               {false, true},
		strings.Replace(own, "127.0.0.1", "localhost", 1): {false, false},
	} {
		for i, r := range []*rig{real, moved} {
			if err := r.adapter.checkResponseURL(address); (err == nil) != ok[i] {
				t.Errorf("%q with SLACK_API_URL %q: %v", address, r.adapter.o.APIURL, err)
			}
		}
	}
}

// TestFaultsOfSlack holds that an answer gets through when Slack puts it off.
func TestFaultsOfSlack(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(429, `{"ok":false,"error":"ratelimited"}`, "Retry-After: 0"),
		platformtest.AnswerWith(503, "oh"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(500, "oh"), platformtest.AnswerWith(429, "", "Retry-After: 0"))
	r.fake.Prepare("users.info", platformtest.AnswerWith(500, "oh"))
	r.deliver("app_mention.json")
	r.deliver("shortcut.json")
	r.fake.await("chat.postMessage", 3)
	r.fake.await("response_url", 3)
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if n, m := r.fake.Count("chat.postMessage"), r.fake.Count("response_url"); n != 3 || m != 3 {
		t.Errorf("%d and %d deliveries, want 3 and 3", n, m)
	}

	// What cannot succeed is not tried again.
	r = newRig(t, nil)
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.deliver("shortcut.json")
	r.fake.await("response_url", 1)
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("response_url"); n != 1 {
		t.Errorf("a used address was tried %d times", n)
	}
}

// TestPlain holds what is read of what people type in Slack.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"<@U0LAN0Z89> pod":                         "pod",
		"<@U0LAN0Z89|k8sbot>: <@U0LAN0Z89> pod":    "pod",
		"pod":                                      "pod",
		"a &lt;b&gt; &amp;amp;":                    "a <b> &amp;",
		"<https://example.com|example.com> is up":  "example.com is up",
		"<https://example.com>":                    "https://example.com",
		"<#C1|general> <!here> <!subteam^S1|@ops>": "#general  @ops",
		"<@U0LAN0Z89>":                             "",
		"what about <@U9>?":                        "what about ?",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("<@U1> pod &lt;x&gt;")
	f.Add("<<<>>>|<a|>")
	f.Fuzz(func(t *testing.T, text string) {
		if got := escape(plain(text)); strings.ContainsAny(got, "<>") {
			t.Errorf("escape(plain(%q)) = %q", text, got)
		}
	})
}

func TestLongTextsAreShortened(t *testing.T) {
	long := strings.Repeat("とても長い文です。", 2000)
	data, err := Render(bot.Reply{Blocks: []bot.Block{
		bot.Title{Name: long}, bot.Paragraph{Heading: long, Text: long}, bot.List{Items: []string{long, long}},
		bot.Entry{Name: long, Text: long, Commands: []bot.Step{{Run: long, Note: long}}}, bot.Note{Text: long},
	}, Choices: []bot.Choice{{ID: "1:help", Label: long}}})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, b := range m["blocks"].([]any) {
		if err := measure(b.(map[string]any)); err != nil {
			t.Error(err)
		}
		texts(b, func(s string) { total += platform.Runes(s) })
	}
	if total > maxMessageText+1000 || !strings.Contains(string(data), platform.Mark) {
		t.Errorf("the message has %d characters", total)
	}
}

// TestFallback holds what stands beside the blocks where a heading has nothing
// below it, or ends in a colon itself.
func TestFallback(t *testing.T) {
	for want, b := range map[string]bot.Block{
		"a / b":             bot.Comparison{Left: "a", Right: "b"},
		"a / b: c":          bot.Comparison{Left: "a", Right: "b", Difference: "c"},
		"For example: a, b": bot.List{Heading: "For example:", Items: []string{"a", "b"}},
		"a, b":              bot.List{Items: []string{"a", "b"}},
	} {
		if got := fallback(bot.Reply{Blocks: []bot.Block{b}}); got != want {
			t.Errorf("%v is %q, want %q", b, got, want)
		}
	}
}

// TestHome holds that the Home tab stays within Slack's limits whatever it shows.
func TestHome(t *testing.T) {
	r := newRig(t, func(o *Options) { o.Bot = platformtest.Bot(t, nil, o.Log) })
	for name, reply := range platformtest.Replies(t, bot.Slack) {
		data, err := json.Marshal(r.adapter.home(t.Context(), bot.Request{Platform: bot.Slack, Surface: bot.Home}, reply))
		if err != nil {
			t.Fatal(err)
		}
		var blocks []map[string]any
		if err := json.Unmarshal(data, &blocks); err != nil {
			t.Fatal(err)
		}
		if len(blocks) > maxHomeBlocks || blocks[0]["type"] != "input" || blocks[len(blocks)-1]["type"] != "actions" {
			t.Errorf("%s: %d blocks, from %v to %v", name, len(blocks), blocks[0]["type"], blocks[len(blocks)-1]["type"])
		}
		seen := make(map[any]bool)
		for _, b := range blocks {
			if err := measure(b); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if id := b["block_id"]; id != nil && seen[id] {
				t.Errorf("%s: the block ID %v stands twice", name, id)
			}
			seen[b["block_id"]] = true
		}
	}
}

// run starts an adapter in Socket Mode and returns how to end it.
func (r *rig) run() (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.adapter.Run(ctx) }()
	return func() error {
		cancel()
		select {
		case err := <-ended:
			return err
		case <-time.After(15 * time.Second):
			return errors.New("the adapter did not end in 15 s")
		}
	}
}

// send delivers a payload in an envelope.
func send(t *testing.T, conn *websocket.Conn, id, kind string, payload []byte) {
	t.Helper()
	err := conn.WriteJSON(map[string]any{
		"envelope_id": id, "type": kind, "payload": json.RawMessage(payload), "accepts_response_payload": kind == "slash_commands",
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ack reads the next acknowledgement.
func ack(t *testing.T, conn *websocket.Conn) (id string, payload map[string]any) {
	t.Helper()
	var a struct {
		EnvelopeID string         `json:"envelope_id"`
		Payload    map[string]any `json:"payload"`
	}
	conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if err := conn.ReadJSON(&a); err != nil {
		t.Fatal(err)
	}
	return a.EnvelopeID, a.Payload
}

func (r *rig) commandJSON(text string, n int) []byte {
	data, err := json.Marshal(command{
		TeamID: "T0001", ChannelID: "C1", UserID: "U1", Text: text, ResponseURL: r.fake.responseURL(), TriggerID: fmt.Sprint("trigger", n),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return data
}

// TestSocket talks through one connection after the other.
func TestSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	if err := waitFor(func() bool { ready, _ := r.metrics.Ready(); return ready }); err != nil {
		t.Error("not ready though connected:", err)
	}

	// The acknowledgement of a command is its answer.
	send(t, conn, "e1", "slash_commands", r.commandJSON("widget", 1))
	if id, payload := ack(t, conn); id != "e1" || payload["response_type"] != "ephemeral" || payload["blocks"] == nil {
		t.Errorf("the command is acknowledged with %s %v", id, payload)
	}
	// An event is acknowledged, and answered once though it comes again.
	for range 2 {
		send(t, conn, "e2", "events_api", r.payload("app_mention.json"))
		if id, payload := ack(t, conn); id != "e2" || payload != nil {
			t.Errorf("the event is acknowledged with %s %v", id, payload)
		}
	}
	r.fake.await("chat.postMessage", 1)
	send(t, conn, "e3", "interactive", r.payload("button_ephemeral.json"))
	if id, _ := ack(t, conn); id != "e3" {
		t.Errorf("the button is acknowledged with %s", id)
	}
	r.fake.await("response_url", 1)
	// What nobody knows is acknowledged, else it comes again.
	send(t, conn, "e4", "something_new", []byte(`{}`))
	if id, _ := ack(t, conn); id != "e4" {
		t.Errorf("an unknown envelope is acknowledged with %s", id)
	}
	send(t, conn, "e5", "events_api", []byte(`{"type":"event_callback","event_id":"E5","event":{"type":"brand_new_event"}}`))
	if id, _ := ack(t, conn); id != "e5" {
		t.Errorf("an unknown event is acknowledged with %s", id)
	}

	// Slack ends the connection, and the next one works.
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	conn = r.fake.accept()
	send(t, conn, "e6", "slash_commands", r.commandJSON("gadget", 2))
	if id, payload := ack(t, conn); id != "e6" || payload["blocks"] == nil {
		t.Errorf("after a disconnect the command is acknowledged with %s %v", id, payload)
	}
	// The line drops.
	conn.Close()
	conn = r.fake.accept()
	send(t, conn, "e7", "slash_commands", r.commandJSON("gadget", 3))
	if id, _ := ack(t, conn); id != "e7" {
		t.Errorf("after a drop the command is acknowledged with %s", id)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if n := r.fake.Count("chat.postMessage"); n != 1 {
		t.Errorf("an event was answered %d times", n)
	}
	if ready, _ := r.metrics.Ready(); ready {
		t.Error("ready after the end")
	}
}

// TestSilentSocket holds that a line without pings is given up.
func TestSilentSocket(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) { o.PingInterval = 100 * time.Millisecond })
	r.fake.pings = 0
	stop := r.run()
	r.fake.accept()
	r.fake.accept()
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// TestWrongTokens holds that a token that Slack refuses ends the adapter with a
// word on what to do, at once.
func TestWrongTokens(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, code, want string }{
		{"auth.test", "invalid_auth", "SLACK_BOT_TOKEN"},
		{"auth.test", "account_inactive", "SLACK_BOT_TOKEN"},
		{"apps.connections.open", "invalid_auth", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "token_revoked", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "not_allowed_token_type", "SLACK_APP_TOKEN"},
		{"apps.connections.open", "missing_scope", "SLACK_APP_TOKEN"},
	} {
		r := newRig(t, nil)
		r.fake.Prepare(tt.method, platformtest.AnswerWith(200, fmt.Sprintf(`{"ok":false,"error":%q}`, tt.code), "Content-Type: application/json"))
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		err := r.adapter.Run(ctx)
		if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), tt.code) {
			t.Errorf("%s %s: %v", tt.method, tt.code, err)
		}
		cancel()
		if n := r.fake.Count(tt.method); n != 1 {
			t.Errorf("%s was called %d times", tt.method, n)
		}
	}
}

// TestStop holds that what was begun is finished when the adapter is told to
// stop.
func TestStop(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	stop := r.run()
	conn := r.fake.accept()
	const n = 20
	for i := range n {
		payload := bytes.ReplaceAll(r.payload("app_mention.json"), []byte("Ev0001"), fmt.Appendf(nil, "Ev-stop-%d", i))
		payload = bytes.ReplaceAll(payload, []byte("1515449522.000016"), fmt.Appendf(nil, "15154495%02d.000016", i))
		send(t, conn, fmt.Sprint("e", i), "events_api", payload)
		ack(t, conn)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if got := r.fake.Count("chat.postMessage"); got != n {
		t.Errorf("%d of %d acknowledged questions were answered", got, n)
	}
}

// TestLongAnswer holds that an answer that is too long for an acknowledgement goes
// to the response URL.
func TestLongAnswer(t *testing.T) {
	r := newRig(t, nil)
	c, err := decode[command](r.commandJSON("widget", 1))
	if err != nil {
		t.Fatal(err)
	}
	acks := 0
	r.adapter.onCommand("e1", c, 100, func(answer json.RawMessage) bool {
		if acks++; answer != nil {
			t.Errorf("an answer of %d bytes is an acknowledgement", len(answer))
		}
		return true
	})
	if sent := r.fake.await("response_url", 1); sent["blocks"] == nil || acks != 1 {
		t.Errorf("the answer is %v, after %d acknowledgements", sent, acks)
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
			t.Errorf("the error is %v, want one that names %s", err, want)
		}
	}
}

func TestManifest(t *testing.T) {
	for name, args := range map[string][2]string{"manifest-socket": {SocketMode, ""}, "manifest-http": {HTTPMode, "https://k8sbot.example.com/"}} {
		data, err := Manifest(args[0], args[1])
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(data, &m); err != nil {
			t.Fatal(err)
		}
		platformtest.Golden(t, name, m)
	}
	for _, args := range [][2]string{{HTTPMode, ""}, {HTTPMode, "http://example.com"}, {SocketMode, "https://example.com"}, {"pigeon", ""}} {
		if _, err := Manifest(args[0], args[1]); err == nil {
			t.Errorf("Manifest%v is made", args)
		}
	}
	if n := len([]rune(longDescription)); n < 174 || n > 4000 {
		t.Errorf("the long description has %d characters", n)
	}
}

// BenchmarkHTTP is HTTP mode from the event to its answer, over a connection;
// BenchmarkBare is a handler beside it that verifies, decodes, and gives a fixed
// answer of the same size.
func BenchmarkHTTP(b *testing.B) {
	r := newRig(b, func(o *Options) {
		o.Memory = nil
		o.Bot = platformtest.Bot(b, nil, slog.New(slog.DiscardHandler))
	})
	benchmark(b, r, r.adapter.Handler())
}

func BenchmarkBare(b *testing.B) {
	r := newRig(b, nil)
	answer, err := Render(platformtest.Replies(b, bot.Slack)["short/pod/en"])
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, r, r.adapter.verified("application/x-www-form-urlencoded", func(w http.ResponseWriter, body []byte) {
		if form, err := url.ParseQuery(string(body)); err != nil || form.Get("text") == "" {
			b.Error("no form", err)
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Write(answer)
	}))
}

func benchmark(b *testing.B, r *rig, handler http.Handler) {
	server := httptest.NewServer(handler)
	defer server.Close()
	var n int64
	var mu sync.Mutex
	b.RunParallel(func(pb *testing.PB) {
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 10}}
		for pb.Next() {
			mu.Lock()
			n++
			i := n
			mu.Unlock()
			body := fmt.Appendf(nil, "team_id=T1&user_id=U1&channel_id=C1&text=pod&trigger_id=%d", i)
			req, err := http.NewRequest(http.MethodPost, server.URL+"/slack/commands", bytes.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			timestamp, signature := sign(body, time.Now())
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("X-Slack-Request-Timestamp", timestamp)
			req.Header.Set("X-Slack-Signature", signature)
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				return
			}
			if n, _ := io.Copy(io.Discard, resp.Body); resp.StatusCode != 200 || n < 500 {
				b.Errorf("%s with %d bytes", resp.Status, n)
			}
			resp.Body.Close()
		}
	})
}
