package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
)

// TestPost posts daily terms and verifies the bodies and nonces, and sends a direct message.
func TestPost(t *testing.T) {
	t.Parallel()
	const name = "POST /channels/300000000000000001/messages"
	h := newHarness(t, nil)
	c := bot.Channel{Platform: Platform, Tenant: "1", ID: "300000000000000001"}
	for i, l := range []string{"en", "ja"} {
		reply := platformtest.DailyPost(t, Platform, l)
		ref, err := h.adapter.Post(t.Context(), c, reply, "key "+l)
		if err != nil || ref != "900000000000000001" {
			t.Errorf("Post: got %q, %v, want 900000000000000001", ref, err)
		}
		sent := h.fake.Await(name, i+1)
		platformtest.Golden(t, "daily_"+l, sent.Body)
		if err := errors.Join(checkInert(sent.Raw), checkLimits(sent.Raw)); err != nil {
			t.Error(err)
		}
	}
	if _, err := h.adapter.Post(t.Context(), c, platformtest.DailyPost(t, Platform, "en"), "key en"); err != nil {
		t.Error(err)
	}
	first, second, again := h.fake.Await(name, 1).Body["nonce"], h.fake.Await(name, 2).Body["nonce"], h.fake.Await(name, 3).Body["nonce"]
	if first != again || first == second || len(fmt.Sprint(first)) > maxNonce {
		t.Errorf("got nonces %v, %v and %v, want the first and last equal, and at most %d characters", first, second, again, maxNonce)
	}
	if err := h.adapter.SendDirect(t.Context(), bot.Tenant{Platform: Platform, ID: "1"}, "600000000000000001", platformtest.DailyPost(t, Platform, "en")); err != nil {
		t.Error(err)
	}
	if asked := h.fake.Await("POST /users/@me/channels", 1); asked.Body["recipient_id"] != "600000000000000001" {
		t.Errorf("got recipient %v, want 600000000000000001", asked.Body["recipient_id"])
	}
	h.fake.Await("POST /channels/900000000000000001/messages", 1)
}

// TestPostErrors verifies how errors of posts are classified.
func TestPostErrors(t *testing.T) {
	const name = "POST /channels/300000000000000001/messages"
	for what, tt := range map[string]struct {
		answer func(http.ResponseWriter)
		times  int
		fault  bot.PostFault
		after  time.Duration
	}{
		"rate limited":    {platformtest.AnswerWith(429, `{"message":"limited","retry_after":120}`), 1, bot.Retryable, 110 * time.Second},
		"no permission":   {platformtest.AnswerWith(403, `{"message":"Missing Permissions","code":50013}`), 1, bot.ChannelUnavailable, 0},
		"no access":       {platformtest.AnswerWith(403, `{"message":"Missing Access","code":50001}`), 1, bot.ChannelUnavailable, 0},
		"unknown channel": {platformtest.AnswerWith(404, `{"message":"Unknown Channel","code":10003}`), 1, bot.ChannelUnavailable, 0},
		"invalid token":   {platformtest.AnswerWith(401, `{"message":"401: Unauthorized"}`), 1, bot.Retryable, unauthorizedPause},
		"invalid message": {platformtest.AnswerWith(400, `{"message":"Invalid Form Body","code":50035}`), 1, bot.Retryable, 0},
		"down":            {platformtest.AnswerWith(503, ""), maxTries, bot.OutcomeUnknown, 0},
		"cut off":         {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, maxTries, bot.OutcomeUnknown, 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			for range maxTries {
				h.fake.Prepare(name, tt.answer)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			_, err := h.adapter.Post(ctx, bot.Channel{ID: "300000000000000001"}, platformtest.DailyPost(t, Platform, "en"), "key")
			var e *bot.PostError
			if !errors.As(err, &e) || e.Fault != tt.fault || e.After < tt.after || tt.after == 0 && e.After > 0 {
				t.Errorf("got error %+v, want fault %v and a wait of at least %v", err, tt.fault, tt.after)
			}
			if n := h.fake.Count(name); n != tt.times {
				t.Errorf("got %d posts, want %d", n, tt.times)
			}
		})
	}
}
