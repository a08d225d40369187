package mcp

import (
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/glossary"
)

// addTools adds the tools to sdk.
func addTools(sdk *mcp.Server, from source, b *Slackbot) {
	addTool(sdk, b, "lookup_term", "Look up a Kubernetes term",
		"Explains one Kubernetes term: what it means and, for a status, its causes and the commands to run first. The name may be misspelled or in Japanese, and it may be a whole question.",
		from.lookUp)
	addTool(sdk, b, "compare_terms", "Compare Kubernetes terms",
		"Compares two or three Kubernetes terms, aspect by aspect.",
		from.compare)
	addTool(sdk, b, "explain_output", "Explain Kubernetes output",
		"Explains what is wrong in pasted text: output of kubectl or a similar tool, events, logs or an error message. Names the cause before its symptoms, lists the affected objects, suggests what to run next, and leaves out healthy states.",
		from.explain)
	addTool(sdk, b, "list_terms", "List Kubernetes terms",
		"Lists the categories of the glossary, or the terms of one category.",
		from.list)
	addTool(sdk, b, "search_terms", "Search Kubernetes terms",
		"Finds terms by name, part of a name or description, best first. Use it if lookup_term finds nothing, or if several terms fit.",
		from.search)
}

// addTool adds a read-only tool to sdk.
func addTool[In, Out any](sdk *mcp.Server, b *Slackbot, name, title, description string, handle handler[In, Out]) {
	no := false
	mcp.AddTool(sdk, &mcp.Tool{
		Meta: b.toolMeta(), Name: name, Title: title, Description: description, InputSchema: inputSchema[In](),
		Annotations: &mcp.ToolAnnotations{Title: title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
	}, withMeta(b, handle))
}

// Limits on arguments.
const (
	maxName     = 400 // in characters; the bot treats longer text as output
	minCompared = 2
	maxCompared = 3
	maxSearch   = 50
)

// inputSchema returns the schema of a tool's arguments. It infers the schema from the type, and
// adds the limits that a type cannot express.
func inputSchema[In any]() *jsonschema.Schema {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		panic(err) // unreachable for the types in schema.go
	}
	for name, p := range schema.Properties {
		switch name {
		case "lang":
			for _, l := range glossary.Langs {
				p.Enum = append(p.Enum, string(l))
			}
		case "name", "query":
			p.MinLength, p.MaxLength = jsonschema.Ptr(1), jsonschema.Ptr(maxName)
		case "output":
			p.MinLength = jsonschema.Ptr(1)
		case "names":
			p.Type, p.Types = "array", nil // do not allow null
			p.MinItems, p.MaxItems = jsonschema.Ptr(minCompared), jsonschema.Ptr(maxCompared)
			p.Items.MinLength, p.Items.MaxLength = jsonschema.Ptr(1), jsonschema.Ptr(maxName)
		case "limit":
			p.Minimum, p.Maximum = jsonschema.Ptr(1.0), jsonschema.Ptr(float64(maxSearch))
		}
	}
	return schema
}
