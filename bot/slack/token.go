package slack

import (
	"context"
	"time"

	"k8sbot/bot/platform/retry"
)

// checkToken asks Slack whether the bot token is good, again and again while it
// cannot be asked.
func (a *Adapter) checkToken(ctx context.Context) error {
	policy := retry.Policy{First: time.Second, Max: time.Minute, Notify: func(err error, wait time.Duration) {
		a.o.Log.Warn("slack cannot be asked whether the token is good: trying again", "error", err, "wait", wait)
	}}
	return retry.Do(ctx, policy, func(ctx context.Context) error {
		_, err := a.api.AuthTestContext(ctx)
		if code := errorCode(err); tokenErrors[code] {
			return botTokenError(code)
		}
		return retry.Again(err)
	})
}

// tokenValid asks Slack once whether the bot token is good. Only a clear no is an
// error.
func (a *Adapter) tokenValid(ctx context.Context) error {
	_, err := a.api.AuthTestContext(ctx)
	if code := errorCode(err); tokenErrors[code] {
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
