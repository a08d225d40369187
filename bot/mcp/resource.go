package mcp

import (
	"context"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

const mimeMarkdown = "text/markdown"

// addResources adds a resource for each term in each language, and a template for their URIs.
func addResources(sdk *mcp.Server, from source) {
	for _, l := range glossary.Langs {
		for _, t := range from.glossary.All() {
			sdk.AddResource(&mcp.Resource{
				URI: uriOf(t, l), Name: t.ID, Title: t.DisplayName(l), Description: t.Summary.Paragraph(l), MIMEType: mimeMarkdown,
			}, from.readTerm)
		}
	}
	sdk.AddResourceTemplate(&mcp.ResourceTemplate{
		URITemplate: scheme + "{lang}/{id}", Name: "term", Title: "Kubernetes term", MIMEType: mimeMarkdown,
		Description: "Everything that the glossary says about a term. lang is en or ja; id is a term ID from the tools' results.",
	}, from.readTerm)
}

// readTerm returns everything that the glossary says about the term with the given URI.
func (s source) readTerm(ctx context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
	lang, id, _ := strings.Cut(strings.TrimPrefix(req.Params.URI, scheme), "/")
	l, err := glossary.ParseLang(lang)
	t, ok := s.glossary.Term(id)
	if err != nil || !ok {
		return nil, &jsonrpc.Error{
			Code:    jsonrpc.CodeInvalidParams,
			Message: fmt.Sprintf("no term at %q: take a URI from the results of search_terms or list_terms", reply.Quote(req.Params.URI)),
		}
	}
	r := s.ask(ctx, bot.Request{Action: reply.NewButton("", reply.ShowMore, t.ID).ID, Lang: l})
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{
		URI: req.Params.URI, MIMEType: mimeMarkdown, Text: markdown(r.Blocks),
	}}}, nil
}
