package webapi

import (
	"errors"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
)

// RefusedWait is the delay before a post is retried after Slack has rejected the token.
const RefusedWait = time.Minute

// Error codes with a special meaning. All other codes mean only that nothing was posted
// (https://docs.slack.dev/reference/methods/chat.postMessage#errors).
var (
	// channelUnavailable: the channel does not exist, or the bot cannot post in it. The values
	// are the reasons that the bot gives people.
	channelUnavailable = map[string]bot.Refusal{
		"channel_not_found": bot.ChannelGone, "not_in_channel": bot.NoAccess, "is_archived": bot.ChannelClosed,
		"restricted_action": bot.NoPermission, "restricted_action_read_only_channel": bot.NoPermission,
		"restricted_action_thread_only_channel": bot.ChannelKind, "restricted_action_non_threadable_channel": bot.ChannelKind,
		"user_not_in_channel": bot.NoAccess, "team_access_not_granted": bot.BotRemoved, "ekm_access_denied": bot.NoPermission,
	}
	// contentRejected: the message is invalid, and Slack would reject it in any channel.
	contentRejected = map[string]bool{
		"invalid_blocks": true, "invalid_blocks_format": true, "msg_blocks_too_long": true, "msg_too_long": true,
		"no_text": true, "invalid_arguments": true,
	}
	// outcomeUnknown: the message may have been posted.
	outcomeUnknown = map[string]bool{"internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true}
)

// PostError returns the error for a failed post. The error says what is known about the outcome.
// Its code is "" if Slack's API was not reached.
func PostError(err error) *bot.PostError {
	e := &bot.PostError{Fault: bot.OutcomeUnknown, Code: ErrorCode(err), Err: StripURL(err)}
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var unreached *UnreachedError
	switch {
	case errors.As(err, &limited):
		e.Fault, e.After, e.Code = bot.Retryable, limited.RetryAfter, "rate_limited"
	case channelUnavailable[e.Code] != "":
		e.Fault, e.Refusal = bot.ChannelUnavailable, channelUnavailable[e.Code]
	case contentRejected[e.Code]:
		e.Fault, e.Refusal = bot.ContentRejected, bot.TextRejected
	case TokenErrors[e.Code]:
		e.Fault, e.After = bot.Retryable, RefusedWait
	case e.Code != "" && !outcomeUnknown[e.Code]:
		e.Fault = bot.Retryable
	case IsDialError(err), errors.As(err, &unreached):
		e.Fault = bot.Retryable
	case errors.As(err, &status) && status.Code >= 300 && status.Code < 500:
		e.Fault = bot.Retryable
	}
	return e
}
