// Package socket keeps two Socket Mode connections to Slack open and passes on the envelopes that
// arrive (https://docs.slack.dev/apis/events-api/using-socket-mode). It does not depend on the bot:
// it needs only a token and a handler.
//
// It wraps github.com/slack-go/slack/socketmode. Version v0.35.0 of that package has the
// following problems, measured against a fake Slack server:
//
//   - RunContext reconnects immediately, whatever reason Slack gave for ending the last
//     connection. A server that answered too_many_websockets was called 3,336 times in 2 s.
//     See [pacedClient] and TestLibraryStorm.
//   - It keeps only one connection, which Slack ends several times a day. Commands and
//     button presses that arrive after a disconnect message, or before the next connection
//     is open, are lost. See [Client].
//   - If a connection ends, its queued acknowledgements are sent on the next one, where
//     Slack need not accept the answer to a command. An acknowledgement that cannot be
//     written is reported and dropped. See [Envelope].
//   - An envelope of an unknown type, or with an unknown event, is not passed on as an
//     envelope. It is never acknowledged, so Slack delivers it again.
//   - If a token lacks the scope connections:write, or has the wrong type, the library
//     retries forever. See Options.Fatal.
//
// Delete this package and use the library's client directly once its RunContext waits between
// short-lived connections and opens a second connection before the first one ends.
// TestLibraryStorm fails as soon as the library waits.
package socket

import (
	"context"
	"sync"
	"time"

	"k8sbot/bot/platform/retry"
)

// closeDelay is how long [Client.Close] waits for the last acknowledgements to be
// written.
const closeDelay = 100 * time.Millisecond

// A Client keeps two connections open. Slack ends each of them several times a day; commands and
// button presses that arrive at that time come through the other connection.
type Client struct {
	o       Options
	limiter *openLimiter
	failed  chan error
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	open int // the number of open connections
}

// Open starts opening connections and returns immediately. The connections stay open until
// [Client.Close] is called.
func Open(o Options) *Client {
	o.Timings = o.Timings.withDefaults()
	ctx, cancel := context.WithCancel(context.Background())
	c := &Client{o: o, limiter: &openLimiter{min: o.Timings.MinPace}, failed: make(chan error, 2), cancel: cancel}
	for _, delay := range []time.Duration{0, o.Timings.Standby} {
		c.running.Go(func() {
			if retry.Sleep(ctx, delay) != nil {
				return
			}
			if err := newConnection(c.o, c.limiter, c.setConnected).run(ctx); ctx.Err() == nil {
				c.failed <- err
			}
		})
	}
	return c
}

// Failed returns a channel that receives an error if a connection cannot be reopened. The
// other connection stays open if it can.
func (c *Client) Failed() <-chan error { return c.failed }

// Close waits briefly for the last acknowledgements to be written and ends all connections.
func (c *Client) Close() {
	time.Sleep(closeDelay)
	c.cancel()
	c.running.Wait()
}

// setConnected records that a connection has opened or ended.
func (c *Client) setConnected(open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if open {
		c.open++
	} else {
		c.open--
	}
	c.o.Connected(c.open > 0)
}
