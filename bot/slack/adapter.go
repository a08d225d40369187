package slack

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/slack/socket"
)

// Platform is Slack's name in requests.
const Platform bot.Platform = "slack"

// Capabilities are what Slack can do.
var Capabilities = bot.Capabilities{Channels: true, ProfileLocale: true}

// DefaultAPIURL is where Slack's Web API is.
const DefaultAPIURL = "https://slack.com/api/"

// Options are what an Adapter needs.
type Options struct {
	Bot     *bot.Bot
	Store   platform.KeyStore // may be nil
	Metrics *platform.Metrics
	Log     *slog.Logger

	BotToken      platform.Secret // xoxb-…
	AppToken      platform.Secret // xapp-…, for Run
	SigningSecret platform.Secret // for Handler
	APIURL        string          // default DefaultAPIURL

	// AdminsOnly lets nobody but the workspace's admins change daily terms.
	AdminsOnly bool

	// PingInterval is how long the socket may be silent; default 30 s, in
	// which Slack pings several times.
	PingInterval time.Duration
	// Now tells the time; nil for time.Now.
	Now func() time.Time
}

// An Adapter connects a bot with the workspaces that installed the app.
type Adapter struct {
	o          Options
	api        *slack.Client
	noRetryAPI    *slack.Client // makes no call twice: what it posts is kept account of
	client     *http.Client
	dispatcher *platform.Dispatcher
	locales    *locales
	recheck    chan struct{}  // holds one when the bot token may have been revoked
	timings    socket.Timings // which tests shorten
	maxAck     int            // likewise

	rendered platform.RenderCache
}
