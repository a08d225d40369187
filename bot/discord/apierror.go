package discord

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"k8sbot/bot/discord/gateway"
)

// An apiError is Discord's refusal of a call.
type apiError struct {
	status     int
	code       int // Discord's own (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json)
	message    string
	retryAfter time.Duration // when to try again, for 429
	global     bool
}

func (e *apiError) Error() string {
	return fmt.Sprintf("discord answered %d %s (code %d: %s)", e.status, http.StatusText(e.status), e.code, e.message)
}

// Is reports whether Discord refuses the token itself, so that no further try can
// succeed.
func (e *apiError) Is(target error) bool {
	return target == gateway.ErrToken && e.status == http.StatusUnauthorized
}

// asAPIError returns what Discord refused with, nil if err is something else.
func asAPIError(err error) *apiError {
	var e *apiError
	errors.As(err, &e)
	return e
}

// newAPIError reads why Discord refused a call.
func newAPIError(resp *http.Response, answer []byte) *apiError {
	var said struct {
		Message    string  `json:"message"`
		Code       int     `json:"code"`
		RetryAfter float64 `json:"retry_after"` // seconds
		Global     bool    `json:"global"`
	}
	_ = json.NewDecoder(bytes.NewReader(answer)).Decode(&said) // a proxy's page says nothing
	e := &apiError{status: resp.StatusCode, code: said.Code, message: said.Message, global: said.Global}
	e.retryAfter = seconds(said.RetryAfter)
	if header, err := strconv.ParseFloat(resp.Header.Get("Retry-After"), 64); err == nil && e.retryAfter == 0 {
		e.retryAfter = seconds(header)
	}
	e.global = e.global || resp.Header.Get("X-RateLimit-Global") == "true"
	return e
}

// maxPause is the longest time that a call is put off on Discord's word.
const maxPause = time.Hour

// seconds returns a pause that Discord asks for.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, maxPause.Seconds()) * float64(time.Second))
}
