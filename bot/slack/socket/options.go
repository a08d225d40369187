package socket

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"
)

// The values of [Envelope.Type].
const (
	SlashCommands = "slash_commands"
	EventsAPI     = "events_api"
	Interactive   = "interactive"
)

// An Envelope is one delivery from Slack.
type Envelope struct {
	ID      string
	Type    string // one of the constants above, or a type that this package does not know
	Payload json.RawMessage

	// Ack acknowledges the envelope. The answer may be nil. Slack accepts an answer only on the
	// connection that delivered the envelope, so Ack sends the answer there or not at all, and
	// reports whether the answer was queued. If a queued answer cannot be written, lost is called,
	// unless it is nil.
	//
	// If an event is never acknowledged, Slack redelivers it. If a command or a button press is
	// never acknowledged, Slack shows the user an error.
	Ack func(answer json.RawMessage, lost func()) bool
}

// Options configure a [Client]. All fields except Timings are required.
type Options struct {
	AppToken string // the app-level token, xapp-…
	APIURL   string // the base URL of the Web API, with a trailing slash
	HTTP     *http.Client
	Log      *slog.Logger

	// Handle is called for each envelope, from one goroutine per connection. It must not wait
	// for the answer.
	Handle func(Envelope)
	// Fatal reports whether an error from apps.connections.open is permanent.
	Fatal func(error) bool
	// Connected is called each time a connection opens or ends. Its argument says whether at
	// least one connection is open now.
	Connected func(bool)
	// Reconnected is called for each connection that replaces a connection that has ended.
	Reconnected func()

	Timings Timings
}

// Timings are the delays of a [Client]. Zero fields mean the defaults.
type Timings struct {
	// Ping is how long a connection may be silent before it is replaced. The default is
	// 30 s; Slack pings several times in that period.
	Ping time.Duration
	// MinPace is the minimum time between two calls to apps.connections.open. The default
	// is 1 s.
	MinPace time.Duration
	// StableAfter is how long a connection must last to count as stable. The default is 30 s. As
	// long as connections keep ending sooner than that, the delay before each new connection
	// doubles, up to a minute.
	StableAfter time.Duration
	// Standby is the delay between opening the first and the second connection. The
	// default is StableAfter.
	Standby time.Duration
}

const (
	minPace     = time.Second
	maxPace     = time.Minute
	stableAfter = 30 * time.Second
	pingWait    = 30 * time.Second
)

func (t Timings) withDefaults() Timings {
	t.Ping = cmp.Or(t.Ping, pingWait)
	t.MinPace = cmp.Or(t.MinPace, minPace)
	t.StableAfter = cmp.Or(t.StableAfter, stableAfter)
	t.Standby = cmp.Or(t.Standby, t.StableAfter)
	return t
}
