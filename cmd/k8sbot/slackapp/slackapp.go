package slackapp

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/mcp"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/slack/oauth"
	"k8sbot/bot/slack/workspace"
	"k8sbot/bot/tenant"
)

// A Store stores what the app needs outside of conversations.
type Store interface {
	platform.KeyStore
	workspace.Leases
}

// Options are what the app needs besides its settings.
type Options struct {
	Bot        *bot.Bot
	Store      Store
	Tenants    tenant.Store
	Owner      string // owner of leases; unique to this process
	Metrics    *platform.Metrics
	Log        *slog.Logger
	AdminsOnly bool // only workspace admins may change channel settings
	// Now returns the time. The default is time.Now.
	Now func() time.Time
}

// An App is the Slack app.
type App struct {
	*slack.Adapter
	// Run answers events until its context ends.
	Run func(context.Context) error
	// Pattern and Handler serve Slack's HTTP requests. They are "" and nil if Slack sends no HTTP
	// requests.
	Pattern  string
	Handler  http.Handler
	Slackbot *mcp.Slackbot // nil if Slackbot cannot sign its requests
}

// New returns the app. It does not call Slack.
func (c Config) New(o Options) (App, error) {
	so := slack.Options{
		Bot: o.Bot, Store: o.Store, Metrics: o.Metrics, Log: o.Log,
		BotToken: c.BotToken, AppToken: c.AppToken, SigningSecret: c.SigningSecret,
		APIURL: c.APIURL, AdminsOnly: o.AdminsOnly,
	}
	var install *oauth.App
	if c.Many() {
		base, err := platform.BaseURL("SLACK_API_URL", c.APIURL, slack.DefaultAPIURL)
		if err != nil {
			return App{}, err
		}
		ring, err := c.Ring()
		if err != nil {
			return App{}, err
		}
		if c.readKeys != nil {
			ring.Reread(c.readKeys, func(err error) { o.Log.Error("cannot reload SEAL_KEYS_FILE", "error", err) })
		}
		install = oauth.New(oauth.Options{
			ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURL: c.RedirectURL, APIURL: base, Scopes: manifest.Scopes(),
			States: o.Store, Metrics: o.Metrics, Log: o.Log,
		})
		so.Workspaces = &workspace.Options{
			Store: o.Tenants, Leases: o.Store, Owner: o.Owner, Ring: ring, Refresh: install.Refresh, InstallURL: install.InstallURL(), Log: o.Log, Now: o.Now,
		}
	}
	adapter, err := slack.New(so)
	if err != nil {
		return App{}, err
	}
	if c.AppToken != "" && c.SigningSecret != "" {
		o.Log.Info("SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set, using SLACK_MODE", "mode", c.Mode)
	}
	a := App{Adapter: adapter, Run: adapter.Run}
	if c.SigningSecret != "" {
		a.Slackbot = &mcp.Slackbot{IsSigned: slack.IsSigned, Read: adapter.SignedReader(), Blocks: slack.SlackbotBlocks}
	}
	if c.Mode == manifest.HTTPMode {
		a.Run, a.Pattern, a.Handler = adapter.Verify, "/slack/", adapter.Handler()
	}
	if install != nil {
		mux := http.NewServeMux()
		mux.Handle(a.Pattern, a.Handler)
		installing := install.Handler(adapter.Install)
		mux.Handle(oauth.InstallPath, installing)
		mux.Handle(oauth.RedirectPath, installing)
		a.Handler = mux
	}
	return a, nil
}
