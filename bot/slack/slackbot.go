package slack

import (
	"encoding/json"
	"net/http"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
)

// Slackbot is a client of the Model Context Protocol. With Slack identity auth, it signs its
// requests as Slack signs events (https://docs.slack.dev/ai/slackbot-mcp-client).

// SignedReader returns a function that returns the body of a request with a valid signature.
// It answers any other request with an error status and returns false.
func (a *Adapter) SignedReader() func(http.ResponseWriter, *http.Request) (body []byte, ok bool) {
	gate := platform.NewGate(Platform, a.o.Metrics, a.o.Log)
	signed := platform.Signed{ContentType: "application/json", MaxBody: maxPayload, Timestamp: timestampHeader, Signature: a.signature}
	return func(w http.ResponseWriter, r *http.Request) ([]byte, bool) { return gate.Read(w, r, signed, a.o.Now()) }
}

// IsSigned reports whether a request has a signature, valid or not.
func IsSigned(h http.Header) bool { return h.Get(signatureHeader) != "" }

// SlackbotBlocks returns a reply's blocks as JSON, for the result of a tool that Slackbot calls.
// Slackbot accepts only some types of blocks, and would turn a button into a tool call, so buttons
// are left out (https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses).
func SlackbotBlocks(r reply.Reply) ([]byte, error) {
	r.Buttons, r.Menu = nil, reply.Menu{}
	return json.Marshal(blockkit.Render(r).Blocks)
}
