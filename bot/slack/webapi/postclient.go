package webapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"sync/atomic"
	"time"
)

// A PostClient makes the API calls that post messages. It reads responses more closely than the
// library, because a message that may have been posted must not be posted again.
type PostClient struct{ HTTP *http.Client }

// maxResponse is the maximum number of bytes read from the response to a post. Slack
// returns the message, which has at most 40,000 characters of text and 50 blocks.
const maxResponse = 1 << 20

// An UnreachedError means that a call did not reach Slack's API.
type UnreachedError struct{ err error }

func (e *UnreachedError) Error() string { return "cannot reach slack: " + e.err.Error() }

// Unwrap returns the cause.
func (e *UnreachedError) Unwrap() error { return e.err }

// posted matches a response saying that the message was posted. It does not match inside a
// message's text, where quotes are escaped.
var posted = regexp.MustCompile(`"ok"\s*:\s*true\b`)

// Do makes a call. It returns an [UnreachedError] if there was no connection to Slack, or if a
// server in front of Slack's API answered 503 with a body that is not JSON. If a response is cut
// off but says that the message was posted, Do returns a response with only that information.
func (c PostClient) Do(r *http.Request) (*http.Response, error) {
	// Timers may fire late after the process was suspended.
	if deadline, ok := r.Context().Deadline(); ok && time.Now().After(deadline) {
		return nil, &UnreachedError{context.DeadlineExceeded}
	}
	var connected atomic.Bool
	ctx := httptrace.WithClientTrace(r.Context(), &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	resp, err := c.HTTP.Do(r.WithContext(ctx))
	switch {
	case err != nil && !connected.Load():
		return nil, &UnreachedError{StripURL(err)}
	case err != nil:
		return nil, err
	case resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusServiceUnavailable:
		return resp, nil
	}
	body, cut := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	resp.Body.Close()
	whole := json.Valid(body)
	switch {
	case resp.StatusCode == http.StatusOK && !whole && posted.Match(body):
		body = []byte(`{"ok":true}`)
	case cut != nil && !whole:
		return nil, cut
	case resp.StatusCode == http.StatusServiceUnavailable && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")):
		return nil, &UnreachedError{fmt.Errorf("a server in front of it responded with %s", resp.Status)}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}
