package discord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
)

var _ bot.Poster = (*Adapter)(nil)

// unauthorizedPause is how long a post is delayed if Discord rejects the token.
const unauthorizedPause = time.Minute

// RateLimits implements [bot.Poster].
func (a *Adapter) RateLimits() bot.RateLimits {
	return bot.RateLimits{Total: postsPerSecond, Dedupe: nonceWindow}
}

// Post implements [bot.Poster]. key becomes the nonce, by which Discord deduplicates
// messages for nonceWindow.
func (a *Adapter) Post(ctx context.Context, c bot.Channel, r bot.Reply, key string) (ref string, err error) {
	m := renderChannel(r, bot.Slash)
	sum := sha256.Sum256([]byte(key))
	m.Nonce, m.EnforceNonce = hex.EncodeToString(sum[:])[:maxNonce-1], true
	data, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(c.ID), m)
	if err != nil {
		return "", postError(err)
	}
	sent, err := decode[chatMessage](data)
	if err != nil {
		return "", nil // it is posted, but its ID is unknown
	}
	return sent.ID, nil
}

// SendDirect implements [bot.Poster]
// (https://docs.discord.com/developers/resources/user#create-dm).
func (a *Adapter) SendDirect(ctx context.Context, _ bot.Tenant, user string, r bot.Reply) error {
	data, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": user})
	if err != nil {
		return err
	}
	channel, err := decode[struct {
		ID string `json:"id"`
	}](data)
	if err != nil {
		return err
	}
	_, err = a.api.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel.ID), renderChannel(r, bot.DirectMessage))
	return err
}

// postError classifies the error of a post.
func postError(err error) *bot.PostError {
	e := &bot.PostError{Fault: bot.OutcomeUnknown, Err: err}
	var op *net.OpError
	switch r := asAPIError(err); {
	case r == nil:
		if errors.As(err, &op) && op.Op == "dial" {
			e.Fault = bot.Retryable
		}
	case r.status == http.StatusTooManyRequests:
		e.Fault, e.After, e.Code = bot.Retryable, r.retryAfter, "429"
	case r.status == http.StatusUnauthorized:
		e.Fault, e.After, e.Code = bot.Retryable, unauthorizedPause, "401"
	case r.status == http.StatusForbidden || r.status == http.StatusNotFound:
		e.Fault, e.Code = bot.ChannelUnavailable, strconv.Itoa(r.code)
		if r.message != "" {
			e.Code = r.message
		}
	case r.status < 500:
		e.Fault, e.Code = bot.Retryable, strconv.Itoa(r.code)
	}
	return e
}
