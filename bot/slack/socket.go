package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"k8sbot/bot"
)

// maxEnvelope is the number of bytes of one message on the socket.
const maxEnvelope = 1 << 20

// Run keeps a Socket Mode connection open and answers what comes through it
// until ctx ends; then it finishes what it has and returns nil. It returns an
// error only where no attempt can succeed any more: a wrong or revoked token.
func (a *Adapter) Run(ctx context.Context) error {
	if a.o.AppToken == "" {
		return errors.New("SLACK_APP_TOKEN is missing: make an app-level token with the scope connections:write on the app's page Basic Information")
	}
	a.o.Metrics.SetConnected(bot.Slack, false)
	defer a.o.Metrics.SetConnected(bot.Slack, false)
	if err := a.checkToken(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	// The client of the socket makes no retries of its own: the library's loop
	// does.
	api := slack.New(a.o.BotToken.Reveal(), slack.OptionAppLevelToken(a.o.AppToken.Reveal()),
		slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(&http.Client{
			Timeout:   callTimeout,
			Transport: &paced{next: a.client.Transport},
		}))
	socket := socketmode.New(api, socketmode.OptionPingInterval(a.o.PingInterval),
		socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))

	reading, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- socket.RunContext(reading) }()
	for {
		select {
		case e := <-socket.Events:
			a.onSocket(ctx, socket, e)
		case err := <-ended:
			stopped := a.finish()
			if ctx.Err() != nil {
				return stopped
			}
			code := errorCode(err)
			if code == "" {
				code = strings.TrimSpace(fmt.Sprint(err))
			}
			return fmt.Errorf("slack refuses SLACK_APP_TOKEN (%s): make a new app-level token with the scope connections:write on the app's page Basic Information", code)
		}
	}
}

func (a *Adapter) finish() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	if err := a.workers.Shutdown(ctx); err != nil {
		return fmt.Errorf("slack: answers were cut off after %v: %w", stopWait, err)
	}
	return nil
}

// onSocket acknowledges an envelope and passes it on.
func (a *Adapter) onSocket(ctx context.Context, socket *socketmode.Client, e socketmode.Event) {
	switch e.Type {
	case socketmode.EventTypeConnected:
		a.o.Metrics.SetConnected(bot.Slack, true)
		if c, ok := e.Data.(*socketmode.ConnectedEvent); ok && c.ConnectionCount > 0 {
			a.o.Metrics.Reconnected(bot.Slack)
		}
		a.o.Log.Info("connected to slack")
	case socketmode.EventTypeConnecting, socketmode.EventTypeHello, socketmode.EventTypeDisconnect:
	case socketmode.EventTypeConnectionError, socketmode.EventTypeIncomingError, socketmode.EventTypeErrorWriteFailed:
		a.o.Log.Warn("the connection to slack failed: it is opened again", "event", string(e.Type))
	case socketmode.EventTypeErrorBadMessage:
		// What the library does not know must be acknowledged too, else Slack
		// delivers it again; and it may well be known here.
		if bad, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			if req, err := decode[socketmode.Request](bad.Message); err == nil && req.EnvelopeID != "" {
				a.onEnvelope(ctx, socket, req)
			}
		}
	default:
		if e.Request != nil {
			a.onEnvelope(ctx, socket, *e.Request)
		}
	}
}

func (a *Adapter) onEnvelope(ctx context.Context, socket *socketmode.Client, req socketmode.Request) {
	ack := func(payload any) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		if err := socket.AckCtx(ctx, req.EnvelopeID, payload); err != nil {
			a.o.Log.Error("an event was not acknowledged", "error", err)
		}
	}
	if req.Type == socketmode.RequestTypeSlashCommands {
		c, err := decode[command](req.Payload)
		if err != nil {
			ack(nil)
			return
		}
		// Waiting for the answer must not hold up the next envelope.
		go a.onCommand(c, maxAck, func(answer json.RawMessage) {
			if answer == nil {
				ack(nil)
			} else {
				ack(answer)
			}
		})
		return
	}
	ack(nil)
	switch req.Type {
	case socketmode.RequestTypeEventsAPI:
		if e, err := decode[event](req.Payload); err == nil {
			a.onEvent(e)
		}
	case socketmode.RequestTypeInteractive:
		if i, err := decode[interaction](req.Payload); err == nil {
			a.onInteraction(i)
		}
	}
}

// paced lets apps.connections.open be called at most once a second, and less
// often while connections do not last: the library opens the next one at once,
// whatever Slack's reason to close the last one was, and a server that answers
// too_many_websockets would be called thousands of times.
type paced struct {
	next http.RoundTripper

	mu   sync.Mutex
	last time.Time
	wait time.Duration
}

const (
	minPace = time.Second
	maxPace = time.Minute
	// lasting is how long a connection lives that was worth opening.
	lasting = 30 * time.Second
)

func (p *paced) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		timer := time.NewTimer(p.delay(time.Now()))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	return p.next.RoundTrip(r)
}

// delay returns how long the next connection has to wait.
func (p *paced) delay(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last.IsZero() {
		p.last = now
		return 0
	}
	since := now.Sub(p.last)
	if since >= lasting {
		p.wait = minPace
	} else {
		p.wait = min(max(2*p.wait, minPace), maxPace)
	}
	wait := max(p.wait-since, 0)
	p.last = now.Add(wait)
	return wait
}
