package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
)

const testToken = "0123456789abcdef0123456789abcdef-secret"

// A bearer adds an Authorization header to each request.
type bearer struct{ authorization string }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if b.authorization != "" {
		r.Header.Set("Authorization", b.authorization)
	}
	return http.DefaultTransport.RoundTrip(r)
}

func serveHTTP(t *testing.T, s *Server) string {
	t.Helper()
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return server.URL
}

func connectHTTP(t *testing.T, url, authorization string) (*mcp.ClientSession, error) {
	t.Helper()
	return mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(),
		&mcp.StreamableClientTransport{Endpoint: url, HTTPClient: &http.Client{Transport: bearer{authorization}}, DisableStandaloneSSE: true, MaxRetries: -1}, nil)
}

// TestHTTP serves concurrent clients over HTTP.
func TestHTTP(t *testing.T) {
	url := serveHTTP(t, newServer(t, false, Options{Token: testToken}))
	var clients sync.WaitGroup
	for range 4 {
		clients.Go(func() {
			c, err := connectHTTP(t, url, "Bearer "+testToken)
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			for range 5 {
				r, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "lookup_term", Arguments: map[string]any{"name": "wd"}})
				if err != nil || r.IsError {
					t.Errorf("got %+v, %v, want the term", r, err)
				}
			}
		})
	}
	clients.Wait()
}

// TestToken checks that requests without the token are refused, and that no token is logged.
func TestToken(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, false, Options{Token: testToken, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	url := serveHTTP(t, s)
	const wrong = "fedcba9876543210fedcba9876543210-other"
	for _, authorization := range []string{"", "Bearer", "Bearer ", "Bearer " + wrong, "Basic " + testToken, testToken, "Bearer " + testToken + "x", "Bearer " + testToken[:32]} {
		if _, err := connectHTTP(t, url, authorization); err == nil {
			t.Errorf("Authorization %q: got a session", authorization)
		}
		status, header, body := post(t, url, authorization, `{}`)
		if status != http.StatusUnauthorized || header.Get("WWW-Authenticate") == "" || !strings.Contains(body, "MCP_TOKEN") {
			t.Errorf("Authorization %q: got %d %q, want 401 that names MCP_TOKEN", authorization, status, body)
		}
	}
	if status, _, body := post(t, url, "bearer  "+testToken, initialize); status != http.StatusOK {
		t.Errorf("the scheme in lower case: got %d %q, want 200", status, body)
	}
	for _, secret := range []string{testToken, wrong} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log contains the token %s", secret)
		}
	}
	if !strings.Contains(log.String(), "request refused") {
		t.Errorf("got the log %q, want the refusals", log.String())
	}
}

const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`

func post(t *testing.T, url, authorization, body string) (int, http.Header, string) {
	t.Helper()
	return postWith(t, url, authorization, body, http.Header{})
}

func postWith(t *testing.T, url, authorization, body string, header http.Header) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json, text/event-stream")
	resp, err := (&http.Client{Transport: bearer{authorization}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(data)
}

// TestNoToken checks that a server without a token refuses everyone.
func TestNoToken(t *testing.T) {
	url := serveHTTP(t, newServer(t, false, Options{}))
	for _, authorization := range []string{"", "Bearer", "Bearer "} {
		if status, _, body := post(t, url, authorization, initialize); status != http.StatusUnauthorized {
			t.Errorf("Authorization %q: got %d %q, want 401", authorization, status, body)
		}
	}
}

// TestHTTPLimits checks how the handler answers requests that are too large, malformed, or have
// a wrong method.
func TestHTTPLimits(t *testing.T) {
	url := serveHTTP(t, newServer(t, false, Options{Token: testToken}))
	for _, tt := range []struct {
		name, body string
		want       int
	}{
		{"too large", `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("x", maxMessage) + `"}`, http.StatusRequestEntityTooLarge},
		{"not JSON", "hello", http.StatusBadRequest},
		{"empty", "", http.StatusBadRequest},
		{"without a session", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lookup_term","arguments":{"name":"wd"}}}`, http.StatusOK},
	} {
		if status, _, body := post(t, url, "Bearer "+testToken, tt.body); status != tt.want {
			t.Errorf("%s: got %d %.200q, want %d", tt.name, status, body, tt.want)
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: bearer{"Bearer " + testToken}}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: got %s, want 405", resp.Status)
	}
}

// TestBusy checks that the handler answers 503 while maxRequests requests are in progress, and
// that it limits their time.
func TestBusy(t *testing.T) {
	started, goOn := make(chan bool, maxRequests), make(chan bool)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, limited := r.Context().Deadline(); !limited {
			t.Error("got a request without a deadline")
		}
		started <- true
		<-goOn
	})
	server := httptest.NewServer(gate(slow, Options{Token: testToken, Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)}))
	defer server.Close()
	var requests sync.WaitGroup
	for range maxRequests {
		requests.Go(func() { post(t, server.URL, "Bearer "+testToken, "") })
	}
	for range maxRequests {
		<-started
	}
	if status, header, _ := post(t, server.URL, "Bearer "+testToken, ""); status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
		t.Errorf("got %d, want 503 with Retry-After", status)
	}
	close(goOn)
	requests.Wait()
}

// TestSlackbot calls a tool as Slackbot does, with a signature instead of the token. Only
// results for Slackbot contain blocks.
func TestSlackbot(t *testing.T) {
	slackbot := &Slackbot{
		IsSigned: func(h http.Header) bool { return h.Get("X-Test-Signature") != "" },
		Read: func(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
			body, err := io.ReadAll(r.Body)
			if err != nil || r.Header.Get("X-Test-Signature") != "valid" {
				http.Error(w, "invalid signature", http.StatusUnauthorized)
				return nil, false
			}
			return body, true
		},
		Blocks: func(r reply.Reply) ([]byte, error) { return json.Marshal([]any{r.Kind}) },
	}
	const (
		toolsCall = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"lookup_term","arguments":{"name":"wd"}%s}}`
		asks      = `,"_meta":{"slack":{"user_id":"U1","team_id":"T1"}}`
	)
	with, without := serveHTTP(t, newServer(t, false, Options{Token: testToken, Slackbot: slackbot})), serveHTTP(t, newServer(t, false, Options{Token: testToken}))
	for _, tt := range []struct {
		name, url, token, signature, meta string
		status                            int
		blocks                            bool
	}{
		{"Slackbot", with, "", "valid", asks, 200, true},
		{"a forger", with, "", "forged", asks, 401, false},
		{"an agent", with, "Bearer " + testToken, "", "", 200, false},
		{"a wrong token with a signature", with, "Bearer x", "valid", asks, 401, false},
		{"nobody", with, "", "", asks, 401, false},
		{"Slackbot without a signing secret", without, "", "valid", asks, 401, false},
	} {
		body, header := fmt.Sprintf(toolsCall, tt.meta), http.Header{}
		if tt.signature != "" {
			header.Set("X-Test-Signature", tt.signature)
		}
		status, _, answer := postWith(t, tt.url, tt.token, body, header)
		if status != tt.status || strings.Contains(answer, `"blocks":["term"]`) != tt.blocks {
			t.Errorf("%s: got %d %s, want %d and blocks %t", tt.name, status, answer, tt.status, tt.blocks)
		}
	}
	_, _, list := post(t, with, "Bearer "+testToken, `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
	if n := strings.Count(list, `"_meta":{"slack":{"supportsBlockKit":true}}`); n != 5 {
		t.Errorf("got %d tools that support Block Kit, want 5", n)
	}
}

func TestCheckToken(t *testing.T) {
	for _, tt := range []struct{ token, want string }{
		{testToken, ""},
		{strings.Repeat("x", MinToken), ""},
		{"", "missing"},
		{strings.Repeat("x", MinToken-1), "31 characters"},
		{strings.Repeat("x ", MinToken), "spaces"},
		{strings.Repeat("ü", MinToken), "ASCII"},
	} {
		err := CheckToken(platform.Secret(tt.token))
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "openssl")) {
			t.Errorf("CheckToken(%q) = %v, want %q", tt.token, err, tt.want)
		}
		if err != nil && tt.token != "" && strings.Contains(err.Error(), tt.token) {
			t.Errorf("CheckToken(%q): the error contains the token", tt.token)
		}
	}
}

// TestRun serves a client on a pipe, and checks that Run returns when the client closes the
// pipe or the context is done.
func TestRun(t *testing.T) {
	s := newServer(t, false, Options{})
	for _, cancelled := range []bool{false, true} {
		fromClient, toServer := io.Pipe()
		fromServer, toClient := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx, fromClient, toClient) }()
		c, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(ctx, &mcp.IOTransport{Reader: fromServer, Writer: toServer}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := call(t, c, "lookup_term", map[string]any{"name": "wd"}); r.IsError {
			t.Error(textOf(r))
		}
		if cancelled {
			cancel()
			if err := <-ended; err != context.Canceled {
				t.Errorf("cancelled: got %v, want %v", err, context.Canceled)
			}
		} else {
			toServer.Close()
			if err := <-ended; err != nil {
				t.Errorf("closed by the client: got %v, want no error", err)
			}
		}
		cancel()
	}
}
