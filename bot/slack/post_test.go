package slack

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/slack/webapi"
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

// TestPostErrors checks the fault of each kind of failed post, that no post is repeated except in
// its plain form, and that Post does not log errors, because the caller does.
func TestPostErrors(t *testing.T) {
	const asJSON = "Content-Type: application/json"
	refuse := func(code string) func(http.ResponseWriter) {
		return platformtest.AnswerWith(200, `{"ok":false,"error":"`+code+`"}`, asJSON)
	}
	for name, tt := range map[string]struct {
		answer func(http.ResponseWriter)
		fault  bot.PostFault
		after  time.Duration
		code   string
	}{
		"limited":             {platformtest.AnswerWith(429, "", "Retry-After: 7"), bot.Retryable, 7 * time.Second, "rate_limited"},
		"limited for a day":   {platformtest.AnswerWith(429, "", "Retry-After: 100000"), bot.Retryable, time.Hour, "rate_limited"},
		"limited forever":     {platformtest.AnswerWith(429, "", "Retry-After: 99999999999999999999"), bot.Retryable, time.Hour, "rate_limited"},
		"limited, no time":    {platformtest.AnswerWith(429, ""), bot.Retryable, 0, ""},
		"limited until":       {platformtest.AnswerWith(429, "", "Retry-After: Fri, 28 Nov 2025 09:00:00 GMT"), bot.Retryable, 0, ""},
		"not invited":         {refuse("not_in_channel"), bot.ChannelUnavailable, 0, "not_in_channel"},
		"archived":            {refuse("is_archived"), bot.ChannelUnavailable, 0, "is_archived"},
		"gone":                {refuse("channel_not_found"), bot.ChannelUnavailable, 0, "channel_not_found"},
		"revoked":             {refuse("token_revoked"), bot.Retryable, webapi.RefusedWait, "token_revoked"},
		"migrating":           {refuse("team_added_to_org"), bot.Retryable, 0, "team_added_to_org"},
		"invalid blocks":      {refuse("invalid_blocks"), bot.ContentRejected, 0, "invalid_blocks"},
		"too long":            {refuse("msg_too_long"), bot.ContentRejected, 0, "msg_too_long"},
		"invalid arguments":   {refuse("invalid_arguments"), bot.ContentRejected, 0, "invalid_arguments"},
		"broken":              {refuse("internal_error"), bot.OutcomeUnknown, 0, "internal_error"},
		"broken by half":      {refuse("fatal_error"), bot.OutcomeUnknown, 0, "fatal_error"},
		"proxy refuses":       {platformtest.AnswerWith(403, "<html>Forbidden</html>"), bot.Retryable, 0, ""},
		"proxy finds nothing": {platformtest.AnswerWith(404, "not found"), bot.Retryable, 0, ""},
		"redirected":          {platformtest.AnswerWith(302, "", "Location: /login"), bot.Retryable, 0, ""},
		"edge down":           {platformtest.AnswerWith(503, "<html>Service Unavailable</html>"), bot.Retryable, 0, ""},
		"edge down, no body":  {platformtest.AnswerWith(503, ""), bot.Retryable, 0, ""},
		"API down":            {platformtest.AnswerWith(503, `{"ok":false,"error":"service_unavailable"}`, asJSON), bot.OutcomeUnknown, 0, ""},
		"API down, cut off":   {cutOff(503, `<html>`), bot.OutcomeUnknown, 0, ""},
		"failed":              {platformtest.AnswerWith(500, "x"), bot.OutcomeUnknown, 0, ""},
		"bad gateway":         {platformtest.AnswerWith(502, "x"), bot.OutcomeUnknown, 0, ""},
		"accepted":            {platformtest.AnswerWith(202, ""), bot.OutcomeUnknown, 0, ""},
		"garbage":             {platformtest.AnswerWith(200, "<html>"), bot.OutcomeUnknown, 0, ""},
		"empty":               {platformtest.AnswerWith(200, ""), bot.OutcomeUnknown, 0, ""},
		"cut JSON":            {cutOff(200, `{"ok":false,"err`), bot.OutcomeUnknown, 0, ""},
		"quoted":              {cutOff(200, `{"message":{"text":"\"ok\":true`), bot.OutcomeUnknown, 0, ""},
		"cut off":             {func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, bot.OutcomeUnknown, 0, ""},
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("chat.postMessage", tt.answer, tt.answer)
		_, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
		var e *bot.PostError
		if !errors.As(err, &e) || e.Fault != tt.fault || e.After != tt.after || e.Code != tt.code {
			t.Errorf("%s: got error %+v, want fault %v after %v with code %q", name, err, tt.fault, tt.after, tt.code)
		}
		refused := tt.fault == bot.ChannelUnavailable || tt.fault == bot.ContentRejected
		if e != nil && (e.Refusal != "") != refused {
			t.Errorf("%s: got refusal %q with fault %v", name, e.Refusal, e.Fault)
		}
		calls := 1
		if tt.fault == bot.ContentRejected {
			calls = 2 // the second is the plain form
		}
		if n := r.fake.Count("chat.postMessage"); n != calls {
			t.Errorf("%s: got %d calls, want %d", name, n, calls)
		}
		if strings.Contains(r.logged.String(), "level=ERROR") {
			t.Errorf("%s: the post logged an error:\n%s", name, r.logged)
		}
	}
}

// cutOff returns a response that claims to be longer than it is.
func cutOff(status int, body string) func(http.ResponseWriter) {
	return platformtest.AnswerWith(status, body, "Content-Length: 5000", "Content-Type: application/json")
}

// TestPostCutOff checks that a post counts as posted if the response says so, even if the
// rest of it is missing.
func TestPostCutOff(t *testing.T) {
	for _, answer := range []func(http.ResponseWriter){
		cutOff(200, `{"ok":true,"channel":"C1","ts":"16000`),
		cutOff(200, "{\n  \"ok\": true, "),
		platformtest.AnswerWith(200, `{"ok":true,"channel":"C1`),
	} {
		r := newHarness(t, nil)
		r.fake.Prepare("chat.postMessage", answer)
		ref, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
		if err != nil || ref != "" {
			t.Errorf("Post = %q, %v, want no ID and no error", ref, err)
		}
	}
}

// TestPostUnreached checks that a post is retryable if there was no connection, whether the
// host refuses it or the TLS handshake fails.
func TestPostUnreached(t *testing.T) {
	noTLS := httptest.NewServer(http.NotFoundHandler())
	defer noTLS.Close()
	for name, address := range map[string]string{
		"refused": "http://" + closedAddr(t) + "/api/",
		"no TLS":  strings.Replace(noTLS.URL, "http://", "https://", 1) + "/api/",
	} {
		r := newHarness(t, func(o *Options) { o.APIURL = address })
		_, err := r.adapter.Post(t.Context(), bot.Channel{ID: "C1"}, platformtest.DailyPost(t, Platform, "en"), "key")
		var e *bot.PostError
		if !errors.As(err, &e) || e.Fault != bot.Retryable || e.Code != "" || strings.Contains(err.Error(), "/api/") {
			t.Errorf("%s: got error %v, want a retryable one without the URL", name, err)
		}
	}
}

// closedAddr returns an address that nothing listens on.
func closedAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
