package mcp

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/bot/reply"
)

// Slackbot contains what the Slack adapter knows about Slackbot as a client
// (https://docs.slack.dev/ai/slackbot-mcp-client).
type Slackbot struct {
	// IsSigned reports whether a request has a Slack signature, valid or not.
	IsSigned func(http.Header) bool
	// Read returns the body of a request with a valid signature. For any other request, it
	// writes the response and returns false.
	Read func(http.ResponseWriter, *http.Request) (body []byte, ok bool)
	// Blocks returns a reply as Block Kit JSON.
	Blocks func(reply.Reply) ([]byte, error)
}

const (
	// slackMeta is Slackbot's metadata key. Its value is the user in requests, and the blocks in
	// results (https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses).
	slackMeta = "slack"
	// blockKit is the extension that Slackbot advertises.
	blockKit = "io.slack/block-kit"
)

// toolMeta returns the metadata by which a tool declares its blocks, or nil if Slackbot may not
// call tools.
func (b *Slackbot) toolMeta() mcp.Meta {
	if b == nil {
		return nil
	}
	return mcp.Meta{slackMeta: map[string]any{"supportsBlockKit": true}}
}

// resultMeta returns metadata with the reply's blocks, if the request is from Slackbot.
func (b *Slackbot) resultMeta(req *mcp.CallToolRequest, r reply.Reply) (mcp.Meta, error) {
	if b == nil || !isSlackbot(req) {
		return nil, nil
	}
	blocks, err := b.Blocks(r)
	if err != nil {
		return nil, err
	}
	return mcp.Meta{slackMeta: map[string]any{"blocks": json.RawMessage(blocks)}}, nil
}

// isSlackbot reports whether the client can show blocks. Because there are no sessions, only
// requests of protocol version 2026-07-28 or later include the client's capabilities. Other
// requests include only the user.
func isSlackbot(req *mcp.CallToolRequest) bool {
	if _, asks := req.Params.Meta[slackMeta]; asks {
		return true
	}
	c := req.ClientCapabilities()
	if c == nil {
		return false
	}
	_, shows := c.Extensions[blockKit]
	return shows
}

// withMeta returns a handler for the SDK that adds the blocks to the results of handle.
func withMeta[In, Out any](b *Slackbot, handle handler[In, Out]) mcp.ToolHandlerFor[In, Out] {
	return func(ctx context.Context, req *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		out, r, err := handle(ctx, in)
		if err != nil {
			return nil, out, err
		}
		meta, err := b.resultMeta(req, r)
		if err != nil {
			return nil, out, err
		}
		return &mcp.CallToolResult{Meta: meta, Content: []mcp.Content{&mcp.TextContent{Text: markdown(r.Blocks)}}}, out, nil
	}
}

// A handler returns the structured content of a result, and the reply to render as its text.
type handler[In, Out any] func(context.Context, In) (Out, reply.Reply, error)
