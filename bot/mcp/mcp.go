// Package mcp is the adapter for agents: it offers the glossary as a server of the Model
// Context Protocol (https://modelcontextprotocol.io/specification), on standard input and
// output ([Server.Run]) and over HTTP ([Server.Handler]).
//
// Every tool only reads. A result has structured content, whose schema the tool declares,
// and beside it the short answer that people get in chat, as Markdown. What a caller can
// correct is an error of the tool and says what to do next. The files in order of reading:
// schema.go has what the tools take and return, source.go asks the bot, lookup.go, explain.go
// and list.go are the tools, tools.go declares them, resource.go and prompt.go have the rest,
// slackbot.go is about one client, middleware.go and http.go check and limit the requests,
// and mcp.go puts all together.
package mcp

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// A Server answers agents. It is safe for concurrent use.
type Server struct {
	sdk     *mcp.Server
	handler http.Handler
}

// pageSize is how many items a list has. The next page has the rest.
const pageSize = 500

const instructions = `A reviewed glossary of Kubernetes terms (components, resources, statuses, events and error messages) in English and Japanese.
Pass pasted kubectl output, events, logs or error messages to explain_output: it names the cause before its symptoms, with the objects and the commands to run next.
Look a single term up with lookup_term before you explain it from memory. All commands only read.`

// New returns a Server.
func New(o Options) *Server {
	sdk := mcp.NewServer(
		&mcp.Implementation{Name: "k8sbot", Title: "Kubernetes glossary", Version: o.Version},
		&mcp.ServerOptions{
			Instructions: instructions, PageSize: pageSize,
			Capabilities: &mcp.ServerCapabilities{ // nothing changes while the process runs
				Tools: &mcp.ToolCapabilities{}, Resources: &mcp.ResourceCapabilities{}, Prompts: &mcp.PromptCapabilities{},
			},
		},
	)
	from := source{o.Bot, o.Lang, o.Glossary, o.Metrics}
	sdk.AddReceivingMiddleware(recoverPanics(o.Log), adviseOnArguments)
	addTools(sdk, from, o.Slackbot)
	addResources(sdk, from)
	addPrompt(sdk)
	return &Server{sdk, gate(protocolHandler(sdk), o)}
}

// Handler answers requests of the streamable HTTP transport with the bearer token, and those
// of Slackbot, each on its own: there are no sessions, so that any replica can answer
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http).
// It answers 401 without the token, 413 to a body of more than 4 MiB, and 503 if too many
// requests are being answered.
func (s *Server) Handler() http.Handler { return s.handler }

// Run answers the client that writes to in and reads from out, until in ends or ctx is done.
func (s *Server) Run(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	err := s.sdk.Run(ctx, &mcp.IOTransport{Reader: in, Writer: out, MaxLineLength: maxMessage})
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) {
		return nil // the client has gone
	}
	return err
}
