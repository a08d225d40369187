package slack

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
)

const (
	// maxRetries is how often a call is repeated after it was rate limited (429) or failed
	// at Slack (5xx). firstRetry is the delay before the first repetition.
	maxRetries = 3
	firstRetry = 200 * time.Millisecond
)

// retries makes the library repeat a Web API call that was rate limited, failed at Slack, or
// could not connect. It does not repeat a call whose connection broke: Slack may have posted
// the message, and would post it twice. The library's own retry is used because it rebuilds
// each request; package retry repeats everything else.
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

// countErrors is a RoundTripper that counts failed calls by Web API method. It does not see
// the errors that Slack sends with status 200; reportError counts those.
type countErrors struct {
	base    string // base URL of the Web API
	next    http.RoundTripper
	metrics *platform.Metrics
}

func (c *countErrors) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	method, ok := strings.CutPrefix(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, c.base)
	if !ok {
		method = "response_url" // its path is a secret
	}
	switch {
	case err != nil:
		c.metrics.APIError(Platform, method, "unreachable")
	case resp.StatusCode >= 400:
		c.metrics.APIError(Platform, method, fmt.Sprint(resp.StatusCode))
	}
	return resp, err
}

// reportError logs and counts a failed Web API call, and requests a check of the token if
// that caused the error. It does nothing if err is nil.
func (a *Adapter) reportError(request, method string, err error) {
	if err == nil {
		return
	}
	code := errorCode(err)
	if code != "" {
		a.o.Metrics.APIError(Platform, method, code)
	}
	a.logNotSent(request, err, "method", method)
	if tokenErrors[code] {
		a.recheckToken()
	}
}

// logNotSent logs that a reply could not be sent. request is the ID of the request, or "" for
// a daily term.
func (a *Adapter) logNotSent(request string, err error, attrs ...any) {
	if request != "" {
		attrs = append(attrs, "request", request)
	}
	a.o.Log.Error("cannot send reply", append(attrs, "error", err)...)
}
