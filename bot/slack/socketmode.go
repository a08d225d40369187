package slack

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/socket"
)

// Run keeps two Socket Mode connections open and answers what comes through them
// until ctx ends; then it finishes what it has and returns nil. It returns an
// error only if no attempt can succeed any more: a wrong or revoked token.
func (a *Adapter) Run(ctx context.Context) error {
	if a.o.AppToken == "" {
		return errors.New("SLACK_APP_TOKEN is missing: make an app-level token with the scope connections:write on the app's page Basic Information")
	}
	a.o.Metrics.SetConnected(Platform, false)
	defer a.o.Metrics.SetConnected(Platform, false)
	if err := a.checkToken(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	// The connections outlive ctx by as long as it takes to finish what was begun,
	// which is acknowledged through them.
	connections := a.openSocket(ctx)
	defer connections.Close()
	for {
		select {
		case err := <-connections.Failed():
			return errors.Join(appTokenError(err), a.finish())
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

// openSocket opens the connections. Once ctx has ended, nothing is taken that is
// new.
func (a *Adapter) openSocket(ctx context.Context) *socket.Client {
	return socket.Open(socket.Options{
		AppToken: a.o.AppToken.Reveal(), APIURL: a.o.APIURL, HTTP: a.client, Log: a.o.Log, Timings: a.timings,
		Handle: func(e socket.Envelope) {
			if ctx.Err() == nil {
				a.onEnvelope(e)
			}
		},
		Fatal:       func(err error) bool { return tokenErrors[errorCode(err)] },
		Connected:   func(open bool) { a.o.Metrics.SetConnected(Platform, open && ctx.Err() == nil) },
		Reconnected: func() { a.o.Metrics.Reconnected(Platform) },
	})
}

// stopWait is how long an adapter finishes what it has begun.
const stopWait = 5 * time.Second

func (a *Adapter) finish() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	return a.Shutdown(ctx)
}

// onEnvelope has an envelope answered, and acknowledges it. One that cannot be
// taken now is not acknowledged: then Slack sends an event again, and tells the
// person whose command or button it was.
func (a *Adapter) onEnvelope(e socket.Envelope) {
	var refused error
	switch e.Type {
	case socket.SlashCommands:
		if c, err := decode[command](e.Payload); err == nil {
			// Waiting for the answer must not hold up the next envelope.
			go a.onCommand(e, c)
			return
		}
	case socket.EventsAPI:
		if in, err := decode[event](e.Payload); err == nil {
			refused = a.onEvent(in)
		}
	case socket.Interactive:
		if i, err := decode[interaction](e.Payload); err == nil {
			refused = a.onInteraction(i)
		}
	}
	if refused == nil {
		e.Ack(nil, nil)
	}
}

// onCommand acknowledges a slash command with its answer, if that is ready in time and
// short enough. Else the answer follows at the command's response URL.
func (a *Adapter) onCommand(e socket.Envelope, c command) {
	job, err := a.submitCommand(e.ID, c)
	switch {
	case errors.Is(err, platform.ErrDuplicate):
		e.Ack(nil, nil) // or Slack sends it once more
		return
	case err != nil:
		return // Slack tells the person
	}
	answer, ok := job.Wait(platform.AckTimeout)
	if !ok || len(answer) >= a.maxAck {
		answer = nil
	}
	if !e.Ack(answer, func() { a.answerLost(c, answer) }) {
		job.Then(a.respondTo(c))
	}
}

// answerLost sends the answer of a command to its response URL, since it could not
// be written as the acknowledgement.
func (a *Adapter) answerLost(c command, answer json.RawMessage) {
	send := a.respondTo(c)
	_ = a.dispatcher.Enqueue("answer", "", func(ctx context.Context) { send(ctx, answer) }) // or it is lost
}
