package slack

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/slack-go/slack"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/textfile"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/slack/plain"
	"k8sbot/bot/slack/profile"
	"k8sbot/bot/slack/socket"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
	"k8sbot/glossary"
)

// Platform identifies Slack in requests.
const Platform bot.Platform = "slack"

// Capabilities describe what Slack offers.
var Capabilities = bot.Capabilities{
	ButtonPayload: blockkit.MaxValue,
	Prefix:        "/k8s ", // the command in the manifest
	Channels:      true, DirectMessages: true, Ways: manifest.Ways, TeamWays: manifest.TeamWays,
	InviteHint: glossary.Text{EN: "type /invite @k8sbot", JA: "「/invite @k8sbot」でボットを招待して"},
}

// DefaultAPIURL is the base URL of Slack's Web API.
const DefaultAPIURL = "https://slack.com/api/"

// Options configure an [Adapter].
type Options struct {
	Bot     *bot.Bot
	Store   platform.KeyStore // may be nil
	Metrics *platform.Metrics
	Log     *slog.Logger

	BotToken platform.Secret // xoxb-…, for a single workspace
	// Workspaces configures the installations of many workspaces. If it is set, the adapter needs
	// no BotToken and works only over HTTP. It is nil for a single workspace.
	Workspaces    *workspace.Options
	AppToken      platform.Secret // xapp-…, required by Run
	SigningSecret platform.Secret // required by Handler
	APIURL        string          // base URL of the Web API; the default is DefaultAPIURL

	// AdminsOnly allows only admins of the workspace to change a channel's settings.
	AdminsOnly bool

	// PingInterval is how long a Socket Mode connection may be silent before it is
	// replaced. The default is 30 s; Slack pings several times in that period.
	PingInterval time.Duration
	// Now returns the current time. The default is time.Now.
	Now func() time.Time
}

// An Adapter connects a bot to the workspaces that have installed the app.
type Adapter struct {
	o          Options
	single     *client                     // uses BotToken; nil if workspaces is set
	workspaces *workspace.Clients[*client] // nil for a single workspace
	httpClient *http.Client
	dispatcher *platform.Dispatcher
	downloads  *textfile.Reader // without a token; clients add theirs
	locales    *profile.Profiles
	recheck    chan struct{}  // has an element while a check of the bot token is pending
	timings    socket.Timings // shortened by tests
	maxAck     int            // shortened by tests

	rendered  platform.RenderCache
	forms     plain.Sender
	responses webapi.ResponseURLs
}

// A client calls Slack with the token of one installation.
type client struct {
	token   platform.Secret
	api     *slack.Client
	postAPI *slack.Client    // never retries; for daily terms, which package daily retries
	files   *textfile.Reader // replaced by tests
}

// A session handles the events of one workspace. It combines the Adapter, which all workspaces
// share, with the workspace's client.
type session struct {
	*Adapter
	*client
	installed string // ID of the workspace or organization that installed the app; "" for BotToken
}

// Render returns a reply as the JSON response to a slash command.
func Render(r reply.Reply) ([]byte, error) { return json.Marshal(blockkit.Render(r)) }

// encodeReply returns a reply's message as JSON, or nil if it cannot be encoded.
func (a *Adapter) encodeReply(r reply.Reply) []byte {
	return a.rendered.Get(r, func(r reply.Reply) []byte { return a.encode(blockkit.Render(r)) })
}

// encode returns a message as JSON. If that fails, it logs the error and returns nil.
func (a *Adapter) encode(m blockkit.Message) []byte {
	data, err := json.Marshal(m)
	if err != nil {
		a.o.Log.Error("cannot encode reply", "error", err)
		return nil
	}
	return data
}
