package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/command"
	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

func TestKit(t *testing.T) {
	t.Parallel()
	platformtest.Kit{
		Platform: Platform, Caps: Capabilities, Start: startSubject, Render: Render, Do: perform, Unescape: visibleText, CheckInert: checkInert, CheckLimits: checkLimits,
	}.Run(t)
}

// visibleText returns text as Discord shows it. A backslash in code is a backslash.
func visibleText(s string) string {
	s = codeOrEscaped.ReplaceAllStringFunc(s, func(e string) string { return strings.TrimPrefix(e, `\`) })
	return strings.ReplaceAll(s, "**", "")
}

var codeOrEscaped = regexp.MustCompile("```|`[^`\n]+`|" + escapedChar.String())

// perform uses a feature as a user would, and returns the body that was sent.
func perform(tb testing.TB, f platformtest.Feature, l glossary.Lang) (body []byte, private, canHide bool) {
	h := newHarness(tb, nil)
	const user = "600000000000000001"
	if f.Surface == bot.Mention || f.Surface == bot.DirectMessage {
		m := map[string]any{"id": "400000000000000001", "channel_id": "300000000000000001", "content": f.Text.In(l), "author": map[string]any{"id": user}}
		if f.Surface == bot.Mention {
			m["guild_id"], m["mentions"], m["content"] = "200000000000000001", []any{map[string]any{"id": testSelf}}, "<@"+testSelf+"> "+f.Text.In(l)
		}
		data, err := json.Marshal(m)
		if err != nil {
			tb.Fatal(err)
		}
		h.connect().Dispatch("MESSAGE_CREATE", data)
		return h.fake.Await("POST /channels/300000000000000001/messages", 1).Raw, false, false
	}
	i := map[string]any{
		"id": "700000000000000001", "application_id": testApp, "token": testInteractionToken, "locale": string(l),
		"guild_id": "200000000000000001", "channel_id": "300000000000000001", "member": map[string]any{"user": map[string]any{"id": user}},
	}
	switch f.Surface {
	case bot.Slash:
		i["type"], i["data"] = 2, commandData(f.Text.In(l))
	case bot.Shortcut:
		i["type"], i["data"] = 2, map[string]any{
			"type": 3, "name": "Explain Kubernetes terms", "target_id": "9",
			"resolved": map[string]any{"messages": map[string]any{"9": map[string]any{"id": "9", "content": f.Text.In(l)}}},
		}
	case bot.ButtonClick:
		flags := 0
		if f.FromEphemeral {
			flags = 64
		}
		i["type"], i["data"], i["message"] = 3, map[string]any{"custom_id": f.Action}, map[string]any{"id": "9", "flags": flags}
	default:
		tb.Fatalf("Discord has no surface %s", f.Surface)
	}
	data, err := json.Marshal(i)
	if err != nil {
		tb.Fatal(err)
	}
	answer := h.deliver(data)
	if strings.HasPrefix(f.Action, "1:share:") {
		sent := h.fake.Await("POST /webhooks/"+testApp+"/"+testInteractionToken, 1)
		return sent.Raw, sent.Body["flags"] == float64(64), true
	}
	body, err = json.Marshal(answer)
	if err != nil {
		tb.Fatal(err)
	}
	message, err := messageIn(body)
	if err != nil {
		tb.Fatal(err)
	}
	return body, message["flags"] == float64(64), true
}

// commandData returns the interaction data for a command that is given as text, as in a chat.
func commandData(text string) map[string]any {
	name, rest, _ := strings.Cut(text, " ")
	var options []any
	add := func(name, value string) {
		options = append(options, map[string]any{"name": name, "type": 3, "value": value})
	}
	for _, c := range command.All() {
		values := strings.Split(rest, " vs ")
		for n, p := range c.Params {
			if c.Name == name && rest != "" {
				add(p.Name, values[n])
			}
		}
	}
	return map[string]any{"name": "k8s", "type": 1, "options": []any{map[string]any{"name": name, "type": 1, "options": options}}}
}

// A subject is the adapter on the gateway. It implements platformtest.Subject.
type subject struct {
	*harness
	socket *gatewaytest.Socket
	end    func() error
	finish sync.Once
}

func startSubject(tb testing.TB, env platformtest.Env) platformtest.Subject {
	h := newHarness(tb, func(o *Options) {
		o.Bot, o.Store, o.Metrics, o.Log = env.Bot, env.Store, env.Metrics, env.Log
	})
	h.metrics = env.Metrics
	s := &subject{harness: h, end: h.run()}
	s.socket = h.fake.Accept()
	s.socket.AwaitOp(2)
	h.awaitReady(true)
	return s
}

func (s *subject) Deliver(id int, text string) {
	body, err := json.Marshal(map[string]any{
		"id": fmt.Sprint(400000000000000000 + id), "channel_id": "300000000000000001", "content": text,
		"author": map[string]any{"id": "600000000000000001"},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.socket.Dispatch("MESSAGE_CREATE", body)
}

// sentinel is the channel of a message that is dispatched after all others.
const sentinel = "300000000000000098"

// Finish waits until all dispatched messages have been answered, and stops the adapter.
// Messages are answered concurrently: when the last one is answered, the others may still
// be running.
func (s *subject) Finish() {
	s.finish.Do(func() {
		s.socket.Dispatch("MESSAGE_CREATE", []byte(`{"id":"400000000999999999","channel_id":"`+sentinel+`","content":"pod","author":{"id":"600000000000000001"}}`))
		s.fake.Await("POST /channels/"+sentinel+"/messages", 1)
		for before, same := -1, 0; same < 40; time.Sleep(5 * time.Millisecond) {
			if now := len(s.Sent()); now == before {
				same++
			} else {
				before, same = now, 0
			}
		}
		if err := s.end(); err != nil {
			s.t.Error(err)
		}
	})
}

func (s *subject) Secrets() []string { return []string{testBotToken} }

func (s *subject) Sent() [][]byte {
	var bodies [][]byte
	for _, c := range s.fake.All() {
		if strings.HasPrefix(c.Name, "POST /channels/") && !strings.Contains(c.Name, sentinel) {
			bodies = append(bodies, c.Raw)
		}
	}
	return bodies
}

// messageIn returns the message in body, which is a response to an interaction or a
// message.
func messageIn(body []byte) (map[string]any, error) {
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		return nil, err
	}
	if data, ok := m["data"].(map[string]any); ok {
		return data, nil
	}
	return m, nil
}

var (
	codeText    = regexp.MustCompile("(?s)```\n[^`]*\n```|`[^`\n]+`")
	boldText    = regexp.MustCompile(`(?m)^(?:• )?\*\*[^*\n]+\*\*(?: |$)`)         // at the beginning of a line
	linkText    = regexp.MustCompile(`\[(?:Runbook|手順書)\]\(<https?://[^<>\s]*>\)`) // in a team's terms
	escapedChar = regexp.MustCompile(`\\[^0-9A-Za-z\s]`)
	liveMarkup  = regexp.MustCompile("[*_~|`<\\[\\]@:\\\\]|(?m:^\\s*[>#-])|https?://")
)

// checkInert returns an error if Discord would interpret the text of a message as markup or
// a ping. It ignores code, the bot's bold text, links to runbooks and escaped characters.
func checkInert(body []byte) error {
	m, err := messageIn(body)
	if err != nil {
		return err
	}
	var errs []error
	mentions, _ := m["allowed_mentions"].(map[string]any)
	if parse, ok := mentions["parse"].([]any); !ok || len(parse) != 0 || mentions["replied_user"] != false {
		errs = append(errs, fmt.Errorf("got allowed_mentions %v, want none", m["allowed_mentions"]))
	}
	check := func(text string) {
		text = linkText.ReplaceAllString(text, "")
		rest := boldText.ReplaceAllString(codeText.ReplaceAllString(escapedChar.ReplaceAllString(text, "x"), ""), "")
		if live := liveMarkup.FindString(rest); live != "" {
			errs = append(errs, fmt.Errorf("%q is live in %q", live, text))
		}
		if strings.ContainsAny(text, "\x1b\u202e\u2066\u200b\ufeff\x07") {
			errs = append(errs, fmt.Errorf("invisible character in %q", text))
		}
	}
	if content, ok := m["content"].(string); ok {
		check(content)
	}
	for _, e := range objects(m["embeds"]) {
		for _, key := range []string{"title", "description"} {
			if text, ok := e[key].(string); ok {
				check(text)
			}
		}
		for _, f := range objects(e["fields"]) {
			check(f["name"].(string))
			check(f["value"].(string))
		}
	}
	return errors.Join(errs...)
}

// objects returns the objects in a JSON array.
func objects(v any) []map[string]any {
	values, _ := v.([]any)
	objects := make([]map[string]any, len(values))
	for i, o := range values {
		objects[i], _ = o.(map[string]any)
	}
	return objects
}

// checkLimits returns an error for each limit that a message exceeds, and for each violation
// of the published schema.
func checkLimits(body []byte) error {
	m, err := messageIn(body)
	if err != nil {
		return err
	}
	schema := schemaMessageCreate
	if m["embeds"] != nil && bytes.Contains(body, []byte(`"data":`)) {
		schema = schemaCallback
	}
	errs := []error{checkSchema(schema, body)}
	total := 0
	measure := func(what string, v any, limit int) {
		text, _ := v.(string)
		n := platform.UTF16(text)
		if n == 0 || n > limit*95/100 {
			errs = append(errs, fmt.Errorf("%s: got %d characters, want 1 to %d", what, n, limit*95/100))
		}
		total += n
	}
	embeds := objects(m["embeds"])
	if len(embeds) == 0 || len(embeds) > maxEmbeds {
		errs = append(errs, fmt.Errorf("got %d embeds, want 1 to %d", len(embeds), maxEmbeds))
	}
	for _, e := range embeds {
		for key, limit := range map[string]int{"title": maxTitle, "description": maxDescription} {
			if e[key] != nil {
				measure(key, e[key], limit)
			}
		}
		if author, ok := e["author"].(map[string]any); ok {
			measure("author", author["name"], maxAuthor)
		}
		if footer, ok := e["footer"].(map[string]any); ok {
			measure("footer", footer["text"], maxFooter)
		}
		fields := objects(e["fields"])
		if len(fields) > maxFields {
			errs = append(errs, fmt.Errorf("got %d fields, want at most %d", len(fields), maxFields))
		}
		for _, f := range fields {
			measure("field name", f["name"], maxFieldName)
			measure("field value", f["value"], maxFieldValue)
			if strings.Count(f["value"].(string), "```")%2 != 0 {
				errs = append(errs, fmt.Errorf("unclosed code block in %q", f["value"]))
			}
		}
	}
	if total > maxTexts*95/100 {
		errs = append(errs, fmt.Errorf("got %d characters in all texts, want at most %d", total, maxTexts*95/100))
	}
	return errors.Join(append(errs, checkButtons(objects(m["components"])))...)
}

// checkOptions returns an error for each invalid option of a menu.
func checkOptions(options []map[string]any) error {
	var errs []error
	if len(options) > reply.MaxOptions {
		errs = append(errs, fmt.Errorf("got %d options, want at most %d", len(options), reply.MaxOptions))
	}
	seen := make(map[string]bool)
	for _, o := range options {
		label, _ := o["label"].(string)
		value, _ := o["value"].(string)
		if label == "" || platform.UTF16(label) > maxOption || value == "" || platform.UTF16(value) > maxCustomID || seen[value] {
			errs = append(errs, fmt.Errorf("invalid or duplicate option %v", o))
		}
		seen[value] = true
	}
	return errors.Join(errs...)
}

// checkButtons returns an error for each invalid row or button.
func checkButtons(rows []map[string]any) error {
	var errs []error
	if len(rows) > maxRows {
		errs = append(errs, fmt.Errorf("got %d rows, want at most %d", len(rows), maxRows))
	}
	seen := make(map[string]bool)
	for _, row := range rows {
		buttons := objects(row["components"])
		if len(buttons) == 0 || len(buttons) > maxPerRow {
			errs = append(errs, fmt.Errorf("got %d buttons in a row, want 1 to %d", len(buttons), maxPerRow))
		}
		for _, b := range buttons {
			label, _ := b["label"].(string)
			id, _ := b["custom_id"].(string)
			link, _ := b["url"].(string)
			if options := objects(b["options"]); len(options) > 0 {
				errs = append(errs, checkOptions(options))
				label, _ = b["placeholder"].(string)
			}
			if n := platform.UTF16(label); n == 0 || n > maxLabel {
				errs = append(errs, fmt.Errorf("label %q: got %d characters, want 1 to %d", label, n, maxLabel))
			}
			if (id == "") == (link == "") || platform.UTF16(id) > maxCustomID || seen[id+link] || len(link) > 512 {
				errs = append(errs, fmt.Errorf("invalid or duplicate button %v", b))
			}
			seen[id+link] = true
		}
	}
	return errors.Join(errs...)
}
