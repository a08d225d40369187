package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot/platform/retry"
)

// info is the response to GET /gateway/bot
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
type info struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"` // in milliseconds
		Concurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// infoTimeout limits how long one call of API.GatewayBot may take, including its retries.
const infoTimeout = 20 * time.Second

// getInfo calls API.GatewayBot until it succeeds. It returns an error only if Discord
// rejects the token or ctx is done.
func getInfo(ctx context.Context, o Options) (got info, err error) {
	policy := retry.Policy{First: o.Timings.FirstWait, Max: o.Timings.MaxWait, Notify: func(err error, wait time.Duration) {
		o.Log.Warn("cannot get gateway URL, will retry", "error", err, "wait", wait)
	}}
	err = retry.Do(ctx, policy, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, infoTimeout)
		defer cancel()
		data, err := o.API.GatewayBot(ctx)
		if err == nil {
			err = json.Unmarshal(data, &got)
		}
		if fatal := fatalError(err); fatal != nil {
			return fatal
		}
		return retry.Again(err)
	})
	return got, err
}

// ErrToken is returned if Discord rejects the bot token.
var ErrToken = errors.New("discord rejected DISCORD_BOT_TOKEN (401): reset the token on the application's Bot page and set the new one")

// fatalCodes are the close codes after which reconnecting cannot help
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
var fatalCodes = map[int]string{
	4004: "invalid DISCORD_BOT_TOKEN: reset the token on the application's Bot page and set the new one",
	4010: "invalid shard: check DISCORD_SHARDS",
	4011: "too few shards: increase DISCORD_SHARDS or unset it",
	4012: "unsupported gateway version: upgrade k8sbot",
	4013: "invalid intents: upgrade k8sbot",
	4014: "disallowed intents: check the application's Bot page",
}

// fatalError returns the error to report if retrying after err cannot help. Otherwise it
// returns nil.
func fatalError(err error) error {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		if why, ok := fatalCodes[closed.Code]; ok {
			return fmt.Errorf("discord closed the gateway connection (%d): %s", closed.Code, why)
		}
	}
	if errors.Is(err, ErrToken) {
		return ErrToken
	}
	return nil
}
