package slack

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
)

const (
	// maxRetries is how many times a call is retried after it was rate limited (429) or
	// Slack failed (5xx). firstRetry is the delay before the first retry.
	maxRetries = 3
	firstRetry = 200 * time.Millisecond
)

// retries makes the library retry a Web API call that was rate limited, failed at Slack, or
// could not connect. It does not retry a call whose connection broke: Slack may have posted
// the message, and would post it twice. The library's own retry is used because it rebuilds
// each request; package retry retries everything else.
var retries = func() slack.RetryConfig {
	cfg := slack.RetryConfig{
		MaxRetries: maxRetries, RetryAfterDuration: 5 * time.Second,
		BackoffInitial: firstRetry, BackoffMax: 5 * time.Second, BackoffJitter: 100 * time.Millisecond,
	}
	cfg.Handlers = []slack.RetryHandler{slack.NewRateLimitErrorRetryHandler(cfg), slack.NewServerErrorRetryHandler(cfg), retryDialErrors{}}
	return cfg
}()

// retryDialErrors repeats calls that did not reach Slack.
type retryDialErrors struct{}

// ShouldRetry implements [slack.RetryHandler].
func (retryDialErrors) ShouldRetry(s *slack.RetryState, _ *http.Request, _ *http.Response, err error) (bool, time.Duration) {
	if !isDialError(err) {
		return false, 0
	}
	return true, s.Backoff.Duration()
}

// A transport is a RoundTripper that counts failed calls by Web API method, and limits
// Retry-After. It does not see the errors that Slack sends with status 200; noteError counts
// those.
type transport struct {
	base    string // base URL of the Web API
	next    http.RoundTripper
	metrics *platform.Metrics
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	method, ok := strings.CutPrefix(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, t.base)
	if !ok {
		method = "response_url" // its path is a secret
	}
	switch {
	case err != nil:
		t.metrics.APIError(Platform, method, "unreachable")
		return resp, err
	case resp.StatusCode >= 400:
		t.metrics.APIError(Platform, method, fmt.Sprint(resp.StatusCode))
	}
	limitRetryAfter(resp.Header)
	return resp, nil
}

// maxRetryAfter is the longest that Slack may make the bot wait. Its limits are per minute
// (https://docs.slack.dev/apis/web-api/rate-limits), so a longer wait is a mistake.
const maxRetryAfter = time.Hour

// limitRetryAfter limits Retry-After to maxRetryAfter. It removes a value that is not a
// number of seconds, because the library would treat it as a failed call.
func limitRetryAfter(h http.Header) {
	const name = "Retry-After"
	value := h.Get(name)
	if value == "" {
		return
	}
	seconds, err := strconv.ParseUint(strings.TrimSpace(value), 10, 64)
	switch limit := uint64(maxRetryAfter / time.Second); {
	case errors.Is(err, strconv.ErrRange), err == nil && seconds > limit:
		h.Set(name, fmt.Sprint(limit))
	case err != nil:
		h.Del(name)
	default:
		h.Set(name, fmt.Sprint(seconds))
	}
}

// reportError logs and counts a failed Web API call, and requests a check of the token if
// that caused the error. It does nothing if err is nil.
func (a *Adapter) reportError(request, method string, err error) {
	if err == nil {
		return
	}
	a.noteError(method, err)
	a.logNotSent(request, err, "method", method)
}

// noteError counts a failed Web API call, and requests a check of the token if that caused
// the error.
func (a *Adapter) noteError(method string, err error) {
	code := errorCode(err)
	if code != "" {
		a.o.Metrics.APIError(Platform, method, code)
	}
	if tokenErrors[code] {
		a.recheckToken()
	}
}

// logNotSent logs that a reply could not be sent. request is the ID of the request, or "" if
// it has none.
func (a *Adapter) logNotSent(request string, err error, attrs ...any) {
	if request != "" {
		attrs = append(attrs, "request", request)
	}
	a.o.Log.Error("cannot send reply", append(attrs, "error", err)...)
}
