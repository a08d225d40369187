package slack

import (
	"context"
	"time"

	"k8sbot/bot/platform/retry"
	"k8sbot/bot/slack/webapi"
)

// checkToken asks Slack, until Slack responds or ctx ends, whether the bot token is valid.
func (a *Adapter) checkToken(ctx context.Context) error {
	policy := retry.Policy{First: time.Second, Max: time.Minute, Notify: func(err error, wait time.Duration) {
		a.o.Log.Warn("cannot check token, will retry", "error", err, "wait", wait)
	}}
	return retry.Do(ctx, policy, func(ctx context.Context) error {
		_, err := a.single.api.AuthTestContext(ctx)
		if code := webapi.ErrorCode(err); webapi.TokenErrors[code] {
			return webapi.BotTokenError(code)
		}
		return retry.Again(err)
	})
}

// tokenValid asks Slack once whether the bot token is valid. It returns an error only if Slack
// rejects the token, not if the call fails.
func (a *Adapter) tokenValid(ctx context.Context) error {
	_, err := a.single.api.AuthTestContext(ctx)
	if code := webapi.ErrorCode(err); webapi.TokenErrors[code] {
		return webapi.BotTokenError(code)
	}
	return nil
}

// recheckToken makes Run or Verify check the bot token again.
func (a *Adapter) recheckToken() {
	select {
	case a.recheck <- struct{}{}:
	default: // a check is already pending
	}
}
