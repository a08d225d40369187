package discord

import (
	"crypto/ed25519"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/discord/server"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/textfile"
	"k8sbot/bot/tenant"
)

// Options configure an Adapter.
type Options struct {
	Bot   *bot.Bot
	Store platform.KeyStore // deduplicates events and remembers replies; may be nil
	// Leases assigns shards to replicas. It is nil if there is only one replica.
	Leases gateway.Leases
	// Departures records which servers have removed the bot. It is nil if departures are not
	// stored.
	Departures tenant.Departures
	// Owner identifies this replica in Leases.
	Owner   string
	Metrics *platform.Metrics
	Log     *slog.Logger

	BotToken      platform.Secret // for Run
	ApplicationID string          // "" to read it from READY
	PublicKey     string          // for Handler, in hexadecimal
	APIURL        string          // the default is DefaultAPIURL
	Shards        int             // 0 for as many as Discord recommends
	// AdminsOnly lets only users with the Manage Server permission change the settings of daily
	// terms.
	AdminsOnly bool

	// Now returns the current time. The default is time.Now.
	Now func() time.Time
}

// An Adapter connects a bot to the servers and users that have installed the application.
type Adapter struct {
	o          Options
	key        ed25519.PublicKey
	api        *api
	dispatcher *platform.Dispatcher
	files      *textfile.Reader // replaced by tests
	rendered   platform.RenderCache
	forms      platform.Forms
	timings    gateway.Timings

	self        atomic.Pointer[string] // the bot's user ID, from READY
	application chan string            // the application ID, from READY
	servers     *server.Servers
}

// logError logs err with the given message, unless err is nil.
func (a *Adapter) logError(message string, err error) {
	if err != nil {
		a.o.Log.Error(message, "error", err)
	}
}

// encode returns v as JSON, or nil if that fails.
func (a *Adapter) encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		a.o.Log.Error("cannot encode response", "error", err)
		return nil
	}
	return data
}
