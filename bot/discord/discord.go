// Package discord is the adapter for Discord: it turns Discord's events into [bot.Request]s
// and renders [reply.Reply]s as embeds and buttons.
//
// An [Adapter] receives events in two ways, which can be combined and share their handlers.
// [Adapter.Run] keeps connections to the gateway open: they need no public address and also
// deliver mentions and direct messages. [Adapter.Handler] answers the interactions that
// Discord sends over HTTP.
//
// The files, from the bottom up: Discord's payloads (payload.go), its limits (limits.go) and
// its REST API (apierror.go with package errcode, ratelimit.go with package route, rest.go;
// deliver.go with package plain, for what Discord refuses); replies as embeds and
// buttons (render.go and the files render_*.go); the type Adapter (adapter.go); files
// (file.go); interactions (request.go, autocomplete.go, share.go, settings.go, interaction.go)
// and messages (message.go); events from the gateway (events.go) and over HTTP (http.go); the
// commands that Discord offers (commands.go). New and Run are in this file. poster.go posts
// daily terms, and find.go looks for them.
//
// Replies are rendered as embeds, because an embed's title, fields and footer suit a
// [reply.Reply]. The embeds of a message can contain 6,000 characters. Components V2 can contain
// only 4,000, and cannot be combined with embeds or content
// (https://docs.discord.com/developers/components/using-message-components).
//
// Package gateway keeps the connections open, package form builds the modals, package server
// tracks which servers the bot is in, and package manifest explains how to set up the
// application.
package discord

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/discord/manifest"
	"k8sbot/bot/discord/publickey"
	"k8sbot/bot/discord/server"
	"k8sbot/bot/platform"
)

// shutdownTimeout limits how long Run waits for running handlers when it ends.
const shutdownTimeout = 5 * time.Second

// New returns an Adapter. It returns an error that names the setting to fix if a token or key
// is missing, or a setting is invalid.
func New(o Options) (*Adapter, error) {
	base, err := platform.BaseURL("DISCORD_API_URL", o.APIURL, DefaultAPIURL)
	if err != nil {
		return nil, err
	}
	if o.BotToken == "" && o.PublicKey == "" {
		return nil, errors.New("DISCORD_BOT_TOKEN is missing: copy it from the application's Bot page, or set DISCORD_PUBLIC_KEY to answer commands over HTTP only")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &Adapter{o: o, servers: server.New(o.Departures, o.Log), timings: gateway.DefaultTimings, application: make(chan string, 1)}
	if o.PublicKey != "" {
		key, err := publickey.Parse(o.PublicKey)
		if err != nil {
			return nil, err
		}
		a.key = key
	}
	a.api = newAPI(base, o.BotToken, o.Metrics, o.Now)
	a.forms.Log = o.Log
	a.files = newFileReader(o.Log, nil)
	a.dispatcher = platform.NewDispatcher(platform.DispatcherOptions{
		Platform: Platform, Bot: o.Bot, Store: o.Store, Metrics: o.Metrics, Log: o.Log,
	})
	return a, nil
}

// Run registers the commands and keeps the gateway connected until ctx is done. It then waits for
// running handlers and returns nil. Without a bot token, Run only waits for ctx. It returns an
// error if handlers are still running after shutdownTimeout, or if retrying cannot help, for
// example because Discord rejects the token.
func (a *Adapter) Run(ctx context.Context) error {
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	if a.o.BotToken == "" {
		a.o.Log.Info("DISCORD_BOT_TOKEN is not set: commands are answered but not registered, and mentions are not received")
		a.o.Metrics.SetConnected(Platform, true)
		<-ctx.Done()
		return nil
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return a.newGateway().Run(running) })
	group.Go(func() error { return a.register(running) })
	group.Go(func() error { return a.servers.Run(running) })
	err := group.Wait()
	if ctx.Err() != nil {
		err = nil
	}
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	if a.key != nil {
		return err // interactions may still arrive over HTTP, so the caller calls Shutdown
	}
	return errors.Join(err, a.Shutdown(finishing))
}

// newGateway returns the gateway that delivers events.
func (a *Adapter) newGateway() *gateway.Gateway {
	return gateway.New(gateway.Options{
		Token: a.o.BotToken.Reveal, API: a.api, Intents: manifest.Intents, Shards: a.o.Shards, Handle: a.onEvent,
		Leases: a.o.Leases, Owner: a.o.Owner,
		Connected:   func(all bool) { a.o.Metrics.SetConnected(Platform, all) },
		Reconnected: func() { a.o.Metrics.Reconnected(Platform) },
		Timings:     a.timings, Log: a.o.Log,
	})
}

// Shutdown stops accepting events and waits for running handlers until ctx is done. It returns an
// error if any handlers were cut off.
func (a *Adapter) Shutdown(ctx context.Context) error {
	if err := a.dispatcher.Shutdown(ctx); err != nil {
		return fmt.Errorf("discord: shutdown cut off running handlers: %w", err)
	}
	return nil
}
