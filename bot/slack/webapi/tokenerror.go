package webapi

import "fmt"

// BotTokenError returns an error that says how to replace the bot token. code is Slack's error code.
func BotTokenError(code string) error {
	return fmt.Errorf("slack rejected SLACK_BOT_TOKEN (%s): copy the Bot User OAuth Token again from the app's OAuth & Permissions page", code)
}

// AppTokenError turns an error that prevents all connections into an error that says what to fix.
func AppTokenError(err error) error {
	if code := ErrorCode(err); code != "" {
		return fmt.Errorf("slack rejected SLACK_APP_TOKEN (%s): on the app's Basic Information page, generate a new app-level token with the connections:write scope", code)
	}
	return fmt.Errorf("cannot connect to slack, check SLACK_API_URL: %w", StripURL(err))
}
