package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"k8sbot/bot/discord/gateway"
)

// An apiError is an error response of the REST API.
type apiError struct {
	status     int
	code       int  // Discord's error code, 0 for a general error (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)
	coded      bool // the response has a code, so it comes from Discord and not from a proxy
	message    string
	retryAfter time.Duration // wait before the next attempt, for status 429
	global     bool          // the rate limit applies to all routes
	details    string        // says which fields are wrong, as JSON, or "" (https://docs.discord.com/developers/reference#error-messages)
}

func (e *apiError) Error() string {
	return fmt.Sprintf("discord responded with %d %s (code %d: %s)", e.status, http.StatusText(e.status), e.code, e.message)
}

// Is makes a 401 match [gateway.ErrToken]: Discord rejected the token, and retrying
// cannot help.
func (e *apiError) Is(target error) bool {
	return target == gateway.ErrToken && e.status == http.StatusUnauthorized
}

// An unknownOutcome is the error of a call that may have succeeded anyway: one of its
// attempts failed without a clear response.
type unknownOutcome struct{ error }

func (e *unknownOutcome) Unwrap() error { return e.error }

// mayHaveSucceeded reports whether an attempt that failed with err may have succeeded anyway.
func mayHaveSucceeded(err error) bool {
	if e := asAPIError(err); e != nil {
		return e.status >= http.StatusInternalServerError
	}
	var op *net.OpError
	notSent := errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
	return err != nil && !notSent
}

// asAPIError returns the apiError that err wraps, or nil.
func asAPIError(err error) *apiError {
	var e *apiError
	errors.As(err, &e)
	return e
}

// newAPIError returns the error in a response with the given body, which has already been
// read.
func newAPIError(resp *http.Response, body []byte) *apiError {
	var details struct {
		Message    string          `json:"message"`
		Code       *int            `json:"code"`
		RetryAfter float64         `json:"retry_after"` // seconds
		Global     bool            `json:"global"`
		Errors     json.RawMessage `json:"errors"`
	}
	_ = json.NewDecoder(bytes.NewReader(body)).Decode(&details) // a proxy's error page is not JSON
	e := &apiError{status: resp.StatusCode, message: details.Message, global: details.Global, details: string(details.Errors)}
	if details.Code != nil {
		e.code, e.coded = *details.Code, true
	}
	e.retryAfter = seconds(details.RetryAfter)
	if header, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && e.retryAfter == 0 {
		e.retryAfter = seconds(header)
	}
	e.global = e.global || resp.Header.Get("X-RateLimit-Global") == "true"
	return e
}

// maxPause is the maximum time that a rate limit can delay a call, even if Discord asks for
// more.
const maxPause = time.Hour

// seconds converts a pause that Discord asks for to a duration between 0 and maxPause.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, maxPause.Seconds()) * float64(time.Second))
}
