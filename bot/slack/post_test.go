package slack

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
)

// TestPost posts daily terms, and sends a direct message.
func TestPost(t *testing.T) {
	r := newHarness(t, nil)
	for _, l := range []string{"en", "ja"} {
		reply := platformtest.DailyPost(t, Platform, l)
		ref, err := r.adapter.Post(t.Context(), bot.Channel{Platform: Platform, Tenant: "T1", ID: "C1"}, reply, "key")
		if err != nil || ref != "1600000000.000001" {
			t.Errorf("Post = %q, %v, want 1600000000.000001, nil", ref, err)
		}
	}
	platformtest.Golden(t, "daily_en", r.fake.await("chat.postMessage", 1))
	platformtest.Golden(t, "daily_ja", r.fake.await("chat.postMessage", 2))
	if err := r.adapter.SendDirect(t.Context(), bot.Tenant{Platform: Platform, ID: "T1"}, "U1", platformtest.DailyPost(t, Platform, "en")); err != nil {
		t.Error(err)
	}
	if sent := r.fake.await("chat.postMessage", 3); sent["channel"] != "U1" {
		t.Errorf("SendDirect sent %v, want channel U1", sent)
	}
}

// TestPostErrors checks the fault of each kind of failed post, and that no post is repeated.
func TestPostErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		answer func(http.ResponseWriter)
		fault  bot.PostFault
		after  time.Duration
	}{
		"limited":     {platformtest.AnswerWith(429, "", "Retry-After: 7"), bot.Retryable, 7 * time.Second},
		"not invited": {platformtest.AnswerWith(200, `{"ok":false,"error":"not_in_channel"}`, "Content-Type: application/json"), bot.ChannelUnavailable, 0},
		"archived":    {platformtest.AnswerWith(200, `{"ok":false,"error":"is_archived"}`, "Content-Type: application/json"), bot.ChannelUnavailable, 0},
		"gone":        {platformtest.AnswerWith(200, `{"ok":false,"error":"channel_not_found"}`, "Content-Type: application/json"), bot.ChannelUnavailable, 0},
		"revoked":     {platformtest.AnswerWith(200, `{"ok":false,"error":"token_revoked"}`, "Content-Type: application/json"), bot.Retryable, refusedWait},
		"refused":     {platformtest.AnswerWith(200, `{"ok":false,"error":"invalid_blocks"}`, "Content-Type: application/json"), bot.Retryable, 0},
		"broken":      {platformtest.AnswerWith(200, `{"ok":false,"error":"internal_error"}`, "Content-Type: application/json"), bot.OutcomeUnknown, 0},
		"down":        {platformtest.AnswerWith(503, "x"), bot.OutcomeUnknown, 0},
		"cut off":     {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, bot.OutcomeUnknown, 0},
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("chat.postMessage", tt.answer)
		_, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
		var e *bot.PostError
		if !errors.As(err, &e) || e.Fault != tt.fault || e.After != tt.after {
			t.Errorf("%s: got error %+v, want fault %v after %v", name, err, tt.fault, tt.after)
		}
		if n := r.fake.Count("chat.postMessage"); n != 1 {
			t.Errorf("%s: got %d calls, want 1", name, n)
		}
	}
	r := newHarness(t, nil)
	r.fake.server.Close()
	_, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
	var e *bot.PostError
	if !errors.As(err, &e) || e.Fault != bot.Retryable || strings.Contains(err.Error(), r.fake.url()) {
		t.Errorf("unreachable: got error %v, want a retryable one without the URL", err)
	}
}
