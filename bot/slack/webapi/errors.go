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

// formErrors are the Slack error codes for a message or view whose form Slack refuses. The value is
// set if Slack would refuse others of that form too, and not only a long one
// (https://docs.slack.dev/reference/methods/chat.postMessage#errors,
// https://docs.slack.dev/reference/methods/views.open#errors).
var formErrors = map[string]bool{
	"invalid_blocks": true, "invalid_blocks_format": true, "invalid_arguments": true,
	"msg_blocks_too_long": false, "msg_too_long": false, "view_too_large": false,
}

// FormError is Slack's [platform.FormError].
func FormError(err error) (code string, lasting bool) {
	code = ErrorCode(err)
	if lasting, ok := formErrors[code]; ok {
		return code, lasting
	}
	return "", false
}
