package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
)

var _ bot.Poster = (*Adapter)(nil)

// refusedWait is the delay before a post is retried after Slack rejected the token.
const refusedWait = time.Minute

// RateLimits implements [bot.Poster].
func (a *Adapter) RateLimits() bot.RateLimits { return bot.RateLimits{PerTenant: postsPerSecond} }

// Post implements [bot.Poster]. It ignores the key: Slack has no deduplication of posts. It
// does not log an error, since the caller does and may post again. It posts nothing after the
// deadline of ctx, even if the process was suspended until then.
func (a *Adapter) Post(ctx context.Context, c bot.Channel, r reply.Reply, _ string) (ref string, err error) {
	_, ts, err := a.postAPI.PostMessageContext(ctx, c.ID, blockkit.Render(r).Options()...)
	if err != nil {
		a.noteError("chat.postMessage", err)
		return "", postError(err)
	}
	return ts, nil
}

// SendDirect implements [bot.Poster]. Slack delivers a message whose channel is a user ID as a
// direct message (https://docs.slack.dev/reference/methods/chat.postMessage#dm).
func (a *Adapter) SendDirect(ctx context.Context, _ bot.Tenant, user string, r reply.Reply) error {
	_, _, err := a.api.PostMessageContext(ctx, user, blockkit.Render(r).Options()...)
	return err
}

// Error codes that say more than that nothing was posted
// (https://docs.slack.dev/reference/methods/chat.postMessage#errors).
var (
	// channelUnavailable: the channel does not exist, or the bot cannot post in it, with what
	// that means to people.
	channelUnavailable = map[string]bot.Refusal{
		"channel_not_found": bot.ChannelGone, "not_in_channel": bot.NoAccess, "is_archived": bot.ChannelClosed,
		"restricted_action": bot.NoPermission, "restricted_action_read_only_channel": bot.NoPermission,
		"restricted_action_thread_only_channel": bot.ChannelKind, "restricted_action_non_threadable_channel": bot.ChannelKind,
		"team_access_not_granted": bot.BotRemoved, "ekm_access_denied": bot.NoPermission,
	}
	// contentRejected: the message is invalid, and Slack would reject it in any channel.
	contentRejected = map[string]bool{
		"invalid_blocks": true, "invalid_blocks_format": true, "msg_blocks_too_long": true, "msg_too_long": true,
		"no_text": true, "invalid_arguments": true,
	}
	// outcomeUnknown: the message may have been posted.
	outcomeUnknown = map[string]bool{"internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true}
)

// postError returns the error of a failed post, with what is known about the outcome. The
// code is "" if Slack's API was not reached.
func postError(err error) *bot.PostError {
	e := &bot.PostError{Fault: bot.OutcomeUnknown, Code: errorCode(err), Err: stripURL(err)}
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var unreached *unreachedError
	switch {
	case errors.As(err, &limited):
		e.Fault, e.After, e.Code = bot.Retryable, limited.RetryAfter, "rate_limited"
	case channelUnavailable[e.Code] != "":
		e.Fault, e.Refusal = bot.ChannelUnavailable, channelUnavailable[e.Code]
	case contentRejected[e.Code]:
		e.Fault, e.Refusal = bot.ContentRejected, bot.TextRejected
	case tokenErrors[e.Code]:
		e.Fault, e.After = bot.Retryable, refusedWait
	case e.Code != "" && !outcomeUnknown[e.Code]:
		e.Fault = bot.Retryable
	case isDialError(err), errors.As(err, &unreached):
		e.Fault = bot.Retryable
	case errors.As(err, &status) && status.Code >= 300 && status.Code < 500:
		e.Fault = bot.Retryable
	}
	return e
}
