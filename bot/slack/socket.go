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

// spareAfter is how long after the first connection a second one is opened. Slack
// ends each several times a day, and commands and buttons that arrive while there
// is none are lost: they come through the other one
// (https://docs.slack.dev/apis/events-api/using-socket-mode).
const spareAfter = lasting

// lastAcks is how long a connection is kept for the last acknowledgements to be
// written.
const lastAcks = 100 * time.Millisecond

// Run keeps two Socket Mode connections open and answers what comes through them
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
	// The client of the sockets makes no retries of its own: the library's loop
	// does.
	api := slack.New(a.o.BotToken.Reveal(), slack.OptionAppLevelToken(a.o.AppToken.Reveal()),
		slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(&paced{client: a.client, min: a.pace}))

	// The lines outlive ctx by as long as it takes to finish what was begun, which
	// is acknowledged through them.
	open, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	failed := make(chan error, 2)
	var lines sync.WaitGroup
	defer lines.Wait()
	defer hangUp()
	start := func() {
		lines.Go(func() {
			if err := a.line(ctx, open, api); open.Err() == nil {
				failed <- err
			}
		})
	}
	start()
	spare := time.NewTimer(a.spareAfter)
	defer spare.Stop()
	for {
		select {
		case <-spare.C:
			start()
		case err := <-failed:
			return errors.Join(err, a.finish())
		case <-a.doubt:
			if err := a.stillGood(ctx); err != nil {
				return errors.Join(err, a.finish())
			}
		case <-ctx.Done():
			a.o.Metrics.SetConnected(bot.Slack, false)
			err := a.finish()
			time.Sleep(lastAcks)
			return err
		}
	}
}

func (a *Adapter) finish() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	if err := a.desk.Shutdown(ctx); err != nil {
		return fmt.Errorf("slack: answers were cut off after %v: %w", stopWait, err)
	}
	return nil
}

// A line is one Socket Mode connection after the other, until open ends or Slack
// refuses the token. Once ctx has ended it takes nothing that is new.
func (a *Adapter) line(ctx, open context.Context, api *slack.Client) error {
	open, hangUp := context.WithCancel(open)
	socket := socketmode.New(api, socketmode.OptionPingInterval(a.o.PingInterval),
		socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ended := make(chan error, 1)
	go func() { ended <- socket.RunContext(open) }()
	connected := false
	connect := func(to bool) {
		if to != connected {
			connected = to
			a.lineIs(ctx, to)
		}
	}
	defer connect(false)
	for {
		select {
		case err := <-ended:
			hangUp()
			return appTokenError(err)
		case e := <-socket.Events:
			switch e.Type {
			case socketmode.EventTypeConnecting:
				connect(false)
			case socketmode.EventTypeConnected:
				connect(true)
			}
			if err := a.onSocket(ctx, socket, e); err != nil {
				hangUp()
				<-ended
				return err
			}
		}
	}
}

// lineIs notes that a line is connected, or no longer.
func (a *Adapter) lineIs(ctx context.Context, connected bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if connected {
		a.lines++
	} else {
		a.lines--
	}
	a.o.Metrics.SetConnected(bot.Slack, a.lines > 0 && ctx.Err() == nil)
}

// appTokenError says why no connection can be opened.
func appTokenError(err error) error {
	if code := errorCode(err); code != "" {
		return fmt.Errorf("slack refuses SLACK_APP_TOKEN (%s): make a new app-level token with the scope connections:write on the app's page Basic Information", code)
	}
	return fmt.Errorf("slack opens no connection: check SLACK_API_URL: %w", withoutURL(err))
}

// onSocket acknowledges an envelope and passes it on. It returns an error where
// Slack will refuse every further connection.
func (a *Adapter) onSocket(ctx context.Context, socket *socketmode.Client, e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeConnected:
		if c, ok := e.Data.(*socketmode.ConnectedEvent); ok && c.ConnectionCount > 0 {
			a.o.Metrics.Reconnected(bot.Slack)
		}
		a.o.Log.Info("connected to slack")
	case socketmode.EventTypeConnecting, socketmode.EventTypeHello:
	case socketmode.EventTypeConnectionError:
		if c, ok := e.Data.(*slack.ConnectionErrorEvent); ok {
			// The library gives up for some of these words only.
			if fatal[errorCode(c.ErrorObj)] {
				return appTokenError(c.ErrorObj)
			}
			a.o.Log.Warn("no connection to slack: trying again", "error", withoutURL(c.ErrorObj), "wait", c.Backoff)
		}
	case socketmode.EventTypeIncomingError, socketmode.EventTypeErrorWriteFailed:
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
	return nil
}

// onEnvelope has an envelope answered, and acknowledges it. One that cannot be
// taken now is not acknowledged: then Slack sends an event again, and tells the
// person whose command or button it was.
func (a *Adapter) onEnvelope(ctx context.Context, socket *socketmode.Client, req socketmode.Request) {
	if ctx.Err() != nil {
		return
	}
	ack := func(payload any) bool {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		err := socket.AckCtx(ctx, req.EnvelopeID, payload)
		if err != nil {
			a.o.Log.Error("an event was not acknowledged", "error", err)
		}
		return err == nil
	}
	taken := true
	switch req.Type {
	case socketmode.RequestTypeSlashCommands:
		if c, err := decode[command](req.Payload); err == nil {
			// Waiting for the answer must not hold up the next envelope.
			go a.onCommand(req.EnvelopeID, c, maxAck, func(answer json.RawMessage) bool {
				if answer == nil {
					return ack(nil)
				}
				return ack(answer)
			})
			return
		}
	case socketmode.RequestTypeEventsAPI:
		if e, err := decode[event](req.Payload); err == nil {
			taken = a.onEvent(e)
		}
	case socketmode.RequestTypeInteractive:
		if i, err := decode[interaction](req.Payload); err == nil {
			taken = a.onInteraction(i)
		}
	}
	if taken {
		ack(nil)
	}
}

// paced lets apps.connections.open be called at most once a second, and less
// often while connections do not last: the library opens the next one at once,
// whatever Slack's reason to close the last one was, and a server that answers
// too_many_websockets would be called thousands of times.
//
// It stands outside the client whose timeout bounds the call, which must not
// bound the wait.
type paced struct {
	client *http.Client
	min    time.Duration // the shortest wait

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

// Do waits for the turn of a request and makes it.
func (p *paced) Do(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		timer := time.NewTimer(p.delay(time.Now()))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	return p.client.Do(r)
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
		p.wait = p.min
	} else {
		p.wait = min(max(2*p.wait, p.min), maxPace)
	}
	wait := max(p.wait-since, 0)
	p.last = now.Add(wait)
	return wait
}
