// Package discord is Discord as a platform: events in, [bot.Request]s;
// [bot.Reply]s out, as embeds and buttons.
//
// An [Adapter] answers in one of two ways, or in both, with the same handlers
// behind them: [Adapter.Run] keeps connections to the gateway open, which need no
// public address and bring mentions and direct messages; [Adapter.Handler] answers
// the interactions that Discord sends by HTTP (http.go).
//
// The connections themselves are those of the package gateway. What they bring
// (events.go) is an interaction (interaction.go, modal.go, autocomplete.go) or a
// message (message.go). Replies become embeds and buttons (render.go) within Discord's
// limits (limits.go), and go out by its REST API (rest.go, ratelimit.go). The daily
// term comes in by poster.go.
package discord

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"

	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform"
)

// shutdownTimeout is how long an adapter finishes what it has begun.
const shutdownTimeout = 5 * time.Second

// New returns an adapter. The error names what the options lack.
func New(o Options) (*Adapter, error) {
	base, err := platform.BaseURL("DISCORD_API_URL", o.APIURL, DefaultAPIURL)
	if err != nil {
		return nil, err
	}
	if o.BotToken == "" && o.PublicKey == "" {
		return nil, errors.New("DISCORD_BOT_TOKEN is missing: copy it from the application's page Bot; or set DISCORD_PUBLIC_KEY to answer commands by HTTP alone")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &Adapter{o: o, timings: gateway.DefaultTimings, application: make(chan string, 1)}
	if o.PublicKey != "" {
		key, err := parseKey(o.PublicKey)
		if err != nil {
			return nil, err
		}
		a.key = key
	}
	a.api = newAPI(base, o.BotToken, o.Metrics, o.Now)
	a.dispatcher = platform.NewDispatcher(platform.DispatcherOptions{
		Platform: Platform, Bot: o.Bot, Store: o.Store, Metrics: o.Metrics, Log: o.Log,
	})
	return a, nil
}

// Run registers the commands and keeps the gateway connected until ctx ends; then
// it finishes what it has and returns nil. Without a bot token it only waits. It
// returns an error only where no attempt can succeed any more: a wrong token, or
// what else Discord refuses for good.
func (a *Adapter) Run(ctx context.Context) error {
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	if a.o.BotToken == "" {
		a.o.Log.Info("without DISCORD_BOT_TOKEN commands are answered, but neither registered nor are mentions heard")
		a.o.Metrics.SetConnected(Platform, true)
		<-ctx.Done()
		return nil
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return a.newGateway().Run(running) })
	group.Go(func() error { return a.register(running) })
	err := group.Wait()
	if ctx.Err() != nil {
		err = nil
	}
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if a.key != nil {
		return err // the listener may still bring interactions: Shutdown finishes
	}
	return errors.Join(err, a.Shutdown(finishing))
}

// intents are what the bot is told of: servers, and messages, whose texts it gets
// only if they are meant for it. None of them is privileged
// (https://docs.discord.com/developers/events/gateway#gateway-intents).
const intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages

// newGateway returns the connections that bring events.
func (a *Adapter) newGateway() *gateway.Gateway {
	return gateway.New(gateway.Options{
		Token: a.o.BotToken.Reveal, API: a.api, Intents: intents, Shards: a.o.Shards, Handle: a.onEvent,
		Leases: a.o.Leases, Owner: a.o.Owner,
		Connected:   func(all bool) { a.o.Metrics.SetConnected(Platform, all) },
		Reconnected: func() { a.o.Metrics.Reconnected(Platform) },
		Timings:     a.timings, Log: a.o.Log,
	})
}

// Shutdown takes no more events and finishes those that it has.
func (a *Adapter) Shutdown(ctx context.Context) error {
	if err := a.dispatcher.Shutdown(ctx); err != nil {
		return fmt.Errorf("discord: answers were cut off: %w", err)
	}
	return nil
}
