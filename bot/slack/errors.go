package slack

import (
	"fmt"

	"k8sbot/bot/slack/webapi"
)

func botTokenError(code string) error {
	return fmt.Errorf("slack rejected SLACK_BOT_TOKEN (%s): copy the Bot User OAuth Token again from the app's OAuth & Permissions page", code)
}

// appTokenError turns an error that prevents all connections into an error that says what to fix.
func appTokenError(err error) error {
	if code := webapi.ErrorCode(err); code != "" {
		return fmt.Errorf("slack rejected SLACK_APP_TOKEN (%s): on the app's Basic Information page, generate a new app-level token with the connections:write scope", code)
	}
	return fmt.Errorf("cannot connect to slack, check SLACK_API_URL: %w", webapi.StripURL(err))
}
