package discord

import (
	"crypto/ed25519"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/platform"
)

// Options are what an Adapter needs.
type Options struct {
	Bot   *bot.Bot
	Store platform.KeyStore // may be nil
	// Leases share the shards out among replicas; nil where there is one.
	Leases platform.Leases
	// Owner is the name of this process among replicas.
	Owner   string
	Metrics *platform.Metrics
	Log     *slog.Logger

	BotToken      platform.Secret // for Run
	ApplicationID string          // found out where it is ""
	PublicKey     string          // for Handler, in hexadecimal digits
	APIURL        string          // default DefaultAPIURL
	Shards        int             // 0 for as many as Discord recommends
	// AdminsOnly lets nobody change daily terms but those who manage the server.
	AdminsOnly bool

	// Now tells the time; nil for time.Now.
	Now func() time.Time
}

// An Adapter connects a bot with the servers and people that installed the
// application.
type Adapter struct {
	o          Options
	key        ed25519.PublicKey
	api        *api
	dispatcher *platform.Dispatcher
	rendered   platform.RenderCache
	timings    gateway.Timings

	self        atomic.Pointer[string] // the bot's user ID, as the gateway tells
	application chan string            // its application ID, likewise
	guilds      sync.Map               // of server ID to locale
}

// logError logs what went wrong with a call.
func (a *Adapter) logError(what string, err error) {
	if err != nil {
		a.o.Log.Error(what, "error", err)
	}
}
