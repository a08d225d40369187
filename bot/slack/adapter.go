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
	"k8sbot/bot/slack/profile"
	"k8sbot/bot/slack/socket"
	"k8sbot/bot/slack/workspace"
	"k8sbot/glossary"
)

// Platform identifies Slack in requests.
const Platform bot.Platform = "slack"

// Capabilities are the capabilities of Slack.
var Capabilities = bot.Capabilities{
	ButtonPayload: blockkit.MaxValue,
	Channels:      true, ProfileLocale: true, DirectMessages: true,
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

	BotToken platform.Secret // xoxb-…, of the only workspace
	// Workspaces has the installations in many workspaces; nil if there is only one. The
	// adapter then needs no BotToken, and answers over HTTP only.
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
	single     *client                     // of BotToken; nil if workspaces is not
	workspaces *workspace.Clients[*client] // nil for one workspace
	httpClient *http.Client
	dispatcher *platform.Dispatcher
	downloads  *textfile.Reader // without a token
	locales    *profile.Profiles
	recheck    chan struct{}  // has an element while a check of the bot token is pending
	timings    socket.Timings // shortened by tests
	maxAck     int            // shortened by tests

	rendered platform.RenderCache
}

// A client calls Slack with the token of one installation.
type client struct {
	token   platform.Secret
	api     *slack.Client
	postAPI *slack.Client    // never repeats a call; for daily terms, which package daily retries
	files   *textfile.Reader // replaced by tests
}

// A session works for one workspace: it has what all workspaces share, and the workspace's
// client.
type session struct {
	*Adapter
	*client
	installed string // the workspace or organization whose installation it uses; "" for BotToken
}

// Render returns a reply as JSON, in the format of a response to a slash command.
func Render(r reply.Reply) ([]byte, error) { return json.Marshal(blockkit.Render(r)) }

// encodeReply returns the message of a reply as JSON, or nil if it cannot be encoded.
func (a *Adapter) encodeReply(r reply.Reply) []byte {
	return a.rendered.Get(r, func(r reply.Reply) []byte { return a.encode(blockkit.Render(r)) })
}

// encode returns a message as JSON. It logs an error and returns nil.
func (a *Adapter) encode(m blockkit.Message) []byte {
	data, err := json.Marshal(m)
	if err != nil {
		a.o.Log.Error("cannot encode reply", "error", err)
		return nil
	}
	return data
}
