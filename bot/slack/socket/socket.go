// Package socket keeps two Socket Mode connections to Slack open and hands on what
// comes through them (https://docs.slack.dev/apis/events-api/using-socket-mode). It
// knows no bot: it is given a token and a handler of envelopes.
//
// It wraps github.com/slack-go/slack/socketmode, whose v0.35.0 lacks the following,
// as measured against a stand-in for Slack:
//
//   - Its RunContext opens the next connection at once, whatever Slack's reason to end
//     the last one was. A Slack that answers too_many_websockets was called 3,336 times
//     in 2 s. See [pacedClient] and TestLibraryStorm.
//   - It keeps a single connection, which Slack ends several times a day. Commands and
//     buttons that arrive behind a disconnect, or before the next connection is open,
//     are lost. See [Client].
//   - An acknowledgement that was queued on a connection that ended is sent on the next
//     one, where Slack need not take the answer of a command. One that cannot be written
//     is reported and given up. See [Envelope].
//   - An envelope whose type or event it does not know is not handed on as an envelope,
//     so that it is not acknowledged and comes again.
//   - A token without the scope connections:write, or of the wrong type, is tried for
//     ever. See Options.Fatal.
//
// The package can be deleted, and the library's client be used alone, once its
// RunContext waits between connections that do not last and it hands over to a second
// connection before the first one ends; TestLibraryStorm fails as soon as the former
// is so.
package socket

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// Types of an [Envelope].
const (
	SlashCommands = "slash_commands"
	EventsAPI     = "events_api"
	Interactive   = "interactive"
)

// An Envelope is one delivery of Slack.
type Envelope struct {
	ID      string
	Type    string // one of the above, or another
	Payload json.RawMessage

	// Ack acknowledges the envelope, with an answer or with nil. An answer goes out on
	// the connection on which the envelope came, or not at all: Ack reports whether it
	// is on its way. If it turns out later that it could not be written, lost is called,
	// unless that is nil. An envelope that is never acknowledged is delivered again if it
	// is an event; else Slack tells the person that it failed.
	Ack func(answer json.RawMessage, lost func()) bool
}

// Options are what a Client needs.
type Options struct {
	AppToken string // xapp-…
	APIURL   string // of the Web API, with a slash at its end
	HTTP     *http.Client
	Log      *slog.Logger

	// Handle is given each envelope, by one goroutine for each connection: it must not
	// wait for the answer.
	Handle func(Envelope)
	// Fatal reports whether an error of apps.connections.open will come again however
	// often that is called.
	Fatal func(error) bool
	// Connected is told whether at least one connection is open, as often as one is
	// opened or ends.
	Connected func(bool)
	// Reconnected is told of each connection that follows one that ended.
	Reconnected func()

	Timings Timings
}

// Timings are how long a Client waits. What is 0 has its default.
type Timings struct {
	// Ping is how long a connection may be silent; default 30 s, in which Slack pings
	// several times.
	Ping time.Duration
	// MinPace is the least time between two calls of apps.connections.open; default 1 s.
	MinPace time.Duration
	// StableAfter is how long a connection lives that was worth opening; default 30 s.
	// While they live shorter, each waits twice as long as the last, up to a minute.
	StableAfter time.Duration
	// Standby is how long after the first connection the second one is opened; default
	// StableAfter.
	Standby time.Duration
}

const (
	minPace     = time.Second
	maxPace     = time.Minute
	stableAfter = 30 * time.Second
	pingWait    = 30 * time.Second
	// lastAcks is how long a connection is kept for the last acknowledgements to be
	// written.
	lastAcks = 100 * time.Millisecond
)

func (t Timings) withDefaults() Timings {
	t.Ping = cmp.Or(t.Ping, pingWait)
	t.MinPace = cmp.Or(t.MinPace, minPace)
	t.StableAfter = cmp.Or(t.StableAfter, stableAfter)
	t.Standby = cmp.Or(t.Standby, t.StableAfter)
	return t
}

// A Client keeps two connections open. Slack ends each several times a day, and
// commands and buttons that arrive meanwhile come through the other one.
type Client struct {
	o       Options
	limiter *openLimiter
	failed  chan error
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	open int // connections that are open
}

// Open begins to open connections, which stay open until [Client.Close].
func Open(o Options) *Client {
	o.Timings = o.Timings.withDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	c := &Client{o: o, limiter: &openLimiter{min: o.Timings.MinPace}, failed: make(chan error, 2), cancel: cancel}
	for _, wait := range []time.Duration{0, o.Timings.Standby} {
		c.running.Go(func() {
			if retry.Sleep(ctx, wait) != nil {
				return
			}
			if err := c.runConnection(ctx); ctx.Err() == nil {
				c.failed <- err
			}
		})
	}
	return c
}

// Failed tells of an error after which no connection can be opened again. One that
// is open stays so.
func (c *Client) Failed() <-chan error { return c.failed }

// Close ends all connections, a moment after the last acknowledgement.
func (c *Client) Close() {
	time.Sleep(lastAcks)
	c.cancel()
	c.running.Wait()
}

// connected notes that a connection is open, or has ended.
func (c *Client) connected(open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if open {
		c.open++
	} else {
		c.open--
	}
	c.o.Connected(c.open > 0)
}
