// Package webapi contains what all calls to Slack's Web API share: retries, the meaning of
// errors, and metrics (https://docs.slack.dev/apis/web-api).
package webapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// platformName is the platform in metrics.
const platformName bot.Platform = "slack"

const (
	// MaxRetries is how many times a call is retried after it was rate limited (429) or
	// Slack failed (5xx). FirstRetry is the delay before the first retry.
	MaxRetries = 3
	FirstRetry = 200 * time.Millisecond
)

// Retries makes the library retry a Web API call that was rate limited, failed at Slack, or
// could not connect. It does not retry a call whose connection broke: Slack may have posted
// the message, and a retry would post it again. The library's own retry is used because it
// rebuilds each request; package retry retries everything else.
var Retries = func() slack.RetryConfig {
	cfg := slack.RetryConfig{
		MaxRetries: MaxRetries, RetryAfterDuration: 5 * time.Second,
		BackoffInitial: FirstRetry, BackoffMax: 5 * time.Second, BackoffJitter: 100 * time.Millisecond,
	}
	cfg.Handlers = []slack.RetryHandler{slack.NewRateLimitErrorRetryHandler(cfg), slack.NewServerErrorRetryHandler(cfg), retryDialErrors{}}
	return cfg
}()

// retryDialErrors retries calls that did not reach Slack.
type retryDialErrors struct{}

// ShouldRetry implements [slack.RetryHandler].
func (retryDialErrors) ShouldRetry(s *slack.RetryState, _ *http.Request, _ *http.Response, err error) (bool, time.Duration) {
	if !IsDialError(err) {
		return false, 0
	}
	return true, s.Backoff.Duration()
}

// A Transport is a RoundTripper that counts failed calls by Web API method, and limits
// Retry-After. It does not see the errors that Slack sends with status 200; package slack counts
// those.
type Transport struct {
	Base    string // the base URL of the Web API
	Next    http.RoundTripper
	Metrics *platform.Metrics
}

// RoundTrip implements [http.RoundTripper].
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.Next.RoundTrip(r)
	method, ok := strings.CutPrefix(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, t.Base)
	if !ok {
		method = "response_url" // its path is a secret
	}
	switch {
	case err != nil:
		t.Metrics.APIError(platformName, method, "unreachable")
		return resp, err
	case resp.StatusCode >= 400:
		t.Metrics.APIError(platformName, method, fmt.Sprint(resp.StatusCode))
	}
	limitRetryAfter(resp.Header)
	return resp, nil
}

// maxRetryAfter is the maximum delay that Slack can request. Slack's limits are per minute
// (https://docs.slack.dev/apis/web-api/rate-limits), so a longer wait is a mistake.
const maxRetryAfter = time.Hour

// limitRetryAfter limits Retry-After to maxRetryAfter. It removes a value that is not a number
// of seconds, because the library would report the call as failed.
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
