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
	down, drop := platformtest.AnswerWith(503, "<html>"), func(http.ResponseWriter) { panic(http.ErrAbortHandler) }
	limited := platformtest.AnswerWith(429, `{"message":"limited","retry_after":120}`)
	refused := func(status, code int) []func(http.ResponseWriter) {
		return []func(http.ResponseWriter){platformtest.AnswerWith(status, fmt.Sprintf(`{"message":"Refused","code":%d}`, code))}
	}
	page := func(status int) []func(http.ResponseWriter) {
		return []func(http.ResponseWriter){platformtest.AnswerWith(status, "<html>go away</html>")}
	}
	for what, tt := range map[string]struct {
		answers []func(http.ResponseWriter)
		fault   bot.PostFault
		code    string
		after   time.Duration
	}{
		"rate limited":               {[]func(http.ResponseWriter){limited}, bot.Retryable, "429", 110 * time.Second},
		"invalid token":              {refused(401, 0), bot.Retryable, "401", unauthorizedPause},
		"no permission":              {refused(403, 50013), bot.ChannelUnavailable, "50013", 0},
		"no access":                  {refused(403, 50001), bot.ChannelUnavailable, "50001", 0},
		"unknown channel":            {refused(404, 10003), bot.ChannelUnavailable, "10003", 0},
		"unknown guild":              {refused(404, 10004), bot.ChannelUnavailable, "10004", 0},
		"forum":                      {refused(400, 40058), bot.ChannelUnavailable, "40058", 0},
		"invalid message":            {refused(400, 50035), bot.ContentRejected, "50035", 0},
		"empty message":              {refused(400, 50006), bot.ContentRejected, "50006", 0},
		"too large":                  {refused(413, 40005), bot.ContentRejected, "40005", 0},
		"another code":               {refused(403, 20012), bot.Retryable, "20012", 0},
		"forbidden by a proxy":       {page(403), bot.Retryable, "", 0},
		"not found by a proxy":       {page(404), bot.Retryable, "", 0},
		"too large for a proxy":      {page(413), bot.Retryable, "", 0},
		"redirected by a proxy":      {page(302), bot.Retryable, "", 0},
		"forbidden by JSON":          {[]func(http.ResponseWriter){platformtest.AnswerWith(403, `{"message":"Forbidden"}`)}, bot.Retryable, "", 0},
		"blocked by Cloudflare":      {refused(403, 40333), bot.Retryable, "", 0},
		"page of a proxy":            {page(200), bot.OutcomeUnknown, "", 0},
		"not a message":              {[]func(http.ResponseWriter){platformtest.AnswerWith(200, `{"ok":true}`)}, bot.OutcomeUnknown, "", 0},
		"cut off JSON":               {[]func(http.ResponseWriter){platformtest.AnswerWith(200, `{"id":"9000`)}, bot.OutcomeUnknown, "", 0},
		"down":                       {[]func(http.ResponseWriter){down, down, down, down}, bot.OutcomeUnknown, "", 0},
		"cut off":                    {[]func(http.ResponseWriter){drop, drop, drop, drop}, bot.OutcomeUnknown, "", 0},
		"down, then rate limited":    {[]func(http.ResponseWriter){down, limited}, bot.OutcomeUnknown, "", 0},
		"cut off, then rate limited": {[]func(http.ResponseWriter){drop, limited}, bot.OutcomeUnknown, "", 0},
		"down, then a proxy's page":  {append([]func(http.ResponseWriter){down}, page(403)...), bot.OutcomeUnknown, "", 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			answers := tt.answers
			if tt.code == "50013" || tt.code == "50035" {
				answers = append(answers, answers...) // the second is for the plain form
			}
			h.fake.Prepare(name, answers...)
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			_, err := h.adapter.Post(ctx, bot.Channel{ID: "300000000000000001"}, platformtest.DailyPost(t, Platform, "en"), "key")
			var e *bot.PostError
			if !errors.As(err, &e) || e.Fault != tt.fault || e.Code != tt.code || e.After < tt.after || tt.after == 0 && e.After > 0 {
				t.Errorf("got error %+v, want fault %v with code %q and a wait of at least %v", err, tt.fault, tt.code, tt.after)
			}
			refused := tt.fault == bot.ChannelUnavailable || tt.fault == bot.ContentRejected
			if e != nil && (e.Refusal != "") != refused {
				t.Errorf("got refusal %q with fault %v", e.Refusal, e.Fault)
			}
			if n := h.fake.Count(name); n != len(answers) {
				t.Errorf("got %d posts, want %d", n, len(answers))
			}
		})
	}
}

// TestPostNotSent verifies that a post is only retryable if Discord cannot be reached.
func TestPostNotSent(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.server.Close()
	_, err := h.adapter.Post(t.Context(), bot.Channel{ID: "300000000000000001"}, platformtest.DailyPost(t, Platform, "en"), "key")
	if e := bot.PostErrorOf(err); e.Fault != bot.Retryable || e.Code != "" {
		t.Errorf("got %+v, want a retryable error without a code", e)
	}
}
