package slack

import (
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/slack-go/slack"
)

// tokenErrors are the errors of Slack after which no further call can succeed
// (https://docs.slack.dev/reference/methods/auth.test).
var tokenErrors = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"no_permission": true, "missing_scope": true, "not_allowed_token_type": true, "org_login_required": true,
}

// errorCode returns Slack's word for an error, "" where it is not Slack's.
func errorCode(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	return ""
}

// isDialError reports whether a call failed before anything of it was sent.
func isDialError(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// stripURL is an error without the address that it concerns, which may be as
// good as a token.
func stripURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func botTokenError(code string) error {
	return fmt.Errorf("slack refuses SLACK_BOT_TOKEN (%s): copy the Bot User OAuth Token again from the app's page OAuth & Permissions", code)
}

// appTokenError says why no connection can be opened.
func appTokenError(err error) error {
	if code := errorCode(err); code != "" {
		return fmt.Errorf("slack refuses SLACK_APP_TOKEN (%s): make a new app-level token with the scope connections:write on the app's page Basic Information", code)
	}
	return fmt.Errorf("slack opens no connection: check SLACK_API_URL: %w", stripURL(err))
}
