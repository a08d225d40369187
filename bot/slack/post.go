package slack

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
)

var _ bot.Poster = (*Adapter)(nil)

// refusedWait is the delay before a post is retried after Slack rejected the token.
const refusedWait = time.Minute

// RateLimits implements [bot.Poster].
func (a *Adapter) RateLimits() bot.RateLimits { return bot.RateLimits{PerTenant: postsPerSecond} }

// Post implements [bot.Poster]. It ignores the key: Slack has no deduplication of posts.
func (a *Adapter) Post(ctx context.Context, c bot.Channel, r bot.Reply, _ string) (ref string, err error) {
	_, ts, err := a.noRetryAPI.PostMessageContext(ctx, c.ID, render(r).options()...)
	if err != nil {
		a.reportError("", "chat.postMessage", err)
		return "", postError(err)
	}
	return ts, nil
}

// SendDirect implements [bot.Poster]. Slack delivers a message whose channel is a user ID as a
// direct message (https://docs.slack.dev/reference/methods/chat.postMessage#dm).
func (a *Adapter) SendDirect(ctx context.Context, _ bot.Tenant, user string, r bot.Reply) error {
	_, _, err := a.api.PostMessageContext(ctx, user, render(r).options()...)
	return err
}

// channelUnavailable are the error codes of a channel that does not exist or that the bot
// cannot post in. outcomeUnknown are the error codes after which the message may have been
// posted (https://docs.slack.dev/reference/methods/chat.postMessage#errors).
var (
	channelUnavailable = map[string]bool{
		"channel_not_found": true, "not_in_channel": true, "is_archived": true, "restricted_action": true,
		"restricted_action_read_only_channel": true, "restricted_action_thread_only_channel": true,
		"restricted_action_non_threadable_channel": true, "team_access_not_granted": true, "ekm_access_denied": true,
	}
	outcomeUnknown = map[string]bool{"internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true}
)

// postError returns the error of a failed post, with what is known about the outcome.
func postError(err error) *bot.PostError {
	e := &bot.PostError{Fault: bot.OutcomeUnknown, Code: errorCode(err), Err: stripURL(err)}
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &limited):
		e.Fault, e.After, e.Code = bot.Retryable, limited.RetryAfter, "rate_limited"
	case channelUnavailable[e.Code]:
		e.Fault = bot.ChannelUnavailable
	case tokenErrors[e.Code]:
		e.Fault, e.After = bot.Retryable, refusedWait
	case e.Code != "" && !outcomeUnknown[e.Code]:
		e.Fault = bot.Retryable
	case isDialError(err):
		e.Fault = bot.Retryable
	}
	return e
}
