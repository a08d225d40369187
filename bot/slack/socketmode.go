package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"k8sbot/bot"
	"k8sbot/bot/slack/socket"
)

// Run keeps two Socket Mode connections open and answers what comes through them
// until ctx ends; then it finishes what it has and returns nil. It returns an
// error only if no attempt can succeed any more: a wrong or revoked token.
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
			a.o.Metrics.SetConnected(bot.Slack, false)
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
		Fatal:       func(err error) bool { return fatal[errorCode(err)] },
		Connected:   func(open bool) { a.o.Metrics.SetConnected(bot.Slack, open && ctx.Err() == nil) },
		Reconnected: func() { a.o.Metrics.Reconnected(bot.Slack) },
	})
}

func (a *Adapter) finish() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWait)
	defer cancel()
	return a.Shutdown(ctx)
}

// appTokenError says why no connection can be opened.
func appTokenError(err error) error {
	if code := errorCode(err); code != "" {
		return fmt.Errorf("slack refuses SLACK_APP_TOKEN (%s): make a new app-level token with the scope connections:write on the app's page Basic Information", code)
	}
	return fmt.Errorf("slack opens no connection: check SLACK_API_URL: %w", withoutURL(err))
}

// onEnvelope has an envelope answered, and acknowledges it. One that cannot be
// taken now is not acknowledged: then Slack sends an event again, and tells the
// person whose command or button it was.
func (a *Adapter) onEnvelope(e socket.Envelope) {
	taken := true
	switch e.Type {
	case socket.SlashCommands:
		if c, err := decode[command](e.Payload); err == nil {
			// Waiting for the answer must not hold up the next envelope.
			go a.onCommand(e.ID, c, maxAck, func(answer json.RawMessage) bool {
				return e.Ack(answer, func() { a.answerLost(c, answer) })
			})
			return
		}
	case socket.EventsAPI:
		if in, err := decode[event](e.Payload); err == nil {
			taken = a.onEvent(in)
		}
	case socket.Interactive:
		if i, err := decode[interaction](e.Payload); err == nil {
			taken = a.onInteraction(i)
		}
	}
	if taken {
		e.Ack(nil, nil)
	}
}

// answerLost sends the answer of a command to its response URL, since it could not
// be written as the acknowledgement.
func (a *Adapter) answerLost(c command, answer json.RawMessage) {
	a.desk.Do("answer", "", func(ctx context.Context) { a.respond(ctx, c.TriggerID, c.ResponseURL, answer) })
}
