package main

import (
	"bytes"
	"context"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func lookUp(t *testing.T, c *mcp.ClientSession) {
	t.Helper()
	r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "lookup_term", Arguments: map[string]any{"name": "くらっしゅるーぷ", "lang": "en"}})
	if err != nil || r.IsError || !strings.Contains(r.Content[0].(*mcp.TextContent).Text, "CrashLoopBackOff") {
		t.Errorf("lookup_term: got %+v, %v, want CrashLoopBackOff", r, err)
	}
}

// TestMCP runs k8sbot mcp as an agent does, and checks that it ends when the agent
// disconnects. It also checks that a session writes only messages to standard output, and no
// warnings to standard error.
func TestMCP(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program(t), "mcp")
	var stderr bytes.Buffer
	cmd.Env, cmd.Stderr = []string{"LOG_LEVEL=info"}, &stderr
	c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &mcp.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	lookUp(t, c)
	if err := c.Close(); err != nil || stderr.Len() > 0 {
		t.Errorf("got %v and the log %q, want neither", err, stderr.String())
	}
}

// TestEndpointSettings checks that a bad setting is reported on standard error with status 2.
func TestEndpointSettings(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	for _, tt := range []struct {
		command string
		env     []string
		want    string
	}{
		{"serve", []string{"MCP_HTTP=true"}, "MCP_TOKEN: a token is missing"},
		{"serve", []string{"MCP_HTTP=true", "MCP_TOKEN=secret-but-short"}, "MCP_TOKEN: the token has only 16 characters"},
		{"serve", []string{"MCP_HTTP=yes, please"}, `MCP_HTTP: "yes, please" is not a boolean`},
		{"serve", []string{"MCP_TOKEN=0123456789abcdef0123456789abcdef"}, "no platform is set up"},
		{"mcp", []string{"DEFAULT_LANG=fr"}, "DEFAULT_LANG"},
		{"serve", []string{"PAGE=maybe"}, `PAGE: "maybe" is not a boolean`},
		{"serve", []string{"PAGE=true", "PUBLIC_URL=k8sbot.example.com"}, `PUBLIC_URL: invalid page address "k8sbot.example.com"`},
		{"serve", []string{"PAGE=true", "PUBLIC_URL=https://k8sbot.example.com/?x=1"}, "PUBLIC_URL: invalid page address"},
	} {
		cmd := exec.Command(program(t), tt.command)
		var stdout, stderr bytes.Buffer
		cmd.Env, cmd.Stdout, cmd.Stderr = tt.env, &stdout, &stderr
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != exitUsage || !strings.Contains(stderr.String(), tt.want) || stdout.Len() > 0 {
			t.Errorf("%s with %v: got status %d, %q, want %d and %q", tt.command, tt.env, got, stderr.String(), exitUsage, tt.want)
		}
		if strings.Contains(stderr.String(), "secret-but-short") {
			t.Errorf("%s with %v: the error contains the token", tt.command, tt.env)
		}
	}
}

// TestServeMCP runs the program only for agents, without a platform, and sends it requests
// over HTTP.
func TestServeMCP(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	const token = "0123456789abcdef0123456789abcdef-secret"
	addr := freeAddr(t)
	p := start(t, "serve", "MCP_HTTP=true", "MCP_TOKEN="+token, "HTTP_ADDR="+addr, "METRICS_ADDR="+addr, "LOG_LEVEL=debug",
		"DATABASE_URL="+filepath.Join(t.TempDir(), "k8sbot.db"))
	p.await("k8sbot started")
	client := func(token string) (*mcp.ClientSession, error) {
		return mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), &mcp.StreamableClientTransport{
			Endpoint: "http://" + addr + "/mcp", HTTPClient: &http.Client{Transport: bearer(token)}, MaxRetries: -1,
		}, nil)
	}
	if _, err := client("wrong-" + token); err == nil {
		t.Error("with a wrong token: got a session")
	}
	c, err := client(token)
	if err != nil {
		t.Fatalf("%v; log:\n%s", err, p.log())
	}
	lookUp(t, c)
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if status, body := get(addr + "/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: got %d %s, want 200", status, body)
	}
	if status, _ := get(addr + "/"); status != http.StatusNotFound {
		t.Errorf("the page without PAGE: got status %d, want 404", status)
	}
	_, metrics := get(addr + "/metrics")
	for _, want := range []string{`k8sbot_questions_total{how="folded",kind="term",platform="mcp",surface="tool"} 1`, `k8sbot_refused_requests_total{platform="mcp",reason="token"}`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics do not contain %s", want)
		}
	}
	if err := p.stop(); err != nil {
		t.Errorf("after SIGTERM: got %v, want no error; log:\n%s", err, p.log())
	}
	if strings.Contains(p.log(), token) {
		t.Errorf("the log contains the token:\n%s", p.log())
	}
}

// bearer sends a token with each request.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

// TestServePage runs the program with the page, but without the endpoint for agents.
func TestServePage(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	addr := freeAddr(t)
	p := start(t, "serve", "PAGE=true", "HTTP_ADDR="+addr, "DATABASE_URL="+filepath.Join(t.TempDir(), "k8sbot.db"))
	p.await("k8sbot started")
	if status, body := get(addr + "/"); status != http.StatusOK || !strings.HasPrefix(body, "<!doctype html>") || !strings.Contains(body, `"id":"crashloopbackoff"`) {
		t.Errorf("/: got %d %.100s, want the page", status, body)
	}
	for _, path := range []string{"/mcp", "/index.html", "/favicon.ico"} {
		if status, _ := get(addr + path); status != http.StatusNotFound {
			t.Errorf("%s: got status %d, want 404", path, status)
		}
	}
	if err := p.stop(); err != nil {
		t.Errorf("after SIGTERM: got %v, want no error; log:\n%s", err, p.log())
	}
}
