package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform/platformtest"
)

// TestCalls verifies how many times a call is made, depending on Discord's responses.
func TestCalls(t *testing.T) {
	const name = "POST /channels/300000000000000001/messages"
	tooMany := platformtest.AnswerWith(429, `{"message":"You are being rate limited.","retry_after":0.05,"global":false}`, "Retry-After: 1", "X-RateLimit-Scope: user")
	for what, tt := range map[string]struct {
		answers []func(http.ResponseWriter)
		calls   int
		code    string // in the error; "" for none
		least   time.Duration
	}{
		"success":                               {nil, 1, "", 0},
		"rate limited":                          {[]func(http.ResponseWriter){tooMany, tooMany}, 3, "", 100 * time.Millisecond},
		"rate limited too often":                {[]func(http.ResponseWriter){tooMany, tooMany, tooMany, tooMany}, 4, "429", 150 * time.Millisecond},
		"rate limited by a proxy, without JSON": {[]func(http.ResponseWriter){platformtest.AnswerWith(429, "slow down", "Retry-After: 0.05")}, 2, "", 50 * time.Millisecond},
		"down briefly":                          {[]func(http.ResponseWriter){platformtest.AnswerWith(502, "<html>"), platformtest.AnswerWith(503, "")}, 3, "", 0},
		"no permission":                         {[]func(http.ResponseWriter){platformtest.AnswerWith(403, `{"message":"Missing Permissions","code":50013}`)}, 1, "50013", 0},
		"unknown channel":                       {[]func(http.ResponseWriter){platformtest.AnswerWith(404, `{"message":"Unknown Channel","code":10003}`)}, 1, "10003", 0},
		"unknown interaction":                   {[]func(http.ResponseWriter){platformtest.AnswerWith(404, `{"message":"Unknown interaction","code":10062}`)}, 1, "10062", 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.fake.Prepare(name, tt.answers...)
			began := time.Now()
			_, err := h.adapter.api.call(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("300000000000000001"), map[string]any{"content": "x"})
			if (err == nil) != (tt.code == "") || err != nil && !strings.Contains(err.Error(), tt.code) {
				t.Errorf("got error %v, want %q", err, tt.code)
			}
			if n := h.fake.Count(name); n != tt.calls {
				t.Errorf("got %d calls, want %d", n, tt.calls)
			}
			if took := time.Since(began); took < tt.least {
				t.Errorf("got %v for the call, want at least %v", took, tt.least)
			}
			if metrics := platformtest.Scrape(h.metrics); tt.code != "" && !strings.Contains(metrics, `code="`+tt.code+`",method="POST /channels/:id/messages"`) {
				t.Errorf("metrics lack the error:\n%s", metrics)
			}
		})
	}
}

// TestLimits verifies that a rate limit delays its route, that a global one delays all routes,
// and that a call fails immediately if its deadline is before the limit ends.
func TestLimits(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	post := func(ctx context.Context, channel string) (time.Duration, error) {
		began := time.Now()
		_, err := h.adapter.api.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), map[string]any{})
		return time.Since(began), err
	}
	const a, b = "300000000000000001", "300000000000000002"
	h.fake.Prepare("POST /channels/"+a+"/messages", platformtest.AnswerWith(200, `{}`, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset-After: 1"))
	if _, err := post(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if took, err := post(t.Context(), b); err != nil || took > 500*time.Millisecond {
		t.Errorf("other channel: got %v, %v, want no wait", took, err)
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if took, err := post(short, a); asAPIError(err) == nil || asAPIError(err).retryAfter <= 0 || took > 500*time.Millisecond {
		t.Errorf("short deadline: got %v, %v, want an immediate error with a wait", took, err)
	}
	if took, err := post(t.Context(), a); err != nil || took < 300*time.Millisecond {
		t.Errorf("limited route: got %v, %v, want at least 300ms", took, err)
	}
	h.fake.Prepare("POST /channels/"+a+"/messages", platformtest.AnswerWith(429, `{"retry_after":1.5,"global":true}`, "X-RateLimit-Global: true"))
	first := make(chan error, 1)
	go func() { _, err := post(context.Background(), a); first <- err }()
	h.fake.Await("POST /channels/"+a+"/messages", 3)
	known := func() bool {
		h.adapter.api.limits.mu.Lock()
		defer h.adapter.api.limits.mu.Unlock()
		return !h.adapter.api.limits.global.IsZero()
	}
	for deadline := time.Now().Add(10 * time.Second); !known(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the global limit is not remembered")
		}
	}
	if took, err := post(t.Context(), b); err != nil || took < 500*time.Millisecond {
		t.Errorf("global limit: got %v, %v, want at least 500ms", took, err)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
}

// TestConcurrentCalls verifies that slow calls do not wait for each other, and that no rate
// limits remain afterwards.
func TestConcurrentCalls(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	const n = 20
	var arrived sync.WaitGroup
	arrived.Add(n)
	all := make(chan struct{})
	go func() { arrived.Wait(); close(all) }()
	var calls sync.WaitGroup
	for i := range n {
		token := fmt.Sprint("token", i)
		h.fake.Prepare("PATCH /webhooks/"+testApp+"/"+token+"/messages/@original", func(w http.ResponseWriter) {
			arrived.Done()
			select {
			case <-all:
			case <-time.After(10 * time.Second):
				t.Error("a call waits for another one")
			}
			platformtest.AnswerWith(200, "{}")(w)
		})
		calls.Go(func() {
			endpoint := discordgo.EndpointWebhookMessage(testApp, token, "@original")
			if _, err := h.adapter.api.call(t.Context(), http.MethodPatch, endpoint, map[string]any{}); err != nil {
				t.Error(err)
			}
		})
	}
	calls.Wait()
	if routes := len(h.adapter.api.limits.routes); routes > 0 {
		t.Errorf("got %d rate limits, want 0", routes)
	}
}

// TestUnreachable verifies that an error does not contain the URL, which contains a token.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := h.adapter.api.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(testApp, testInteractionToken, "@original"), map[string]any{})
	if err == nil || strings.Contains(err.Error(), testInteractionToken) {
		t.Errorf("got error %v, want one without the token", err)
	}
	if metrics := platformtest.Scrape(h.metrics); !strings.Contains(metrics, `method="PATCH /webhooks/:id/:token/messages/@original"`) {
		t.Errorf("metrics lack the error:\n%s", metrics)
	}
}
