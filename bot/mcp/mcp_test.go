package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// newServer returns a server with the terms of the bot's tests, so that edits of the real terms
// do not break tests. If realTerms is set, it uses the real terms.
func newServer(t *testing.T, realTerms bool, o Options) *Server {
	t.Helper()
	g, err := glossary.Load()
	if !realTerms {
		g, err = glossary.LoadTree(os.DirFS("../testdata/terms"))
	}
	if err != nil {
		t.Fatal(err)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Glossary, o.Metrics, o.Version, o.Lang = g, platform.NewMetrics(), "v1.2.3", glossary.Japanese
	o.Bot = bot.New(g, bot.Options{Log: o.Log})
	return New(o)
}

// connect returns a client of the server.
func connect(t *testing.T, s *Server) *mcp.ClientSession {
	t.Helper()
	there, here := mcp.NewInMemoryTransports()
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- s.sdk.Run(ctx, here) }()
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, there, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = client.Close()
		cancel()
		<-served
	})
	return client
}

func call(t *testing.T, c *mcp.ClientSession, tool string, args map[string]any) *mcp.CallToolResult {
	t.Helper()
	r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, args, err)
	}
	return r
}

func textOf(r *mcp.CallToolResult) string {
	if len(r.Content) != 1 {
		return ""
	}
	text, _ := r.Content[0].(*mcp.TextContent)
	return text.Text
}

// TestResults compares complete results with golden files, for each tool in both languages.
func TestResults(t *testing.T) {
	c := connect(t, newServer(t, false, Options{}))
	const pods = "NAME READY STATUS RESTARTS AGE\nweb-1 0/1 WidgetFailing 5 3m\nweb-2 1/1 Running 0 3m\n"
	for _, tt := range []struct {
		name, tool string
		args       map[string]any
	}{
		{"lookup", "lookup_term", map[string]any{"name": "wd", "lang": "en"}},
		{"lookup_ja", "lookup_term", map[string]any{"name": "部品"}},
		{"lookup_id", "lookup_term", map[string]any{"name": "failing-widget", "lang": "ja"}},
		{"lookup_shared", "lookup_term", map[string]any{"name": "thing", "lang": "en"}},
		{"lookup_similar", "lookup_term", map[string]any{"name": "wi", "lang": "en"}},
		{"compare", "compare_terms", map[string]any{"names": []string{"widget", "gadget"}, "lang": "en"}},
		{"compare_ja", "compare_terms", map[string]any{"names": []string{"ウィジェット", "gadget", "WidgetFailing"}}},
		{"explain", "explain_output", map[string]any{"output": pods, "lang": "en"}},
		{"explain_ja", "explain_output", map[string]any{"output": "なぜ動きませんか?\n" + pods}},
		{"explain_unread", "explain_output", map[string]any{"output": pods + "Error: `something` else broke\n", "lang": "en"}},
		{"explain_healthy", "explain_output", map[string]any{"output": "NAME READY STATUS RESTARTS AGE\nweb-2 1/1 Running 0 3m\n", "lang": "en"}},
		{"list", "list_terms", map[string]any{"lang": "en"}},
		{"list_category", "list_terms", map[string]any{"category": "ワークロード", "lang": "ja"}},
		{"search", "search_terms", map[string]any{"query": "the thing that the tests use", "limit": 2, "lang": "en"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := call(t, c, tt.tool, tt.args)
			if r.IsError || textOf(r) == "" {
				t.Errorf("got error %t with the text %q, want text", r.IsError, textOf(r))
			}
			r.Meta = nil // same for all results
			platformtest.Golden(t, tt.name, r)
		})
	}
}

// TestErrors checks that an error that a caller can correct is a tool error that says what to
// do next.
func TestErrors(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	c := connect(t, newServer(t, true, Options{}))
	for _, tt := range []struct {
		tool string
		args map[string]any
		want []string
	}{
		{"lookup_term", map[string]any{"name": "pizza"}, []string{`"pizza"`, "search_terms"}},
		{"lookup_term", map[string]any{"name": "thanks"}, []string{`"thanks"`, "search_terms"}},
		{"lookup_term", map[string]any{}, []string{`"name"`, "input schema"}},
		{"lookup_term", map[string]any{"name": ""}, []string{"name", "input schema"}},
		{"lookup_term", map[string]any{"name": strings.Repeat("x", maxName+1)}, []string{"name", "400", "input schema"}},
		{"lookup_term", map[string]any{"name": "pod", "lang": "fr"}, []string{"lang", "fr", "en ja"}},
		{"lookup_term", map[string]any{"nam": "pod"}, []string{"nam", "input schema"}},
		{"lookup_term", map[string]any{"name": 7}, []string{"name", "string"}},
		{"compare_terms", map[string]any{"names": []string{"pod"}}, []string{"names", "input schema"}},
		{"compare_terms", map[string]any{"names": nil}, []string{"names", "input schema"}},
		{"compare_terms", map[string]any{"names": []string{"a", "b", "c", "d"}}, []string{"names", "input schema"}},
		{"compare_terms", map[string]any{"names": []string{"pod", "po"}}, []string{`"po"`, "pod", "two different terms"}},
		{"compare_terms", map[string]any{"names": []string{"kubelet", "pizza", "burger"}}, []string{`"pizza"`, `"burger"`, "search_terms"}},
		{"compare_terms", map[string]any{"names": []string{"kube-pro", "fgrm"}}, []string{`"fgrm"`, "pass one of", "failedgetresourcemetric"}},
		{"explain_output", map[string]any{"output": "pod"}, []string{"lookup_term"}},
		{"explain_output", map[string]any{"output": "good morning\nall of you"}, []string{"header line", "search_terms"}},
		{"explain_output", map[string]any{"output": ""}, []string{"output", "input schema"}},
		{"list_terms", map[string]any{"category": "food"}, []string{`"food"`, "control-plane"}},
		{"search_terms", map[string]any{"query": "xyzzy"}, []string{`"xyzzy"`, "list_terms"}},
		{"search_terms", map[string]any{"query": "pod", "limit": 51}, []string{"limit", "50", "input schema"}},
	} {
		r := call(t, c, tt.tool, tt.args)
		if !r.IsError || r.StructuredContent != nil {
			t.Errorf("%s %.60v: got %v, want an error", tt.tool, tt.args, r.StructuredContent)
		}
		for _, want := range tt.want {
			if !strings.Contains(textOf(r), want) {
				t.Errorf("%s %.60v: got the error %q, want it to contain %q", tt.tool, tt.args, textOf(r), want)
			}
		}
	}
	if _, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "delete_cluster"}); err == nil || !strings.Contains(err.Error(), "delete_cluster") {
		t.Errorf("unknown tool: got the error %v, want one that names it", err)
	}
}

// TestTools checks the declarations: every tool is read-only, accepts a language, and declares
// its output.
func TestTools(t *testing.T) {
	c := connect(t, newServer(t, false, Options{}))
	if got := c.InitializeResult(); got.ServerInfo.Name != "k8sbot" || got.ServerInfo.Version != "v1.2.3" || !strings.Contains(got.Instructions, "explain_output") {
		t.Errorf("got %+v %q, want k8sbot v1.2.3 and instructions", got.ServerInfo, got.Instructions)
	}
	list, err := c.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range list.Tools {
		names = append(names, tool.Name)
		a := tool.Annotations
		if !a.ReadOnlyHint || *a.DestructiveHint || *a.OpenWorldHint || tool.Title == "" || tool.Description == "" {
			t.Errorf("%s: got %+v, want a title, a description, and annotations of a tool that only reads", tool.Name, a)
		}
		in, out := tool.InputSchema.(map[string]any), tool.OutputSchema.(map[string]any)
		lang, _ := in["properties"].(map[string]any)["lang"].(map[string]any)
		if enum, _ := lang["enum"].([]any); !slices.Equal(enum, []any{"en", "ja"}) || out["type"] != "object" {
			t.Errorf("%s: got lang %v and an output %v, want en or ja and an object", tool.Name, lang, out["type"])
		}
	}
	if want := []string{"compare_terms", "explain_output", "list_terms", "lookup_term", "search_terms"}; !slices.Equal(names, want) {
		t.Errorf("got the tools %v, want %v", names, want)
	}
}

// TestAllTerms lists all real terms, and looks up and reads those of a sample, half of them in each
// language. The SDK validates each result against the schema.
func TestAllTerms(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	s := newServer(t, true, Options{})
	c := connect(t, s)
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	listed := make(map[string]bool)
	for r, err := range c.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		listed[r.URI] = true
	}
	if want := g.Len() * len(glossary.Langs); len(listed) != want {
		t.Errorf("got %d resources, want %d", len(listed), want)
	}
	for i, term := range platformtest.Sample(t, g.All()) {
		l := glossary.Langs[i%len(glossary.Langs)]
		r := call(t, c, "lookup_term", map[string]any{"name": term.ID, "lang": l})
		var got lookupOutput
		data, _ := json.Marshal(r.StructuredContent)
		if err := json.Unmarshal(data, &got); err != nil || r.IsError || len(got.Terms) != 1 || got.Terms[0].ID != term.ID || got.Lang != l {
			t.Errorf("lookup_term %s %s: got %s, %v, want the term", term.ID, l, data, textOf(r))
			continue
		}
		uri := got.Terms[0].URI
		if !listed[uri] {
			t.Errorf("%s: not in the list of resources", uri)
		}
		read, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err != nil || len(read.Contents) != 1 || !strings.Contains(mark.Strip(read.Contents[0].Text), mark.Strip(term.Summary.Sentences(l)[0])) {
			t.Errorf("%s: got %+v, %v, want the summary", uri, read, err)
		}
	}
}

func TestResource(t *testing.T) {
	c := connect(t, newServer(t, false, Options{}))
	read, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "k8s-term://en/failing-widget"})
	if err != nil {
		t.Fatal(err)
	}
	platformtest.GoldenText(t, "testdata/golden/resource.md", read.Contents[0].Text+"\n")
	for _, uri := range []string{"k8s-term://en/pizza", "k8s-term://fr/widget", "k8s-term://en/", "k8s-term:///widget", "file:///etc/passwd"} {
		if read, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri}); err == nil {
			t.Errorf("%s: got %+v, want an error", uri, read.Contents[0])
		} else if strings.Contains(uri, "pizza") && !strings.Contains(err.Error(), "search_terms") {
			t.Errorf("%s: got the error %q, want it to say what to do", uri, err)
		}
	}
}

func TestPrompt(t *testing.T) {
	c := connect(t, newServer(t, false, Options{}))
	list, err := c.ListPrompts(t.Context(), nil)
	if err != nil || len(list.Prompts) != 1 {
		t.Fatalf("got %+v, %v, want one prompt", list, err)
	}
	get := func(args map[string]string) (string, error) {
		r, err := c.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: list.Prompts[0].Name, Arguments: args})
		if err != nil {
			return "", err
		}
		return r.Messages[0].Content.(*mcp.TextContent).Text, nil
	}
	const output = "web-1 0/1 WidgetFailing\n```` quoted"
	if text, err := get(map[string]string{"output": output}); err != nil || !strings.Contains(text, "What is wrong") || !strings.HasSuffix(text, "`````\n"+output+"\n`````\n") {
		t.Errorf("got %q, %v, want the English task and the output in a longer fence", text, err)
	}
	if text, err := get(map[string]string{"output": output, "lang": "ja"}); err != nil || !strings.Contains(text, "explain_outputに渡し") {
		t.Errorf("got %q, %v, want the Japanese task", text, err)
	}
	for _, args := range []map[string]string{nil, {"output": " \n"}, {"output": output, "lang": "fr"}} {
		if text, err := get(args); err == nil {
			t.Errorf("%v: got %q, want an error", args, text)
		}
	}
}

// TestPanic checks that a panic causes one logged error, and does not end the process.
func TestPanic(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, false, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	s.sdk.AddTool(&mcp.Tool{Name: "panics", InputSchema: map[string]any{"type": "object"}}, func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		panic("broken")
	})
	c := connect(t, s)
	if _, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "panics"}); err == nil || !strings.Contains(err.Error(), "internal error") {
		t.Errorf("got the error %v, want an internal error", err)
	}
	if !strings.Contains(log.String(), "request panicked") || !strings.Contains(log.String(), "broken") {
		t.Errorf("got the log %q, want the panic", log.String())
	}
	if r := call(t, c, "lookup_term", map[string]any{"name": "widget"}); r.IsError {
		t.Errorf("after the panic: got %s", textOf(r))
	}
}

// TestLimits checks that a long output is read only in part, and that the answer says so.
func TestLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	c := connect(t, newServer(t, true, Options{}))
	output := "NAME READY STATUS RESTARTS AGE\nweb-1 0/1 CrashLoopBackOff 5 3m\n" + strings.Repeat("x", 2<<20)
	r := call(t, c, "explain_output", map[string]any{"output": output, "lang": "en"})
	content, _ := r.StructuredContent.(map[string]any)
	if r.IsError || content["partial"] != true || !strings.Contains(textOf(r), "CrashLoopBackOff") {
		t.Errorf("got %v %.200s, want a partial answer", content["partial"], textOf(r))
	}
	r = call(t, c, "explain_output", map[string]any{"output": strings.Repeat("x", 2<<20), "lang": "en"})
	if !r.IsError || !strings.Contains(textOf(r), "the part of the text") {
		t.Errorf("got %.200s, want an error about the part", textOf(r))
	}
}

// TestLookUpTask checks that the result for a task has what to type, with the names in the
// question.
func TestLookUpTask(t *testing.T) {
	c := connect(t, newServer(t, true, Options{}))
	r := call(t, c, "lookup_term", map[string]any{"name": "restart deployment web in shop", "lang": "en"})
	out, err := json.Marshal(r.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"id":"restart-deployment"`, `"do":[{"effect":"changes","note":"Works for`, `"run":"kubectl rollout restart deployment/web -n shop"`, `"watch_out":"`} {
		if !strings.Contains(string(out), want) {
			t.Errorf("got %s, want %s in it", out, want)
		}
	}
}
