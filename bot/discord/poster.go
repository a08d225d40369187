package discord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/plain"
	"k8sbot/bot/reply"
)

var _ bot.Poster = (*Adapter)(nil)

// unauthorizedPause is the delay before a post is retried after Discord has rejected the token.
const unauthorizedPause = time.Minute

// RateLimits implements [bot.Poster].
func (a *Adapter) RateLimits() bot.RateLimits {
	return bot.RateLimits{Total: postsPerSecond, Dedupe: nonceWindow}
}

// Post implements [bot.Poster]. key becomes the nonce, by which Discord deduplicates
// messages for nonceWindow.
func (a *Adapter) Post(ctx context.Context, c bot.Channel, r reply.Reply, key string) (ref string, err error) {
	m := renderChannel(r, bot.Slash)
	sum := sha256.Sum256([]byte(key))
	m.Nonce, m.EnforceNonce = hex.EncodeToString(sum[:])[:maxNonce-1], true
	data, err := a.deliver(ctx, c.ID, http.MethodPost, discordgo.EndpointChannelMessages(c.ID), m, plain.Buttons) // a daily term needs its buttons
	if err != nil {
		return "", postError(err)
	}
	sent, err := decode[struct {
		ID string `json:"id"`
	}](data)
	if err != nil || sent.ID == "" {
		return "", &bot.PostError{Fault: bot.OutcomeUnknown, Err: errNotMessage} // perhaps a proxy's page
	}
	return sent.ID, nil
}

// SendDirect implements [bot.Poster].
func (a *Adapter) SendDirect(ctx context.Context, _ bot.Tenant, user string, r reply.Reply) error {
	channel, err := a.openDM(ctx, user)
	if err == nil {
		_, err = a.deliver(ctx, channel, http.MethodPost, discordgo.EndpointChannelMessages(channel), renderChannel(r, bot.DirectMessage), plain.Text)
	}
	return err
}

// openDM returns the ID of a user's direct message channel
// (https://docs.discord.com/developers/resources/user#create-dm).
func (a *Adapter) openDM(ctx context.Context, user string) (channel string, err error) {
	data, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": user})
	if err != nil {
		return "", err
	}
	dm, err := decode[struct {
		ID string `json:"id"`
	}](data)
	return dm.ID, err
}

var errNotMessage = errors.New("the response to a post is not a message")

// postError classifies the error of a failed post. Only errors with one of Discord's own codes
// are about the channel or the message: a 403 without a code comes from a proxy.
func postError(err error) *bot.PostError {
	e := &bot.PostError{Fault: bot.Retryable, Err: err}
	var unknown *unknownOutcome
	if errors.As(err, &unknown) {
		e.Fault = bot.OutcomeUnknown
		return e
	}
	switch r := asAPIError(err); {
	case r == nil: // nothing was sent
	case r.status == http.StatusTooManyRequests:
		e.After, e.Code = r.retryAfter, "429"
	case r.status == http.StatusUnauthorized:
		e.After, e.Code = unauthorizedPause, "401"
	case !r.coded || r.code == errcode.BlockedByCloudflare: // the API was not reached
	default:
		e.Code = strconv.Itoa(r.code)
		switch {
		case errcode.Unavailable[r.code] != "":
			e.Fault, e.Refusal = bot.ChannelUnavailable, errcode.Unavailable[r.code]
		case errcode.Rejected[r.code]:
			e.Fault, e.Refusal = bot.ContentRejected, bot.TextRejected
		}
	}
	return e
}
