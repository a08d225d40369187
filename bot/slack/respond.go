package slack

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/plain"
)

// send sends a message to a response URL and reports whether that succeeded. request is the
// ID of the request, for the log.
func (a *session) send(ctx context.Context, request, responseURL string, m blockkit.Message) bool {
	return a.respond(ctx, a.installed, request, responseURL, m)
}

// respond sends a message to a response URL, or a plainer form of it if Slack refuses it. tenant is
// as in [session]. If the last try fails, respond logs the error and returns false.
func (a *Adapter) respond(ctx context.Context, tenant, request, responseURL string, m blockkit.Message) bool {
	err := a.forms.Message(tenant, m, plain.Text, func(m blockkit.Message) error {
		data, err := json.Marshal(m)
		if err != nil {
			return err
		}
		return a.responses.Post(ctx, responseURL, data)
	})
	if err != nil {
		a.logNotSent(request, err)
	}
	return err == nil
}

// deliver calls the Web API with the options for a message, and with plainer forms of it up to last
// as long as Slack refuses it.
func (a *session) deliver(m blockkit.Message, last platform.Form, call func(...slack.MsgOption) error) error {
	return a.forms.Message(a.installed, m, last, func(m blockkit.Message) error { return call(m.Options()...) })
}

// showView calls the Web API with a view, and with plainer forms of it as long as Slack refuses it.
// It reports an error.
func (a *session) showView(request, method string, v slack.ModalViewRequest, call func(slack.ModalViewRequest) error) error {
	err := a.forms.View(a.installed+" "+method, v, call)
	a.reportError(request, method, err)
	return err
}

// originalOf returns the reply that replaces the ephemeral answer after r has shared it. If r
// could not be sent, the returned reply says so.
func originalOf(r reply.Reply, sent bool) reply.Reply {
	original := *r.Original
	if !sent {
		// The first block says that the answer is shared.
		original.Blocks = slices.Concat([]reply.Block{reply.Note{Text: labels.shareFailed.In(r.Lang)}}, original.Blocks[1:])
	}
	return original
}
