package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/schedule"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// A pupil is a user of an adapter whose bot remembers terms.
type pupil struct {
	*harness
	store *reviewtest.Memory
	tutor *study.Tutor
	n     int
	calls map[string]int // number of awaited calls, by method
}

// now is a Monday, 10:00 in Tokyo.
func now() time.Time { return time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC) }

func newPupil(t *testing.T) *pupil {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	p := &pupil{store: reviewtest.NewMemory(), calls: make(map[string]int)}
	p.harness = newHarness(t, func(o *Options) {
		p.tutor = study.New(g, &review.Reviewer{Store: p.store, Now: now}, o.Log)
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Tutor: p.tutor, Now: now})
	})
	return p
}

// remembers opts the user in, and adds cards for terms.
func (p *pupil) remembers(t *testing.T, terms ...string) {
	t.Helper()
	r := &review.Reviewer{Store: p.store, Now: now}
	if err := errors.Join(r.OptIn(t.Context(), learnerSettings()), r.Remember(t.Context(), learnerSettings().Learner, terms...)); err != nil {
		t.Fatal(err)
	}
}

// next returns the body of the next call of a method.
func (p *pupil) next(method string) map[string]any {
	p.t.Helper()
	p.calls[method]++
	body := p.fake.await(method, p.calls[method])
	if view, ok := body["view"].(map[string]any); ok {
		if err := checkView(view); err != nil {
			p.t.Error(err)
		}
	}
	return body
}

// interact sends an interaction.
func (p *pupil) interact(fields map[string]any) {
	p.t.Helper()
	p.n++
	for k, v := range map[string]any{
		"team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"}, "channel": map[string]any{"id": "C1"},
		"trigger_id": fmt.Sprint("trigger", p.n), "response_url": p.fake.responseURL(),
	} {
		fields[k] = v
	}
	p.postJSON("/slack/interactions", fields)
}

// click clicks a button of an ephemeral message, or of a view.
func (p *pupil) click(id string, view map[string]any) {
	p.t.Helper()
	container := map[string]any{"type": "message", "is_ephemeral": true}
	if view != nil {
		container = map[string]any{"type": "view"}
	}
	p.interact(map[string]any{
		"type": "block_actions", "container": container, "view": view,
		"actions": []any{map[string]any{"action_id": id, "action_ts": fmt.Sprint(p.n)}},
	})
}

// button returns the ID of the button with a label in blocks.
func (p *pupil) button(body map[string]any, label string) string {
	p.t.Helper()
	if view, ok := body["view"].(map[string]any); ok {
		body = view
	}
	blocks, _ := body["blocks"].([]any)
	for _, b := range blocks {
		elements, _ := b.(map[string]any)["elements"].([]any)
		for _, e := range elements {
			e := e.(map[string]any)
			if text, _ := e["text"].(map[string]any); text["text"] == label {
				return fmt.Sprint(e["action_id"])
			}
		}
	}
	p.t.Fatalf("no button %q in %v", label, body)
	return ""
}

// modalView returns the view in the payload of a modal's action.
func modalView(hash string) map[string]any {
	return map[string]any{"id": "V1", "type": "modal", "callback_id": reviewModal, "hash": hash}
}

// TestReview plays the first review. The button opens the form immediately, and after the form
// the modal says that the term is remembered. A session has its own modal, which is updated
// with the hash of the view that the user saw.
func TestReview(t *testing.T) {
	p := newPupil(t)
	p.click("1:remember:s:widget", nil)
	form := p.next("views.open")
	platformtest.Golden(t, "review_form", form)
	view := form["view"].(map[string]any)
	submit := func(metadata any) map[string]any {
		body, err := json.Marshal(map[string]any{
			"type": "view_submission", "trigger_id": "trigger0", "team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": "U1"},
			"view": map[string]any{"id": "V1", "type": "modal", "callback_id": view["callback_id"], "private_metadata": metadata, "state": map[string]any{"values": map[string]any{
				"time":  map[string]any{"time": map[string]any{"selected_option": map[string]any{"value": "08:00"}}},
				"days":  map[string]any{"days": map[string]any{"selected_options": []any{map[string]any{"value": "mon"}, map[string]any{"value": "fri"}}}},
				"count": map[string]any{"count": map[string]any{"selected_option": map[string]any{"value": "3"}}},
			}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		var shown map[string]any
		if err := json.Unmarshal(p.respondTo("/slack/interactions", interactionForm(string(body))), &shown); err != nil {
			t.Fatal(err)
		}
		return shown
	}
	platformtest.Golden(t, "review_saved", submit(view["private_metadata"]))
	l := review.Learner{Platform: string(Platform), Tenant: "T0001", User: "U1"}
	s, ok, err := p.store.Settings(t.Context(), l)
	if err != nil || !ok || s.Schedule.Time != 8*60 || s.PerDay != 3 || s.Schedule.Days.Format(glossary.English) != "Mon, Fri" || s.Stopped {
		t.Errorf("got settings %+v, %v, %v, want those that were chosen", s, ok, err)
	}

	p.click("1:remember:s:gadget", nil) // no form this time
	remembered := p.next("response_url")
	if remembered["replace_original"] != true || p.button(remembered, "Undo") != "1:unremember:s:gadget" {
		t.Errorf("second term: got %v, want the answer with a button to undo", remembered)
	}

	p.click("1:review-next", nil)
	front := p.next("views.open")
	platformtest.Golden(t, "review_front", front)
	p.click(p.button(front, "Show"), modalView("hash1"))
	back := p.next("views.update")
	platformtest.Golden(t, "review_back", back)
	if back["hash"] != "hash1" || back["view_id"] != "V1" {
		t.Errorf("got hash %v of view %v, want those of the view with the button", back["hash"], back["view_id"])
	}
	// Two simultaneous clicks count once, and Slack refuses to show the second answer.
	p.fake.Prepare("views.update", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"hash_conflict"}`))
	p.click(p.button(back, "Knew it"), modalView("hash2"))
	p.next("views.update")
	p.click(p.button(back, "Knew it"), modalView("hash2"))
	second := p.next("views.update")
	log, err := p.store.Answers(t.Context(), l, 0)
	if err != nil || len(log) != 1 || strings.Contains(p.logged.String(), "views.update") {
		t.Errorf("got answers %+v, %v, want one; log: %s", log, err, p.logged)
	}
	p.click(p.button(second, "Show"), modalView("hash3"))
	p.click(p.button(p.next("views.update"), "Forgot"), modalView("hash4"))
	platformtest.Golden(t, "review_end", p.next("views.update"))

	p.click("1:review-set:form", modalView("hash5"))
	if v := p.next("views.update")["view"].(map[string]any); v["callback_id"] != reviewForm {
		t.Errorf("settings: got %v, want the form", v)
	}
	platformtest.Golden(t, "review_settings", submit(""))
}

// TestReviewFallback checks that a session is a message if its modal cannot be opened in time.
func TestReviewFallback(t *testing.T) {
	p := newPupil(t)
	p.fake.Prepare("views.open", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"expired_trigger_id"}`))
	p.click("1:remember:s:widget", nil)
	p.next("views.open")
	if said, _ := json.Marshal(p.next("response_url")); !strings.Contains(string(said), "Remembered: Widget") || !strings.Contains(string(said), "forget me") {
		t.Errorf("without the form: got %s, want what was set", said)
	}
	p.fake.Prepare("views.open", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"expired_trigger_id"}`))
	p.click("1:review-next", nil)
	p.next("views.open")
	front := p.next("response_url")
	if front["replace_original"] != true || p.button(front, "Show") == "" {
		t.Errorf("without a modal: got %v, want the card in the message", front)
	}
}

// TestRememberWords uses the message shortcut.
func TestRememberWords(t *testing.T) {
	for text, want := range map[string]string{
		"NAME READY STATUS RESTARTS AGE\nw-1 0/1 WidgetFailing 3 9m": "Remembered: WidgetFailing",
		"WidgetFailing, gadget, widget":                              "Remembered: WidgetFailing, gadget, Widget",
		"lunch at noon?":                                             "I couldn't find",
	} {
		t.Run(text, func(t *testing.T) {
			p := newPupil(t)
			if err := (&review.Reviewer{Store: p.store, Now: now}).OptIn(t.Context(), learnerSettings()); err != nil {
				t.Fatal(err)
			}
			p.interact(map[string]any{"type": "message_action", "callback_id": manifest.RememberShortcut, "message": map[string]any{"ts": "1.1", "text": text}})
			sent := p.next("response_url")
			if data, _ := json.Marshal(sent); !strings.Contains(string(data), want) || sent["response_type"] != "ephemeral" {
				t.Errorf("got %s, want %q, privately", data, want)
			}
		})
	}
}

func learnerSettings() review.Settings {
	l := review.Learner{Platform: string(Platform), Tenant: "T0001", User: "U1"}
	return review.DefaultSettings(l, schedule.Defaults{Zone: "Asia/Tokyo", Lang: glossary.English})
}

// TestReviewHome shows the hub on the Home tab.
func TestReviewHome(t *testing.T) {
	p := newPupil(t)
	p.deliver("home_opened.json")
	if data, _ := json.Marshal(p.next("views.publish")); !strings.Contains(string(data), "What have I forgotten?") {
		t.Errorf("got %s, want the introduction to reviews", data)
	}
}

// TestDigest sends a digest, edits it, and deletes it.
func TestDigest(t *testing.T) {
	p := newPupil(t)
	r := &review.Reviewer{Store: p.store, Now: now}
	s := learnerSettings()
	if err := r.OptIn(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if err := r.Remember(t.Context(), s.Learner, "widget", "gadget"); err != nil {
		t.Fatal(err)
	}
	d, err := r.Deck(t.Context(), s.Learner)
	if err != nil {
		t.Fatal(err)
	}
	p.fake.Prepare("chat.postMessage", platformtest.AnswerWith(http.StatusOK, `{"ok":true,"channel":"D1","ts":"1.2"}`))
	message := p.tutor.Digest(review.Send, d)
	ref, err := p.adapter.SendMessage(t.Context(), bot.Tenant{Platform: Platform, ID: "T0001"}, "U1", message, "key")
	if err != nil || ref != "D1/1.2" {
		t.Fatalf("got %q, %v, want the channel and the message", ref, err)
	}
	sent := p.next("chat.postMessage")
	platformtest.Golden(t, "review_digest", sent)
	if err := p.adapter.EditMessage(t.Context(), bot.Tenant{}, ref, message); err != nil {
		t.Error(err)
	}
	if edited := p.next("chat.update"); edited["channel"] != "D1" || edited["ts"] != "1.2" {
		t.Errorf("edited %v", edited)
	}
	if err := p.adapter.DeleteMessage(t.Context(), bot.Tenant{}, ref); err != nil {
		t.Error(err)
	}
	if deleted := p.next("chat.delete"); deleted["channel"] != "D1" || deleted["ts"] != "1.2" {
		t.Errorf("deleted %v", deleted)
	}
	p.fake.Prepare("chat.update", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"message_not_found"}`))
	if err := p.adapter.EditMessage(t.Context(), bot.Tenant{}, ref, message); bot.PostErrorOf(err).Fault != bot.ChannelUnavailable {
		t.Errorf("deleted message: got %v, want that it is gone", err)
	}
}

// TestExport sends the files of an export as a direct message, or says which scope is missing.
func TestExport(t *testing.T) {
	for name, tt := range map[string]struct {
		answer string
		want   string
	}{
		"allowed":         {`{"ok":true,"upload_url":"UPLOAD","file_id":"F1"}`, "I've sent you the file in a direct message."},
		"without a scope": {`{"ok":false,"error":"missing_scope"}`, "files:write"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPupil(t)
			p.remembers(t, "widget")
			p.fake.Prepare("files.getUploadURLExternal", platformtest.AnswerWith(http.StatusOK, strings.Replace(tt.answer, "UPLOAD", p.fake.server.URL+"/api/upload", 1)))
			p.fake.Prepare("files.completeUploadExternal", platformtest.AnswerWith(http.StatusOK, `{"ok":true,"files":[{"id":"F1"}]}`))
			p.click("1:review-export:anki", nil)
			data, err := json.Marshal(p.next("response_url"))
			if err != nil || !strings.Contains(string(data), tt.want) {
				t.Errorf("got %s, %v, want %q", data, err, tt.want)
			}
			if shared := p.fake.Count("files.completeUploadExternal"); (shared == 1) != (name == "allowed") {
				t.Errorf("got %d shared files", shared)
			}
			if posts := p.fake.Count("chat.postMessage"); posts != 1 {
				t.Errorf("got %d direct messages, want 1", posts)
			}
		})
	}
}

// TestExportInDirectMessage sends the files of an export where it was asked for, and describes
// them once.
func TestExportInDirectMessage(t *testing.T) {
	p := newPupil(t)
	p.remembers(t, "widget")
	p.fake.Prepare("files.getUploadURLExternal", platformtest.AnswerWith(http.StatusOK, `{"ok":true,"upload_url":"`+p.fake.server.URL+`/api/upload","file_id":"F1"}`))
	p.fake.Prepare("files.completeUploadExternal", platformtest.AnswerWith(http.StatusOK, `{"ok":true,"files":[{"id":"F1"}]}`))
	p.respondTo("/slack/events", []byte(`{"type":"event_callback","team_id":"T0001","event_id":"Ev1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"export me","ts":"1.1"}}`))
	if shared := p.next("files.completeUploadExternal"); shared["channel_id"] != "D1" {
		t.Errorf("shared %v, want a file in D1", shared)
	}
	if said := p.next("chat.postMessage"); said["channel"] != "D1" || strings.Contains(fmt.Sprint(said), labels.sentFiles.EN) {
		t.Errorf("got %v, want a description in D1", said)
	}
	if posts := p.fake.Count("chat.postMessage"); posts != 1 {
		t.Errorf("got %d messages, want 1", posts)
	}
}
