package discord

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/appcommand"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform/retry"
)

// registerPause is the wait after a failed registration.
const registerPause = time.Minute

// register registers the commands unless they are already registered. It retries until it
// succeeds or ctx is done, and returns an error only if Discord rejects the token.
func (a *Adapter) register(ctx context.Context) error {
	id := a.o.ApplicationID
	if id == "" {
		select {
		case id = <-a.application:
		case <-ctx.Done():
			return nil
		}
	}
	policy := retry.Policy{First: registerPause, Max: registerPause, Notify: func(err error, wait time.Duration) {
		a.o.Log.Error("cannot register commands, will retry", "error", err, "wait", wait)
	}}
	var changed bool
	err := retry.Do(ctx, policy, func(ctx context.Context) (err error) {
		changed, err = a.registerOnce(ctx, id)
		if errors.Is(err, gateway.ErrToken) {
			return gateway.ErrToken
		}
		return retry.Again(err)
	})
	if ctx.Err() != nil {
		return nil
	}
	if err == nil {
		a.o.Log.Info("commands registered", "changed", changed)
	}
	return err
}

// registerOnce compares the commands with those that are registered, and overwrites them only
// if they differ, because Discord limits how many commands may be created per day
// (https://docs.discord.com/developers/interactions/application-commands#registering-a-command).
func (a *Adapter) registerOnce(ctx context.Context, application string) (changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	endpoint := discordgo.EndpointApplicationGlobalCommands(application)
	want := appcommand.All()
	data, err := a.api.call(ctx, http.MethodGet, endpoint+"?with_localizations=true", nil)
	if err != nil {
		return false, err
	}
	have, err := decode[[]appcommand.Command](data)
	if err == nil && appcommand.Same(have, want) {
		return false, nil
	}
	data, err = a.api.call(ctx, http.MethodPut, endpoint, want)
	if err != nil {
		return false, err
	}
	if have, err = decode[[]appcommand.Command](data); err != nil || !appcommand.Same(have, want) {
		a.o.Log.Warn("discord changed the registered commands", "error", err)
	}
	return true, nil
}
