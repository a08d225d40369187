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
	// maxRetries is how often a call is made again that Slack put off (429), or at
	// which it failed (5xx), and firstRetry the wait before the first time.
	maxRetries = 3
	firstRetry = 200 * time.Millisecond
)

// retries makes those calls of the Web API again, and those for which there was no
// connection, but none whose connection broke: then the message may have been posted,
// and would be posted twice. It is the library's own retry, which builds each request
// anew; everything else is made again by the package retry.
var retries = func() slack.RetryConfig {
	cfg := slack.RetryConfig{
		MaxRetries: maxRetries, RetryAfterDuration: 5 * time.Second,
		BackoffInitial: firstRetry, BackoffMax: 5 * time.Second, BackoffJitter: 100 * time.Millisecond,
	}
	cfg.Handlers = []slack.RetryHandler{slack.NewRateLimitErrorRetryHandler(cfg), slack.NewServerErrorRetryHandler(cfg), retryDialErrors{}}
	return cfg
}()

// retryDialErrors makes a call again that has not reached Slack.
type retryDialErrors struct{}

// ShouldRetry implements [slack.RetryHandler].
func (retryDialErrors) ShouldRetry(s *slack.RetryState, _ *http.Request, _ *http.Response, err error) (bool, time.Duration) {
	if !isDialError(err) {
		return false, 0
	}
	return true, s.Backoff.Duration()
}

// countErrors counts the calls that fail, by method of the Web API. It does not
// see the errors that Slack sends with the status 200.
type countErrors struct {
	base    string // lookup the Web API
	next    http.RoundTripper
	metrics *platform.Metrics
}

func (c *countErrors) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.next.RoundTrip(r)
	method, ok := strings.CutPrefix(r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, c.base)
	if !ok {
		method = "response_url" // whose path is a secret
	}
	switch {
	case err != nil:
		c.metrics.APIError(Platform, method, "unreachable")
	case resp.StatusCode >= 400:
		c.metrics.APIError(Platform, method, fmt.Sprint(resp.StatusCode))
	}
	return resp, err
}

// reportError logs and counts a call that failed, and has the token checked where that
// is why.
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

// logNotSent logs that the answer to a request was not sent; request is "" for a
// post, which answers none.
func (a *Adapter) logNotSent(request string, err error, attrs ...any) {
	if request != "" {
		attrs = append(attrs, "request", request)
	}
	a.o.Log.Error("an answer was not sent", append(attrs, "error", err)...)
}
