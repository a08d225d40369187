package webapi

import (
	"errors"
	"net"
	"net/url"

	"github.com/slack-go/slack"
)

// TokenErrors are the Slack error codes after which no call with the same token can succeed
// (https://docs.slack.dev/reference/methods/auth.test).
var TokenErrors = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"no_permission": true, "missing_scope": true, "not_allowed_token_type": true, "org_login_required": true,
}

// ErrorCode returns Slack's error code, or "" if the error is not from Slack's API.
func ErrorCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// IsDialError reports whether a call failed before any of it was sent.
func IsDialError(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// StripURL removes the URL from an error, since a response URL works like a token.
func StripURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
