package slack

import (
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/slack-go/slack"
)

// tokenErrors are Slack's error codes after which no call with the same token can succeed
// (https://docs.slack.dev/reference/methods/auth.test).
var tokenErrors = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"no_permission": true, "missing_scope": true, "not_allowed_token_type": true, "org_login_required": true,
}

// errorCode returns Slack's error code, or "" if the error is not from Slack's API.
func errorCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// isDialError reports whether a call failed before any of it was sent.
func isDialError(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// stripURL removes the URL from an error, since a response URL works like a token.
func stripURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func botTokenError(code string) error {
	return fmt.Errorf("slack rejected SLACK_BOT_TOKEN (%s): copy the Bot User OAuth Token again from the app's OAuth & Permissions page", code)
}

// appTokenError returns the error for a connection that can never be opened, with advice.
func appTokenError(err error) error {
	if code := errorCode(err); code != "" {
		return fmt.Errorf("slack rejected SLACK_APP_TOKEN (%s): generate a new app-level token with the scope connections:write on the app's Basic Information page", code)
	}
	return fmt.Errorf("cannot connect to slack, check SLACK_API_URL: %w", stripURL(err))
}
