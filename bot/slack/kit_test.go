package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/slack/mrkdwn"
	"k8sbot/glossary"
)

func TestKit(t *testing.T) {
	platformtest.Kit{
		Platform: Platform, Caps: Capabilities, Start: startSubject, Render: Render, Do: do,
		Unescape: strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace, CheckInert: checkInert, CheckLimits: checkLimits,
	}.Run(t)
}

// do uses a feature, and returns the message that the user gets.
func do(tb testing.TB, f platformtest.Feature, l glossary.Lang) (body []byte, ephemeral, canBeEphemeral bool) {
	r := newHarness(tb, nil)
	r.fake.locale = map[glossary.Lang]string{glossary.English: "en-US", glossary.Japanese: "ja-JP"}[l]
	const team, user, channel = "T0001", "U2147483697", "C2147483705"
	var sent map[string]any
	message := func(e innerEvent, method string) {
		e.User, e.Channel, e.Text, e.TS = user, channel, f.Text.In(l), fmt.Sprintf("%d.000016", time.Now().Unix())
		r.postJSON("/slack/events", event{Type: "event_callback", TeamID: team, EventID: "Ev1", Event: e})
		sent = r.fake.await(method, 1)
	}
	interact := func(i map[string]any) {
		i["team"], i["user"], i["channel"] = map[string]any{"id": team}, map[string]any{"id": user}, map[string]any{"id": channel}
		i["trigger_id"], i["response_url"] = "1.2.3", r.fake.responseURL()
		r.postJSON("/slack/interactions", i)
		sent = r.fake.await("response_url", 1)
	}
	switch f.Surface {
	case bot.Slash:
		form := url.Values{"team_id": {team}, "user_id": {user}, "channel_id": {channel}, "text": {f.Text.In(l)}, "response_url": {r.fake.responseURL()}}
		w := httptest.NewRecorder()
		r.adapter.Handler().ServeHTTP(w, request("/slack/commands", []byte(form.Encode())))
		if err := json.Unmarshal(w.Body.Bytes(), &sent); err != nil {
			tb.Fatal(err)
		}
	case bot.Mention:
		message(innerEvent{Type: "app_mention"}, "chat.postMessage")
	case bot.DirectMessage:
		message(innerEvent{Type: "message", ChannelType: "im"}, "chat.postMessage")
	case bot.Shortcut:
		interact(map[string]any{"type": "message_action", "callback_id": manifest.ExplainShortcut, "message": map[string]any{"ts": "1.1", "text": f.Text.In(l)}})
	case bot.ButtonClick:
		interact(map[string]any{
			"type": "block_actions", "container": map[string]any{"type": "message", "is_ephemeral": f.FromEphemeral},
			"actions": []any{map[string]any{"action_id": f.Action, "action_ts": "1.2"}},
		})
	default:
		tb.Fatalf("unexpected surface %s", f.Surface)
	}
	body, err := json.Marshal(sent)
	if err != nil {
		tb.Fatal(err)
	}
	return body, sent["response_type"] == "ephemeral", f.Surface != bot.Mention && f.Surface != bot.DirectMessage
}

// postJSON sends v as JSON, in a form if it is an interaction.
func (r *harness) postJSON(path string, v any) {
	r.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		r.t.Fatal(err)
	}
	if path == "/slack/interactions" {
		body = interactionForm(string(body))
	}
	if code := r.post(path, body); code != http.StatusOK {
		r.t.Fatalf("%s: got status %d, want 200", path, code)
	}
}

// A subject is the adapter in HTTP mode. It implements platformtest.Subject.
type subject struct{ *harness }

func startSubject(tb testing.TB, env platformtest.Env) platformtest.Subject {
	return subject{newHarness(tb, func(o *Options) {
		o.Bot, o.Store, o.Metrics, o.Log = env.Bot, env.Store, env.Metrics, env.Log
	})}
}

func (s subject) Deliver(id int, text string) {
	body, err := json.Marshal(event{
		Type: "event_callback", TeamID: "T0001", EventID: fmt.Sprint("Ev", id),
		Event: innerEvent{
			Type: "message", ChannelType: "im", Channel: "D1", User: "U1",
			Text: mrkdwn.Escape(text), TS: fmt.Sprintf("%d.%06d", time.Now().Unix(), id),
		},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if code := s.post("/slack/events", body); code != http.StatusOK {
		s.t.Errorf("event %d: got status %d, want 200", id, code)
	}
}

func (s subject) Finish()           { s.shutdown() }
func (s subject) Secrets() []string { return []string{testBotToken, testAppToken, testSigning} }

func (s subject) Sent() [][]byte {
	var bodies [][]byte
	for _, c := range s.fake.All() {
		if c.Name == "chat.postMessage" {
			body, err := json.Marshal(c.Body)
			if err != nil {
				s.t.Error(err)
			}
			bodies = append(bodies, body)
		}
	}
	return bodies
}

// checkInert returns an error if Slack would interpret text in a message as markup. Booleans
// are strings if the message was sent as a form.
func checkInert(body []byte) error {
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		return err
	}
	var errs []error
	text, _ := m["text"].(string)
	if strings.ContainsAny(text, "<>") || strings.Contains(strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(text), "&") {
		errs = append(errs, fmt.Errorf("text is not escaped: %q", text))
	}
	for _, key := range []string{"mrkdwn", "unfurl_links", "unfurl_media"} {
		if fmt.Sprint(m[key]) != "false" {
			errs = append(errs, fmt.Errorf("%s: got %v, want false", key, m[key]))
		}
	}
	if m["parse"] != nil || m["link_names"] != nil {
		errs = append(errs, errors.New("parse or link_names is set"))
	}
	if bytes.ContainsAny(body, "\x1b\u202e\u2066\u200b") || bytes.Contains(body, []byte(`\u001b`)) {
		errs = append(errs, errors.New("message contains invisible characters"))
	}
	errs = append(errs, checkMarkdown(m["blocks"]))
	if bytes.Contains(body, []byte(`"emoji":true`)) {
		errs = append(errs, errors.New("message contains text with emoji"))
	}
	return errors.Join(errs...)
}

// checkLimits returns an error if a message exceeds Slack's limits.
func checkLimits(body []byte) error {
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		return err
	}
	var errs []error
	blocks, _ := m["blocks"].([]any)
	if len(blocks) == 0 || len(blocks) > blockkit.MaxBlocks {
		errs = append(errs, fmt.Errorf("got %d blocks, want 1 to %d", len(blocks), blockkit.MaxBlocks))
	}
	if n := platform.Runes(m["text"].(string)); n == 0 || n > blockkit.MaxFallback {
		errs = append(errs, fmt.Errorf("text has %d characters, want 1 to %d", n, blockkit.MaxFallback))
	}
	for _, b := range blocks {
		errs = append(errs, checkBlockLimits(b.(map[string]any)))
	}
	return errors.Join(errs...)
}

// marked matches what texts with Markdown may contain besides literal text: code, and the link to a
// term's documentation.
var marked = regexp.MustCompile("`[^`<>]+`|<https://[^<>| ]+\\|📖 [^*_~`<>|]+>")

// checkMarkdown returns an error for each text with Markdown in a decoded JSON value,
// except for code and links to documentation.
func checkMarkdown(v any) error {
	var errs []error
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			errs = append(errs, checkMarkdown(inner))
		}
	case map[string]any:
		if text, _ := v["text"].(string); v["type"] == "mrkdwn" && (v["verbatim"] != true || !isMarked(text)) {
			errs = append(errs, fmt.Errorf("Markdown in %q", text))
		}
		for _, inner := range v {
			errs = append(errs, checkMarkdown(inner))
		}
	}
	return errors.Join(errs...)
}

// isMarked reports whether Slack shows everything outside the code and the link of a text as it is.
func isMarked(text string) bool {
	rest := marked.ReplaceAllString(text, "")
	return mrkdwn.IsLiteral(rest) && !strings.ContainsAny(rest, "<>")
}

// checkBlockLimits returns an error if a block exceeds Slack's limits.
func checkBlockLimits(b map[string]any) error {
	var errs []error
	limit := blockkit.MaxText
	switch b["type"] {
	case "header":
		limit = blockkit.MaxHeader
	case "context":
		if n := len(b["elements"].([]any)); n != 1 {
			errs = append(errs, fmt.Errorf("context has %d elements, want 1", n))
		}
		limit = blockkit.MaxField
	case "actions":
		errs = append(errs, checkButtonLimits(b["elements"].([]any)))
		limit = blockkit.MaxButton
	case "section":
		fields, _ := b["fields"].([]any)
		for _, f := range fields {
			if n := platform.Runes(f.(map[string]any)["text"].(string)); n > blockkit.MaxField {
				errs = append(errs, fmt.Errorf("field has %d characters, want at most %d", n, blockkit.MaxField))
			}
		}
	}
	texts(b, func(text string) {
		if n := platform.Runes(text); n > limit || n == 0 {
			errs = append(errs, fmt.Errorf("text of a %s has %d characters, want 1 to %d", b["type"], n, limit))
		}
	})
	return errors.Join(errs...)
}

// checkButtonLimits returns an error if a row of buttons exceeds Slack's limits, or has an
// action ID twice, which Slack rejects.
func checkButtonLimits(elements []any) error {
	var errs []error
	if len(elements) > blockkit.MaxButtons {
		errs = append(errs, fmt.Errorf("row has %d buttons, want at most %d", len(elements), blockkit.MaxButtons))
	}
	seen := make(map[string]bool)
	for _, e := range elements {
		id := e.(map[string]any)["action_id"].(string)
		if id == "" || platform.Runes(id) > blockkit.MaxActionID || seen[id] {
			errs = append(errs, fmt.Errorf("empty, long or duplicate action ID %q", id))
		}
		seen[id] = true
	}
	return errors.Join(errs...)
}

// texts calls f with every text in a block.
func texts(v any, f func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if s, ok := inner.(string); ok && k == "text" {
				f(s)
			} else {
				texts(inner, f)
			}
		}
	case []any:
		for _, inner := range v {
			texts(inner, f)
		}
	}
}
