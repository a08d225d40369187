package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"
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
	// ReadTimeout is how long a connection may be without a word: Discord answers each
	// heartbeat, of which there is one every 41 s or so
	// (https://docs.discord.com/developers/events/gateway#sending-heartbeats).
	ReadTimeout time.Duration
	Lease       time.Duration // of a shard: a replica that dies is replaced after it
	Renew       time.Duration // of that lease
}

// DefaultTimings suit Discord. Tests take shorter ones.
var DefaultTimings = Timings{
	Open: 30 * time.Second, Identify: 5 * time.Second, FirstWait: time.Second, MaxWait: time.Minute,
	StableAfter: 30 * time.Second, ReadTimeout: 90 * time.Second, Lease: 20 * time.Second, Renew: 5 * time.Second,
}
