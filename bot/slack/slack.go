// Package slack is Slack as a platform: events in, [bot.Request]s; [bot.Reply]s
// out, as blocks.
//
// An [Adapter] answers in one of two modes, with the same handlers behind both:
// [Adapter.Run] keeps a Socket Mode connection open, which needs no public
// address; [Adapter.Handler] answers the HTTP requests that Slack sends.
package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/socket"
)

// New returns an adapter. The error names what the options lack.
func New(o Options) (*Adapter, error) {
	base, err := platform.BaseURL("SLACK_API_URL", o.APIURL, DefaultAPIURL)
	if err != nil {
		return nil, err
	}
	o.APIURL = base
	if o.BotToken == "" {
		return nil, errors.New("SLACK_BOT_TOKEN is missing: copy it from the app's page OAuth & Permissions")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &Adapter{o: o, recheck: make(chan struct{}, 1), timings: socket.Timings{Ping: o.PingInterval}, maxAck: maxAck}
	a.client = platform.NewClient(callTimeout, func(next http.RoundTripper) http.RoundTripper {
		return &countErrors{base: o.APIURL, next: next, metrics: o.Metrics}
	})
	a.api = slack.New(o.BotToken.Reveal(), slack.OptionAPIURL(o.APIURL), slack.OptionHTTPClient(a.client),
		slack.OptionRetryConfig(retries))
	a.noRetryAPI = slack.New(o.BotToken.Reveal(), slack.OptionAPIURL(o.APIURL), slack.OptionHTTPClient(a.client))
	a.dispatcher = platform.NewDispatcher(platform.DispatcherOptions{
		Platform: Platform, Bot: o.Bot, Store: o.Store, Metrics: o.Metrics, Log: o.Log,
	})
	a.locales = newLocales(a.api)
	return a, nil
}

// Verify asks Slack whether the bot token is good, and returns when ctx ends, or
// when the token is good no more. It is to HTTP mode what Run is to Socket Mode,
// but that what was begun is finished by Shutdown: the listener may still bring
// events until it has ended.
func (a *Adapter) Verify(ctx context.Context) error {
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	err := a.checkToken(ctx)
	if err != nil && ctx.Err() == nil {
		return err
	}
	a.o.Metrics.SetConnected(Platform, err == nil)
	for {
		select {
		case <-a.recheck:
			if err := a.tokenValid(ctx); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// Shutdown takes no more events and finishes those that it has.
func (a *Adapter) Shutdown(ctx context.Context) error {
	if err := a.dispatcher.Shutdown(ctx); err != nil {
		return fmt.Errorf("slack: answers were cut off: %w", err)
	}
	return nil
}
