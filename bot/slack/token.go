package slack

import (
	"context"
	"fmt"
	"time"

	"k8sbot/bot/platform/retry"
)

// fatal are the errors of Slack after which no further call can succeed
// (https://docs.slack.dev/reference/methods/auth.test).
var fatal = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"no_permission": true, "missing_scope": true, "not_allowed_token_type": true, "org_login_required": true,
}

func botTokenError(code string) error {
	return fmt.Errorf("slack refuses SLACK_BOT_TOKEN (%s): copy the Bot User OAuth Token again from the app's page OAuth & Permissions", code)
}

// checkToken asks Slack whether the bot token is good, again and again while it
// cannot be asked.
func (a *Adapter) checkToken(ctx context.Context) error {
	policy := retry.Policy{First: time.Second, Max: time.Minute, Notify: func(err error, wait time.Duration) {
		a.o.Log.Warn("slack cannot be asked whether the token is good: trying again", "error", err, "wait", wait)
	}}
	return retry.Do(ctx, policy, func(ctx context.Context) error {
		_, err := a.api.AuthTestContext(ctx)
		if code := errorCode(err); fatal[code] {
			return botTokenError(code)
		}
		return retry.Again(err)
	})
}

// tokenValid asks Slack once whether the bot token is good. Only a clear no is an
// error.
func (a *Adapter) tokenValid(ctx context.Context) error {
	_, err := a.api.AuthTestContext(ctx)
	if code := errorCode(err); fatal[code] {
		return botTokenError(code)
	}
	return nil
}

// recheckToken has Run or Verify ask whether the bot token is still good.
func (a *Adapter) recheckToken() {
	select {
	case a.recheck <- struct{}{}:
	default: // they are about to
	}
}
