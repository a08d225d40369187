// Package discord is Discord as a platform: events in, [bot.Request]s;
// [bot.Reply]s out, as embeds and buttons.
//
// An [Adapter] answers in one of two ways, or in both, with the same handlers
// behind them: [Adapter.Run] keeps connections to the gateway open, which need no
// public address and bring mentions and direct messages; [Adapter.Handler] answers
// the interactions that Discord sends by HTTP.
package discord

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"

	"k8sbot/bot"
	"k8sbot/bot/platform"
)

// Options are what an Adapter needs.
type Options struct {
	Bot    *bot.Bot
	Memory platform.Memory // may be nil
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
	o         Options
	key       ed25519.PublicKey
	api       *api
	desk      *platform.Desk
	rendered  platform.Rendered
	paces     paces
	introduce *introducer
	shards    connections

	self        atomic.Pointer[string] // the bot's user ID, as the gateway tells
	application chan string            // its application ID, likewise
	guilds      sync.Map               // of server ID to locale
}

// stopWait is how long an adapter finishes what it has begun.
const stopWait = 5 * time.Second

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
	a := &Adapter{o: o, paces: defaultPaces, application: make(chan string, 1)}
	if o.PublicKey != "" {
		key, err := parseKey(o.PublicKey)
		if err != nil {
			return nil, err
		}
		a.key = key
	}
	session, err := newSession(o)
	if err != nil {
		return nil, err
	}
	known := newLimits(o.Now)
	session.Client = platform.NewClient(callTimeout, func(next http.RoundTripper) http.RoundTripper {
		return &transport{base: base, next: next, limits: known, metrics: o.Metrics}
	})
	a.api = &api{session: session, limits: known}
	a.desk = platform.NewDesk(platform.DeskOptions{
		Platform: bot.Discord, Bot: o.Bot, Memory: o.Memory, Metrics: o.Metrics, Log: o.Log,
	})
	a.shards.changed = func(all bool) { o.Metrics.SetConnected(bot.Discord, all) }
	return a, nil
}

// newSession returns the session that makes the calls of the REST API.
func newSession(o Options) (*discordgo.Session, error) {
	token := ""
	if o.BotToken != "" {
		token = "Bot " + o.BotToken.Reveal()
	}
	return discordgo.New(token)
}

// Run registers the commands and keeps the gateway connected until ctx ends; then
// it finishes what it has and returns nil. Without a bot token it only waits. It
// returns an error only where no attempt can succeed any more: a wrong token, or
// what else Discord refuses for good.
func (a *Adapter) Run(ctx context.Context) error {
	a.o.Metrics.SetConnected(bot.Discord, false)
	defer a.o.Metrics.SetConnected(bot.Discord, false)
	if a.o.BotToken == "" {
		a.o.Log.Info("without DISCORD_BOT_TOKEN commands are answered, but neither registered nor are mentions heard")
		a.o.Metrics.SetConnected(bot.Discord, true)
		<-ctx.Done()
		return nil
	}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error { return a.runGateway(running) })
	group.Go(func() error { return a.register(running) })
	err := group.Wait()
	if ctx.Err() != nil {
		err = nil
	}
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWait)
	defer cancel()
	if a.key != nil {
		return err // the listener may still bring interactions: Shutdown finishes
	}
	return errors.Join(err, a.Shutdown(finishing))
}

// Shutdown takes no more events and finishes those that it has.
func (a *Adapter) Shutdown(ctx context.Context) error {
	if err := a.desk.Shutdown(ctx); err != nil {
		return fmt.Errorf("discord: answers were cut off: %w", err)
	}
	return nil
}

// onEvent answers what the gateway dispatches
// (https://docs.discord.com/developers/events/gateway-events).
func (a *Adapter) onEvent(kind string, data []byte) {
	switch kind {
	case "READY":
		ready, err := decode[struct {
			User        user `json:"user"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}](data)
		if err != nil {
			a.o.Log.Error("discord's greeting cannot be read", "error", err)
			return
		}
		a.self.Store(&ready.User.ID)
		select {
		case a.application <- ready.Application.ID:
		default: // it is known
		}
	case "GUILD_CREATE", "GUILD_UPDATE":
		a.onGuild(data)
	case "MESSAGE_CREATE", "MESSAGE_UPDATE":
		m, err := decode[chatMessage](data)
		if err != nil {
			a.o.Log.Warn("a message cannot be read", "error", err)
			return
		}
		if self := a.self.Load(); self != nil {
			a.onMessage(m, *self, kind == "MESSAGE_UPDATE")
		}
	case "INTERACTION_CREATE":
		i, err := readInteraction(data)
		if err != nil {
			a.o.Log.Warn("an interaction cannot be read", "error", err)
			return
		}
		a.onInteraction(i, func(answer []byte) bool { return a.callback(i, answer) })
	}
}

// callback responds to an interaction that came through the gateway, with the
// promise of an answer where that is nil. It reports whether the answer went out.
func (a *Adapter) callback(i interaction, answer []byte) bool {
	// Discord forgets an interaction that nobody responded to within 3 s
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	var body any = answer
	if answer == nil {
		body = deferral(i)
	}
	_, err := a.api.call(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), body)
	if e := refusal(err); e != nil && e.code == codeAnswered {
		a.o.Log.Debug("an interaction was answered already", "interaction", i.ID)
		return true
	}
	a.failed("an interaction was not answered", err)
	return answer != nil // what Discord did not take in time it takes no later
}

// Codes of errors (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
const codeAnswered = 40060 // an interaction that was acknowledged already

// failed logs what went wrong with a call.
func (a *Adapter) failed(what string, err error) {
	if err != nil {
		a.o.Log.Error(what, "error", err)
	}
}

// guard keeps a panic from ending the process.
func (a *Adapter) guard(f func()) {
	defer func() {
		if p := recover(); p != nil {
			a.o.Log.Error("an event ended in a panic", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	f()
}
