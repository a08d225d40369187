// Package slack connects the bot to Slack. It converts Slack's events to [bot.Request]s, and
// renders each [reply.Reply] as blocks.
//
// An [Adapter] works in one of two modes, which share their event handlers:
// [Adapter.Run] connects to Slack in Socket Mode, which needs no public URL;
// [Adapter.Handler] serves the HTTP requests that Slack sends.
package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/profile"
	"k8sbot/bot/slack/socket"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
)

// New returns an adapter. It does not call Slack. The error names the setting that is
// missing or invalid.
func New(o Options) (*Adapter, error) {
	base, err := platform.BaseURL("SLACK_API_URL", o.APIURL, DefaultAPIURL)
	if err != nil {
		return nil, err
	}
	o.APIURL = base
	if o.BotToken == "" && o.Workspaces == nil {
		return nil, errors.New("SLACK_BOT_TOKEN is missing: copy it from the app's OAuth & Permissions page")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &Adapter{o: o, recheck: make(chan struct{}, 1), timings: socket.Timings{Ping: o.PingInterval}, maxAck: maxAck}
	a.httpClient = platform.NewClient(callTimeout, func(next http.RoundTripper) http.RoundTripper {
		return &webapi.Transport{Base: o.APIURL, Next: next, Metrics: o.Metrics}
	})
	a.responses = webapi.ResponseURLs{HTTP: a.httpClient}
	if o.APIURL != DefaultAPIURL {
		a.responses.API = o.APIURL
	}
	a.forms.Log = o.Log
	a.downloads = newFileReader(o.Log, nil)
	if o.Workspaces != nil {
		a.workspaces = workspace.New(*o.Workspaces, a.newClient)
	} else {
		a.single = a.newClient(o.BotToken)
	}
	a.dispatcher = platform.NewDispatcher(platform.DispatcherOptions{
		Platform: Platform, Bot: o.Bot, Store: o.Store, Metrics: o.Metrics, Log: o.Log,
	})
	a.locales = profile.New()
	return a, nil
}

// newClient returns a client that uses a token. All clients share the same HTTP connections.
func (a *Adapter) newClient(token platform.Secret) *client {
	return &client{
		token:   token,
		api:     slack.New(token.Reveal(), slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(a.httpClient), slack.OptionRetryConfig(webapi.Retries)),
		postAPI: slack.New(token.Reveal(), slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(webapi.PostClient{HTTP: a.httpClient})),
		files:   a.downloads.WithToken(token),
	}
}

// Verify watches the bot token in HTTP mode, as Run does in Socket Mode. It returns nil when ctx
// is done, and an error if Slack rejects the token. It does not call Shutdown, since the HTTP
// server may still receive events: call Shutdown after the server has stopped.
func (a *Adapter) Verify(ctx context.Context) error {
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	if a.workspaces != nil { // each workspace has its own token
		a.o.Metrics.SetConnected(Platform, true)
		<-ctx.Done()
		return nil
	}
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

// Shutdown stops accepting events and waits for the accepted ones, until ctx is done.
func (a *Adapter) Shutdown(ctx context.Context) error {
	if err := a.dispatcher.Shutdown(ctx); err != nil {
		return fmt.Errorf("slack: shut down before all replies were sent: %w", err)
	}
	return nil
}
