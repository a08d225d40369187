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

// info is what Discord says about connecting
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
type info struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"` // milliseconds
		Concurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// infoTimeout bounds the question how to connect, with its own further tries.
const infoTimeout = 20 * time.Second

// getInfo asks how to connect until there is an answer. It returns an error only if
// Discord refuses the token or ctx ends.
func getInfo(ctx context.Context, o Options) (got info, err error) {
	policy := retry.Policy{First: o.Timings.FirstWait, Max: o.Timings.MaxWait, Notify: func(err error, wait time.Duration) {
		o.Log.Warn("discord does not tell how to connect: trying again", "error", err, "wait", wait)
	}}
	err = retry.Do(ctx, policy, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, infoTimeout)
		defer cancel()
		data, err := o.API.GatewayBot(ctx)
		if err == nil {
			err = json.Unmarshal(data, &got)
		}
		if fatal := refusedForGood(err); fatal != nil {
			return fatal
		}
		return retry.Again(err)
	})
	return got, err
}

// ErrToken says that Discord does not accept the token of the bot.
var ErrToken = errors.New("discord refuses DISCORD_BOT_TOKEN (401): reset the token on the application's page Bot, and set the new one")

// refusals are the codes with which Discord closes a connection for good
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
var refusals = map[int]string{
	4004: "it does not accept DISCORD_BOT_TOKEN: reset the token on the application's page Bot, and set the new one",
	4010: "it knows no such shard: check DISCORD_SHARDS",
	4011: "it wants more shards: unset DISCORD_SHARDS, or raise it",
	4012: "it no longer speaks this version of the gateway: install a newer k8sbot",
	4013: "it does not know the intents: install a newer k8sbot",
	4014: "it does not allow the intents of the bot: check the application's page Bot",
}

// refusedForGood returns why no further attempt can succeed, nil if one may.
func refusedForGood(err error) error {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		if why, ok := refusals[closed.Code]; ok {
			return fmt.Errorf("discord closed the gateway (%d): %s", closed.Code, why)
		}
	}
	if errors.Is(err, ErrToken) {
		return ErrToken
	}
	return nil
}
