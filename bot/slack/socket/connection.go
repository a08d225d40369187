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

// maxEnvelope is the number of bytes of one message on a connection.
const maxEnvelope = 1 << 20

// ackTimeout is how long an acknowledgement waits for its turn: Slack waits as long
// (https://docs.slack.dev/apis/events-api/using-socket-mode#acknowledge).
const ackTimeout = 3 * time.Second

// A socket is the library's client, which counts how often its connection changes.
type socket struct {
	*socketmode.Client
	changes atomic.Int64 // counts up when a connection is lost, or opened
}

// An answer is an acknowledgement that holds the answer of a command.
type answer struct {
	json.RawMessage
	lost func()
}

// runConnection keeps one connection open, and opens it again whenever it ends,
// until ctx ends or Slack refuses the token.
func (c *Client) runConnection(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := c.newSocket()
	ended := make(chan error, 1)
	go func() { ended <- s.RunContext(ctx) }()
	open := false
	connected := func(is bool) {
		if is != open {
			open = is
			c.connected(is)
		}
	}
	defer connected(false)
	for {
		select {
		case err := <-ended:
			return err
		case e := <-s.Events:
			switch e.Type {
			case socketmode.EventTypeConnecting:
				s.changes.Add(1)
				connected(false)
			case socketmode.EventTypeConnected:
				s.changes.Add(1)
				connected(true)
			}
			if err := c.onEvent(s, e); err != nil {
				cancel()
				<-ended
				return err
			}
		}
	}
}

// newSocket returns a client of the library that makes no retries of its own calls:
// its loop does.
func (c *Client) newSocket() *socket {
	api := slack.New("", slack.OptionAppLevelToken(c.o.AppToken), slack.OptionAPIURL(c.o.APIURL),
		slack.OptionHTTPClient(newPacedClient(c.o.HTTP, c.limiter, c.o.Timings)))
	return &socket{Client: socketmode.New(api, socketmode.OptionPingInterval(c.o.Timings.Ping),
		socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))}
}

// onEvent logs what the library tells, and hands envelopes on. It returns an error
// if Slack will refuse every further connection.
func (c *Client) onEvent(s *socket, e socketmode.Event) error {
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
		c.o.Log.Warn("the connection to slack failed: it is opened again", "event", string(e.Type))
	case socketmode.EventTypeErrorWriteFailed:
		// Slack sends an event again that was not acknowledged, but no command.
		if data, ok := e.Data.(*socketmode.ErrorWriteFailed); ok {
			c.o.Log.Warn("an acknowledgement was not written", "error", data.Cause)
			if a, ok := data.Response.Payload.(answer); ok && a.lost != nil {
				a.lost()
			}
		}
	case socketmode.EventTypeErrorBadMessage:
		// What the library does not know must be acknowledged too, else Slack
		// delivers it again; and it may well be known to the handler.
		if data, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			var req socketmode.Request
			if err := json.Unmarshal(data.Message, &req); err == nil && req.EnvelopeID != "" {
				c.o.Handle(c.envelope(s, req))
			}
		}
	default:
		if e.Request != nil {
			c.o.Handle(c.envelope(s, *e.Request))
		}
	}
	return nil
}

// onConnectionError logs that no connection was opened. It returns the error if
// none ever will be: the library gives up on some of these only.
func (c *Client) onConnectionError(e *slack.ConnectionErrorEvent) error {
	if c.o.Fatal(e.ErrorObj) {
		return e.ErrorObj
	}
	if errors.Is(e.ErrorObj, context.Canceled) { // by Close
		return nil
	}
	err := e.ErrorObj
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err // whose address may hold a ticket, which is as good as a token
	}
	c.o.Log.Warn("no connection to slack: trying again", "error", err, "wait", e.Backoff)
	return nil
}

// envelope returns a request of the library as an Envelope.
func (c *Client) envelope(s *socket, req socketmode.Request) Envelope {
	came := s.changes.Load()
	ack := func(payload any) bool {
		ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
		defer cancel()
		err := s.AckCtx(ctx, req.EnvelopeID, payload)
		if err != nil {
			c.o.Log.Error("an event was not acknowledged", "error", err)
		}
		return err == nil
	}
	return Envelope{
		ID: req.EnvelopeID, Type: req.Type, Payload: req.Payload,
		Ack: func(data json.RawMessage, lost func()) bool {
			if data == nil || s.changes.Load() != came {
				ack(nil)
				return false
			}
			return ack(answer{RawMessage: data, lost: lost})
		},
	}
}
