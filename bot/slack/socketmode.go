package slack

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/socket"
	"k8sbot/bot/slack/webapi"
)

// Run keeps two Socket Mode connections open and handles their events until ctx is done. Then it
// waits up to stopWait for the accepted events, and returns nil if all of them are done. It returns
// an error if some of them are not done, or if Slack rejects a token.
func (a *Adapter) Run(ctx context.Context) error {
	if a.o.AppToken == "" {
		return errors.New("SLACK_APP_TOKEN is missing: on the app's Basic Information page, generate an app-level token with the connections:write scope")
	}
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	if err := a.checkToken(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	// The connections stay open until the accepted events are done, because events are
	// acknowledged on them.
	connections := a.openSocket(ctx)
	defer connections.Close()
	for {
		select {
		case err := <-connections.Failed():
			return errors.Join(webapi.AppTokenError(err), a.finish())
		case <-a.recheck:
			if err := a.tokenValid(ctx); err != nil {
				return errors.Join(err, a.finish())
			}
		case <-ctx.Done():
			a.o.Metrics.SetConnected(Platform, false)
			return a.finish()
		}
	}
}

// openSocket opens the connections. Envelopes that arrive after ctx has ended are ignored.
func (a *Adapter) openSocket(ctx context.Context) *socket.Client {
	return socket.Open(socket.Options{
		AppToken: a.o.AppToken.Reveal(), APIURL: a.o.APIURL, HTTP: a.httpClient, Log: a.o.Log, Timings: a.timings,
		Handle: func(e socket.Envelope) {
			if ctx.Err() == nil {
				a.onEnvelope(e)
			}
		},
		Fatal:       func(err error) bool { return webapi.TokenErrors[webapi.ErrorCode(err)] },
		Connected:   func(open bool) { a.o.Metrics.SetConnected(Platform, open && ctx.Err() == nil) },
		Reconnected: func() { a.o.Metrics.Reconnected(Platform) },
	})
}

// stopWait is how long Run waits for accepted events when it stops.
const stopWait = 5 * time.Second

func (a *Adapter) finish() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	return a.Shutdown(ctx)
}

// onEnvelope handles an envelope and acknowledges it. It does not acknowledge an envelope that
// cannot be accepted now. Slack then redelivers the envelope if it is an event, and shows the
// user an error if it is a command or a button press.
func (a *Adapter) onEnvelope(e socket.Envelope) {
	var busy error
	switch e.Type {
	case socket.SlashCommands:
		if c, err := decode[command](e.Payload); err == nil {
			// Waiting for the answer must not block the next envelope.
			go a.onCommand(e, c)
			return
		}
	case socket.EventsAPI:
		if in, err := decode[event](e.Payload); err == nil {
			busy = a.onEvent(in)
		}
	case socket.Interactive:
		if i, err := decode[interaction](e.Payload); err == nil {
			if i.awaited() {
				go a.onAwaited(e, i)
				return
			}
			busy = a.onInteraction(i)
		}
	}
	if busy == nil {
		e.Ack(nil, nil)
	}
}

// onCommand acknowledges a slash command with its answer if the answer is ready in time and short
// enough. Otherwise, it sends the answer to the command's response URL.
func (a *Adapter) onCommand(e socket.Envelope, c command) {
	job, err := a.submitCommand(e.ID, c)
	switch {
	case errors.Is(err, platform.ErrDuplicate):
		e.Ack(nil, nil) // otherwise Slack redelivers it
		return
	case err != nil:
		return // Slack shows the user an error
	}
	answer, ok := job.Wait(platform.AckTimeout)
	if !ok || len(answer) >= a.maxAck {
		answer = nil
	}
	if !e.Ack(answer, func() { a.answerLost(c, answer) }) {
		job.Then(a.respondTo(c))
	}
}

// answerLost sends an answer to the command's response URL. It is called if the acknowledgement
// with the answer could not be written.
func (a *Adapter) answerLost(c command, answer json.RawMessage) {
	send := a.respondTo(c)
	_ = a.dispatcher.Enqueue(c.TeamID, "answer", "", func(ctx context.Context) { send(ctx, answer) }) // lost if the queue is full
}

// onAwaited acknowledges an interaction with its answer if the answer is ready in time and short
// enough. Otherwise, it delivers the answer later.
func (a *Adapter) onAwaited(e socket.Envelope, i interaction) {
	r, err := a.submitInteraction(e.ID, i)
	if err != nil {
		return // a repeated envelope, or Slack shows the user an error
	}
	answer, ok := r.job.Wait(platform.AckTimeout)
	inTime := ok && len(answer) < a.maxAck
	if !inTime {
		answer = r.fallback
	}
	e.Ack(answer, nil)
	if !inTime && r.after != nil {
		r.job.Then(r.after)
	}
}
