package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
)

const asJSON = "Content-Type: application/json"

// TestFindPost checks that a post is found in the history of its channel, on any page, among
// messages from people and other apps, and that posts of other days are not found.
func TestFindPost(t *testing.T) {
	r := newHarness(t, nil)
	channel := bot.Channel{Platform: Platform, Tenant: "T1", ID: "C1"}
	if _, err := r.adapter.Post(t.Context(), channel, platformtest.DailyPost(t, Platform, "en"), "key"); err != nil {
		t.Fatal(err)
	}
	blocks, err := json.Marshal(r.fake.await("chat.postMessage", 1)["blocks"])
	if err != nil {
		t.Fatal(err)
	}
	const others = `{"ts":"1600000300.000001","user":"U1","text":"hi"},
		{"ts":"1600000200.000001","bot_id":"B2","blocks":[{"type":"novel","elements":{"a":1}},{"type":"actions","elements":[{"type":"novel","action_id":7}]}]},
		{"ts":"1600000150.000001","bot_id":"B3","blocks":"novel"}`
	ours := `{"ts":"1600000100.000001","bot_id":"B1","blocks":` + string(blocks) + `}`
	last := func(messages string) string { return `{"ok":true,"has_more":false,"messages":[` + messages + `]}` }
	more := func(messages string) string {
		return `{"ok":true,"has_more":true,"response_metadata":{"next_cursor":"next"},"messages":[` + messages + `]}`
	}
	began := time.Unix(1600000100, 0)
	id := bot.DailyButtonID(firstTerm(t, string(blocks)))
	for name, tt := range map[string]struct {
		pages  []string
		button string
		ref    string
	}{
		"there":         {[]string{last(others + "," + ours)}, id, "1600000100.000001"},
		"second page":   {[]string{more(others), last(ours)}, id, "1600000100.000001"},
		"not there":     {[]string{more(others), last(others)}, id, ""},
		"empty":         {[]string{last("")}, id, ""},
		"from a person": {[]string{last(strings.Replace(ours, `"bot_id":"B1"`, `"user":"U1"`, 1))}, id, ""},
	} {
		calls := r.fake.Count("conversations.history")
		for _, page := range tt.pages {
			r.fake.Prepare("conversations.history", platformtest.AnswerWith(200, page, asJSON))
		}
		ref, found, err := r.adapter.FindPost(t.Context(), channel, began, tt.button)
		if err != nil || ref != tt.ref || found != (tt.ref != "") {
			t.Errorf("%s: FindPost = %q, %v, %v, want %q", name, ref, found, err, tt.ref)
		}
		first := r.fake.await("conversations.history", calls+1)
		if first["channel"] != "C1" || first["oldest"] != "1600000040.000000" || first["cursor"] != nil {
			t.Errorf("%s: got query %v, want channel C1 since a minute before the post", name, first)
		}
		if len(tt.pages) == 2 {
			if second := r.fake.await("conversations.history", calls+2); second["cursor"] != "next" || second["oldest"] != first["oldest"] {
				t.Errorf("%s: got query %v for the second page", name, second)
			}
		}
	}
}

// firstTerm returns the term ID in the button "discuss" of a post.
func firstTerm(t *testing.T, blocks string) string {
	t.Helper()
	_, rest, found := strings.Cut(blocks, `"1:discuss:`)
	term, _, ok := strings.Cut(rest, `"`)
	if !found || !ok {
		t.Fatalf("no button to find the post by in %s", blocks)
	}
	return term
}

// TestFindPostErrors checks that a post counts as missing only if Slack's response is clear,
// that refusals are distinguished from failures, and that a refusal does not cause a token
// check.
func TestFindPostErrors(t *testing.T) {
	refuse := func(code string) func(http.ResponseWriter) {
		return platformtest.AnswerWith(200, `{"ok":false,"error":"`+code+`","needed":"channels:history"}`, asJSON)
	}
	endless := platformtest.AnswerWith(200, `{"ok":true,"has_more":true,"response_metadata":{"next_cursor":"x"},"messages":[]}`, asJSON)
	for name, tt := range map[string]struct {
		answers []func(http.ResponseWriter)
		refused bool
	}{
		"no scope":       {[]func(http.ResponseWriter){refuse("missing_scope")}, true},
		"not a member":   {[]func(http.ResponseWriter){refuse("not_in_channel")}, true},
		"too many":       {[]func(http.ResponseWriter){endless, endless, endless, endless, endless, endless, endless, endless, endless, endless}, true},
		"broken":         {[]func(http.ResponseWriter){refuse("internal_error")}, false},
		"bad token":      {[]func(http.ResponseWriter){refuse("invalid_auth")}, false},
		"rate limited":   {[]func(http.ResponseWriter){platformtest.AnswerWith(429, "", "Retry-After: 30")}, false},
		"down":           {[]func(http.ResponseWriter){platformtest.AnswerWith(503, "<html>")}, false},
		"proxy's page":   {[]func(http.ResponseWriter){platformtest.AnswerWith(200, "<html>")}, false},
		"cut off":        {[]func(http.ResponseWriter){cutOff(200, `{"ok":true,"messages":[`)}, false},
		"cut off, valid": {[]func(http.ResponseWriter){cutOff(200, `{"ok":true,"messages":[]}`)}, false},
		"no messages":    {[]func(http.ResponseWriter){platformtest.AnswerWith(200, `{"ok":true}`, asJSON)}, false},
		"no cursor":      {[]func(http.ResponseWriter){platformtest.AnswerWith(200, `{"ok":true,"has_more":true,"messages":[]}`, asJSON)}, false},
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("conversations.history", tt.answers...)
		ref, found, err := r.adapter.FindPost(t.Context(), bot.Channel{ID: "C1"}, time.Now(), "1:knew:widget:2026-11-24")
		if err == nil || found || ref != "" || errors.Is(err, bot.ErrCannotSearch) != tt.refused {
			t.Errorf("%s: FindPost = %q, %v, %v, want an error that is a refusal: %v", name, ref, found, err, tt.refused)
		}
		if len(r.adapter.recheck) > 0 {
			t.Errorf("%s: the token is checked again", name)
		}
	}
}

// TestPostAfterDeadline checks that nothing is posted after the deadline of a post, as if the
// process had been suspended between the decision to post and the call.
func TestPostAfterDeadline(t *testing.T) {
	r := newHarness(t, nil)
	_, err := r.adapter.Post(suspended{t.Context()}, bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
	if e := bot.PostErrorOf(err); err == nil || e.Fault != bot.Retryable {
		t.Errorf("got error %v, want one that says that nothing was posted", err)
	}
	if n := r.fake.Count("chat.postMessage"); n != 0 {
		t.Errorf("got %d posts, want none", n)
	}
}

// A suspended is a context past its deadline whose timer has not fired yet.
type suspended struct{ context.Context }

func (suspended) Deadline() (time.Time, bool) { return time.Now().Add(-time.Millisecond), true }
