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
	"sync/atomic"
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
	// The lines outlive ctx by as long as it takes to finish what was begun, which
	// is acknowledged through them.
	open, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	failed := make(chan error, 2)
	turns := &turns{min: a.pace}
	var lines sync.WaitGroup
	defer lines.Wait()
	defer hangUp()
	start := func() {
		lines.Go(func() {
			if err := a.line(ctx, open, turns); open.Err() == nil {
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
	return a.Shutdown(ctx)
}

// A line is one Socket Mode connection after the other, until open ends or Slack
// refuses the token. Once ctx has ended it takes nothing that is new.
func (a *Adapter) line(ctx, open context.Context, turns *turns) error {
	open, hangUp := context.WithCancel(open)
	// Its client makes no retries of its own: the library's loop does.
	api := slack.New(a.o.BotToken.Reveal(), slack.OptionAppLevelToken(a.o.AppToken.Reveal()),
		slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(&paced{client: a.client, turns: turns, lasting: a.lasting}))
	socket := &wire{Client: socketmode.New(api, socketmode.OptionPingInterval(a.o.PingInterval),
		socketmode.OptionReadLimit(maxEnvelope), socketmode.OptionLog(log.New(io.Discard, "", 0)))}
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
				socket.changes.Add(1)
				connect(false)
			case socketmode.EventTypeConnected:
				socket.changes.Add(1)
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

// A wire is a socket that tells its connections apart.
type wire struct {
	*socketmode.Client
	changes atomic.Int64 // counts up when a connection is lost, or opened
}

// A commandAnswer is an acknowledgement that is the answer of a command.
type commandAnswer struct {
	json.RawMessage
	command command
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
func (a *Adapter) onSocket(ctx context.Context, socket *wire, e socketmode.Event) error {
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
			if !errors.Is(c.ErrorObj, context.Canceled) { // which is the end
				a.o.Log.Warn("no connection to slack: trying again", "error", withoutURL(c.ErrorObj), "wait", c.Backoff)
			}
		}
	case socketmode.EventTypeIncomingError:
		a.o.Log.Warn("the connection to slack failed: it is opened again", "event", string(e.Type))
	case socketmode.EventTypeErrorWriteFailed:
		// Slack sends an event again that was not acknowledged, but no command.
		if f, ok := e.Data.(*socketmode.ErrorWriteFailed); ok {
			a.o.Log.Warn("an acknowledgement was not written", "error", f.Cause)
			if lost, ok := f.Response.Payload.(commandAnswer); ok {
				a.desk.Do("answer", "", func(ctx context.Context) {
					a.respond(ctx, lost.command.TriggerID, lost.command.ResponseURL, lost.RawMessage)
				})
			}
		}
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
func (a *Adapter) onEnvelope(ctx context.Context, socket *wire, req socketmode.Request) {
	if ctx.Err() != nil {
		return
	}
	came := socket.changes.Load()
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
			go a.onCommand(req.EnvelopeID, c, maxAck, func(data json.RawMessage) bool {
				// Slack awaits an answer on the connection on which the command came.
				if data == nil || socket.changes.Load() != came {
					ack(nil)
					return false
				}
				return ack(commandAnswer{RawMessage: data, command: c})
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

// paced lets apps.connections.open be called in turn, and less often while the
// connections of one line do not last: the library opens the next one at once,
// whatever Slack's reason to close the last one was, and a server that answers
// too_many_websockets would be called thousands of times.
//
// It stands outside the client whose timeout bounds the call, which must not
// bound the wait.
type paced struct {
	client  *http.Client
	turns   *turns
	lasting time.Duration // how long a connection lives that was worth opening

	mu   sync.Mutex
	last time.Time
	wait time.Duration
}

// turns keep the calls of all lines apart.
type turns struct {
	min time.Duration // the shortest wait

	mu   sync.Mutex
	next time.Time
}

// take returns how long to wait for a turn.
func (t *turns) take(now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := max(t.next.Sub(now), 0)
	t.next = now.Add(wait + t.min)
	return wait
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
		for _, delay := range []func(time.Time) time.Duration{p.delay, p.turns.take} {
			select {
			case <-time.After(delay(time.Now())):
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}
	}
	return p.client.Do(r)
}

// delay returns how long the next connection of the line has to wait.
func (p *paced) delay(now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last.IsZero() {
		p.last = now
		return 0
	}
	since := now.Sub(p.last)
	if since >= p.lasting {
		p.wait = p.turns.min
	} else {
		p.wait = min(max(2*p.wait, p.turns.min), maxPace)
	}
	wait := max(p.wait-since, 0)
	p.last = now.Add(wait)
	return wait
}
