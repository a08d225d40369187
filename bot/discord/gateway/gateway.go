// Package gateway keeps connections to Discord's gateway open, and hands on the
// events that come there (https://docs.discord.com/developers/events/gateway). It
// knows nothing of what is done with them.
//
// A [Gateway] runs one shard or more (shard.go), each of them one connection after
// the other (connection.go) with a session that is resumed. They identify no faster
// than Discord allows (identify.go), and several replicas share them out by leases
// (leases.go).
//
// discordgo's Session.Open does the same, but in v0.29.0, the latest release, it
//   - decodes every event into types of its own, and hands a half-filled one to a
//     goroutine that nothing guards: one component that it does not know ends the
//     process (https://github.com/bwmarrin/discordgo/issues/1683, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1725);
//   - deadlocks if Discord asks for another connection before it has accepted the
//     session (https://github.com/bwmarrin/discordgo/issues/513, fix proposed in
//     https://github.com/bwmarrin/discordgo/pull/1694);
//   - identifies at once, on the same connection, after an invalid session, although
//     Discord asks for a pause, and takes one that comes while it opens for an error
//     (https://github.com/bwmarrin/discordgo/issues/544);
//   - closes a broken connection with code 1000, which ends the session instead of
//     resuming it; https://github.com/bwmarrin/discordgo/pull/761 changed that only
//     for reconnects that Discord asks for;
//   - resumes at the address of the first connection instead of resume_gateway_url
//     (https://github.com/bwmarrin/discordgo/pull/1307, merged after v0.29.0).
//
// Delete this package in favour of Session.Open once a release has all five fixed:
// gateway_test.go says of each what must hold.
package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/sync/errgroup"

	"k8sbot/bot/platform/retry"
)

// Options are what a Gateway needs.
type Options struct {
	Token   func() string // reveals the token of the bot
	API     API
	Intents discordgo.Intent // which events come
	Shards  int              // 0 for as many as Discord recommends
	// Handle is called with each event's name and data
	// (https://docs.discord.com/developers/events/gateway-events#receive-events): one
	// after the other for those of a shard, but beside the others for interactions,
	// which wait for their answers. A panic in it is logged, and ends nothing.
	Handle func(event string, data json.RawMessage)
	// Leases share the shards out among replicas; nil if there is one.
	Leases Leases
	// Owner is the name of this process among replicas.
	Owner string
	// Connected is told whenever it may have changed whether all shards of this
	// replica are connected. A replica without any counts as connected.
	Connected func(all bool)
	// Reconnected is called before each connection of a shard but its first.
	Reconnected func()
	Timings     Timings
	Log         *slog.Logger
}

// An API makes the one call of the REST API that connecting needs.
type API interface {
	// GatewayBot returns the answer of GET /gateway/bot
	// (https://docs.discord.com/developers/events/gateway#get-gateway-bot), or an
	// error, which is [ErrToken] if Discord refuses the token.
	GatewayBot(ctx context.Context) ([]byte, error)
}

// Leases share out shards, of which each is run by one replica at a time.
type Leases interface {
	// Acquire takes or renews a lease for a time, and reports whether owner holds
	// it now. One that has run out goes to whoever asks first.
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	// Release gives a lease back before it runs out, if owner holds it.
	Release(ctx context.Context, name, owner string) error
}

// Timings are how fast the gateway is called.
type Timings struct {
	Open time.Duration // for a connection until its session is accepted
	// Identify is the time between two identifications
	// (https://docs.discord.com/developers/events/gateway#rate-limiting), and the longest
	// that Discord asks to wait after it did not accept a session; the shortest is a
	// fifth of it (https://docs.discord.com/developers/events/gateway#resuming).
	Identify    time.Duration
	FirstWait   time.Duration // after a failure, doubled by each further one
	MaxWait     time.Duration
	StableAfter time.Duration // how long a connection lives that was worth opening
	// Silence is how long a connection may be without a word: Discord answers each
	// heartbeat, of which there is one every 41 s or so
	// (https://docs.discord.com/developers/events/gateway#sending-heartbeats).
	Silence time.Duration
	Lease   time.Duration // of a shard: a replica that dies is replaced after it
	Renew   time.Duration // of that lease
}

// DefaultTimings suit Discord. Tests take shorter ones.
var DefaultTimings = Timings{
	Open: 30 * time.Second, Identify: 5 * time.Second, FirstWait: time.Second, MaxWait: time.Minute,
	StableAfter: 30 * time.Second, Silence: 90 * time.Second, Lease: 20 * time.Second, Renew: 5 * time.Second,
}

// A Gateway keeps all shards connected that no other replica does.
type Gateway struct {
	o        Options
	shards   shards
	identify *identifyLimiter
}

// New returns a Gateway that connects when it is run.
func New(o Options) *Gateway {
	return &Gateway{o: o, shards: shards{changed: o.Connected}}
}

// Run keeps the shards connected until ctx ends. It returns an error only if Discord
// refuses the bot for good.
func (g *Gateway) Run(ctx context.Context) error {
	told, err := g.info(ctx)
	if err != nil {
		return err
	}
	n := g.o.Shards
	if n == 0 {
		n = max(told.Shards, 1)
	}
	g.identify = &identifyLimiter{gateway: g, next: make(map[int]time.Time), info: told, asked: time.Now()}
	group, ctx := errgroup.WithContext(ctx)
	g.shards.begin()
	for id := range n {
		group.Go(func() error { return g.keepShard(ctx, id, n) })
	}
	return group.Wait()
}

// info is what Discord says about connecting
// (https://docs.discord.com/developers/events/gateway#get-gateway-bot).
type info struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"` // milliseconds
		Concurrency int   `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// askTimeout bounds the question how to connect, with its own further tries.
const askTimeout = 20 * time.Second

// info asks how to connect until there is an answer. It returns an error only if
// Discord refuses the token or ctx ends.
func (g *Gateway) info(ctx context.Context) (told info, err error) {
	policy := retry.Policy{First: g.o.Timings.FirstWait, Max: g.o.Timings.MaxWait, Notify: func(err error, wait time.Duration) {
		g.o.Log.Warn("discord does not tell how to connect: trying again", "error", err, "wait", wait)
	}}
	err = retry.Do(ctx, policy, func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		data, err := g.o.API.GatewayBot(ctx)
		if err == nil {
			err = json.Unmarshal(data, &told)
		}
		if fatal := refusedForGood(err); fatal != nil {
			return fatal
		}
		return retry.Again(err)
	})
	return told, err
}

// ErrToken says that Discord does not accept the token of the bot.
var ErrToken = errors.New("discord refuses DISCORD_BOT_TOKEN (401): reset the token on the application's page Bot, and set the new one")

// refusals are the codes with which Discord closes a connection for good
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
var refusals = map[int]string{
	4004: "it does not accept DISCORD_BOT_TOKEN: reset the token on the application's page Bot, and set the new one",
	4010: "it knows no such shard: check DISCORD_SHARDS",
	4011: "it wants more shards: unset DISCORD_SHARDS, or raise it",
	4012: "it no longer speaks this version of the gateway: install a newer k8sbot",
	4013: "it does not know the intents: install a newer k8sbot",
	4014: "it does not allow the intents of the bot: check the application's page Bot",
}

// refusedForGood returns why no further attempt can succeed, nil if one may.
func refusedForGood(err error) error {
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		if why, ok := refusals[closed.Code]; ok {
			return fmt.Errorf("discord closed the gateway (%d): %s", closed.Code, why)
		}
	}
	if errors.Is(err, ErrToken) {
		return ErrToken
	}
	return nil
}

// shards knows which shards of this replica are connected.
type shards struct {
	changed func(all bool)

	mu    sync.Mutex
	known map[int]bool
}

// begin marks the assignment of shards as done: a replica that holds none counts as
// connected.
func (s *shards) begin() { s.update(func() { s.known = make(map[int]bool) }) }

func (s *shards) add(id int)          { s.update(func() { s.known[id] = false }) }
func (s *shards) remove(id int)       { s.update(func() { delete(s.known, id) }) }
func (s *shards) set(id int, on bool) { s.update(func() { s.known[id] = on }) }

func (s *shards) update(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	all := true
	for _, on := range s.known {
		all = all && on
	}
	s.changed(all)
}
