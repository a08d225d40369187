package socket

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// maxEnvelope is the maximum size of one message on a connection, in bytes.
const maxEnvelope = 1 << 20

// ackTimeout is how long an acknowledgement may wait to be written. Slack waits just as long
// (https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge).
const ackTimeout = 3 * time.Second

// A connection is one Socket Mode connection, which is reopened whenever it ends.
type connection struct {
	o            Options
	client       *socketmode.Client
	setConnected func(bool) // called when the connection opens or ends

	// opened counts the attempts to open the connection, and tries counts the attempts that
	// run has noticed. They differ from the moment the connection is given up until the events
	// of the next attempt arrive.
	tries  int64 // used only by run
	opened atomic.Int64
}

// An answer is the payload of an acknowledgement that answers a command.
type answer struct {
	json.RawMessage
	lost func()
}

// newConnection returns a connection, which run opens. The library's client does not retry
// single calls, because its connection loop does.
func newConnection(o Options, limiter *openLimiter, setConnected func(bool)) *connection {
	c := &connection{o: o, setConnected: setConnected}
	paced := newPacedClient(o.HTTP, limiter, o.Timings)
	paced.opening = func() { c.opened.Add(1) }
	api := slack.New("", slack.OptionAppLevelToken(o.AppToken), slack.OptionAPIURL(o.APIURL), slack.OptionHTTPClient(paced))
	c.client = socketmode.New(api, socketmode.OptionPingInterval(o.Timings.Ping),
		socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	return c
}

// run keeps the connection open until ctx is done or Slack refuses the token, and returns
// the error.
func (c *connection) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- c.client.RunContext(ctx) }()
	open := false
	setOpen := func(now bool) {
		if now != open {
			open = now
			c.setConnected(now)
		}
	}
	defer setOpen(false)
	for {
		select {
		case err := <-ended:
			return err
		case e := <-c.client.Events:
			switch e.Type {
			case socketmode.EventTypeConnecting:
				c.tries++
				setOpen(false)
			case socketmode.EventTypeConnected:
				setOpen(true)
			}
			if err := c.onEvent(e); err != nil {
				cancel()
				<-ended
				return err
			}
		}
	}
}

// onEvent logs the library's events and passes envelopes on. It returns an error if Slack will
// refuse all further connections.
func (c *connection) onEvent(e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeConnected:
		if data, ok := e.Data.(*socketmode.ConnectedEvent); ok && data.ConnectionCount > 0 {
			c.o.Reconnected()
		}
		c.o.Log.Info("connected to slack")
	case socketmode.EventTypeConnecting, socketmode.EventTypeHello:
	case socketmode.EventTypeConnectionError:
		if data, ok := e.Data.(*slack.ConnectionErrorEvent); ok {
			return c.onConnectionError(data)
		}
	case socketmode.EventTypeIncomingError:
		c.o.Log.Warn("slack connection failed, will reconnect", "event", string(e.Type))
	case socketmode.EventTypeErrorWriteFailed:
		// Slack delivers an unacknowledged event again, but not a command.
		if data, ok := e.Data.(*socketmode.ErrorWriteFailed); ok {
			c.o.Log.Warn("cannot write acknowledgement", "error", data.Cause)
			if a, ok := data.Response.Payload.(answer); ok && a.lost != nil {
				a.lost()
			}
		}
	case socketmode.EventTypeErrorBadMessage:
		// Envelopes that the library cannot parse must be acknowledged too, or Slack
		// delivers them again. The handler may know their type.
		if data, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			var req socketmode.Request
			if err := json.Unmarshal(data.Message, &req); err == nil && req.EnvelopeID != "" {
				c.o.Handle(c.envelope(req))
			}
		}
	default:
		if e.Request != nil {
			c.o.Handle(c.envelope(*e.Request))
		}
	}
	return nil
}

// onConnectionError logs that a connection could not be opened. It returns the error if the error
// is permanent, since the library stops only for some permanent errors.
func (c *connection) onConnectionError(e *slack.ConnectionErrorEvent) error {
	if c.o.Fatal(e.ErrorObj) {
		return e.ErrorObj
	}
	if errors.Is(e.ErrorObj, context.Canceled) { // by Close
		return nil
	}
	err := e.ErrorObj
	var withURL *url.Error
	if errors.As(err, &withURL) {
		err = withURL.Err // the URL may contain a ticket, which works like a token
	}
	c.o.Log.Warn("cannot connect to slack, will retry", "error", err, "wait", e.Backoff)
	return nil
}

// envelope converts one of the library's requests to an Envelope.
func (c *connection) envelope(req socketmode.Request) Envelope {
	tries := c.tries
	ack := func(payload any) bool {
		ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
		defer cancel()
		err := c.client.AckCtx(ctx, req.EnvelopeID, payload)
		if err != nil {
			c.o.Log.Error("cannot acknowledge envelope", "error", err)
		}
		return err == nil
	}
	return Envelope{
		ID: req.EnvelopeID, Type: req.Type, Payload: req.Payload,
		Ack: func(data json.RawMessage, lost func()) bool {
			if data == nil || c.opened.Load() != tries {
				ack(nil)
				return false
			}
			return ack(answer{RawMessage: data, lost: lost})
		},
	}
}
