// Package mcp is the adapter for agents: it offers the glossary as a server of the Model
// Context Protocol (https://modelcontextprotocol.io/specification), on standard input and
// output ([Server.Run]) and over HTTP ([Server.Handler]).
//
// All tools are read-only. A result contains structured content, for which the tool declares a
// schema, and the short answer that people get in chat, as Markdown. If a caller can correct an
// error, the result is a tool error that says what to do next.
//
// Read the files in this order: schema.go defines the inputs and outputs of the tools,
// source.go asks the bot, lookup.go, explain.go and list.go implement the tools, and tools.go
// declares them. resource.go and prompt.go contain the resources and the prompt, slackbot.go
// supports Slackbot as a client, middleware.go and http.go check and limit the requests, and
// mcp.go combines everything.
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

// pageSize is the maximum number of items on a page of a list.
const pageSize = 500

const instructions = `A reviewed glossary of Kubernetes terms (components, resources, statuses, events and error messages) in English and Japanese.
Pass pasted kubectl output, events, logs or error messages to explain_output: it names the cause before its symptoms, with the affected objects and the commands to run next.
Use lookup_term for a single term instead of explaining it from memory. All suggested commands are read-only.`

// New returns a Server with the given options.
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

// Handler returns the HTTP handler. It answers requests of the streamable HTTP transport that have
// the bearer token, and requests from Slackbot. There are no sessions, so any replica can answer
// any request
// (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http). The
// handler responds with 401 if the token is missing, with 413 if the body is larger than 4 MiB, and
// with 503 if too many requests are in progress.
func (s *Server) Handler() http.Handler { return s.handler }

// Run serves a client that writes to in and reads from out, until in ends or ctx is done.
func (s *Server) Run(ctx context.Context, in io.ReadCloser, out io.WriteCloser) error {
	err := s.sdk.Run(ctx, &mcp.IOTransport{Reader: in, Writer: out, MaxLineLength: maxMessage})
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrClosedPipe) {
		return nil // the client has disconnected
	}
	return err
}
