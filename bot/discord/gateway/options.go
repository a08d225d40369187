package gateway

import (
	"context"
	"encoding/json"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Options configure a Gateway.
type Options struct {
	Token   func() string // returns the bot's token
	API     API
	Intents discordgo.Intent // the events to receive
	Shards  int              // the number of shards, or 0 for as many as Discord recommends
	// Handle is called with the name and data of each event
	// (https://docs.discord.com/developers/events/gateway-events#receive-events). The events of a
	// shard are handled one at a time. Interactions are the exception: each has its own goroutine,
	// because Handle may wait for the answer. If Handle panics, the panic is logged.
	Handle func(event string, data json.RawMessage)
	// Leases assigns shards to replicas. It is nil if there is only one replica.
	Leases Leases
	// Owner identifies this replica in Leases.
	Owner string
	// Connected is called whenever a shard of this replica connects or disconnects. Its
	// argument says whether all shards of this replica are connected. A replica without shards
	// counts as connected.
	Connected func(all bool)
	// Reconnected is called before each connection of a shard except the first.
	Reconnected func()
	Timings     Timings
	Log         *slog.Logger
}

// API is the part of Discord's REST API that a Gateway calls.
type API interface {
	// GatewayBot returns the body of the response to GET /gateway/bot
	// (https://docs.discord.com/developers/events/gateway#get-gateway-bot). The error is
	// [ErrToken] if Discord rejects the token.
	GatewayBot(ctx context.Context) ([]byte, error)
}

// Leases make sure that only one replica at a time runs a shard.
type Leases interface {
	// Acquire takes or renews a lease for ttl and reports whether owner holds it now. The
	// first replica that asks for an expired lease gets it.
	Acquire(ctx context.Context, name, owner string, ttl time.Duration) (held bool, err error)
	// Release returns a lease before it expires, if owner holds it.
	Release(ctx context.Context, name, owner string) error
}

// Timings are the timeouts and pauses of a Gateway.
type Timings struct {
	Open time.Duration // the maximum time from dialing until Discord accepts the session
	// Identify is the minimum time between two identify operations
	// (https://docs.discord.com/developers/events/gateway#rate-limiting). After an invalid session,
	// a shard waits for a random time between a fifth of Identify and the whole of Identify
	// (https://docs.discord.com/developers/events/gateway#resuming).
	Identify    time.Duration
	FirstWait   time.Duration // the wait after the first failed attempt; doubles with each further one
	MaxWait     time.Duration // the longest wait after a failed attempt
	StableAfter time.Duration // an accepted session that lasts this long resets the wait to FirstWait
	// HeldAfter is how long an accepted session must last to be resumed without a wait whenever its
	// connection is lost. A shorter session is resumed without a wait only once.
	HeldAfter time.Duration
	// ReadTimeout closes a connection that receives nothing for this long. Discord
	// acknowledges every heartbeat, and there is one about every 41 s
	// (https://docs.discord.com/developers/events/gateway#sending-heartbeats).
	ReadTimeout time.Duration
	// Lease is how long a replica keeps a shard without renewing the lease. After that time,
	// another replica takes over if the holder has died, and a replica without a lease connects
	// even if the store is still failing.
	Lease time.Duration
	Renew time.Duration // the time between two renewals of the lease
}

// DefaultTimings are the timings for Discord. Tests use shorter timings.
var DefaultTimings = Timings{
	Open: 30 * time.Second, Identify: 5 * time.Second, FirstWait: time.Second, MaxWait: time.Minute,
	StableAfter: 30 * time.Second, HeldAfter: time.Second, ReadTimeout: 90 * time.Second, Lease: 20 * time.Second, Renew: 5 * time.Second,
}
