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

// TestCalls holds how often a call is made, by what Discord answers.
func TestCalls(t *testing.T) {
	const name = "POST /channels/300000000000000001/messages"
	tooMany := platformtest.AnswerWith(429, `{"message":"You are being rate limited.","retry_after":0.05,"global":false}`, "Retry-After: 1", "X-RateLimit-Scope: user")
	for what, tt := range map[string]struct {
		answers []func(http.ResponseWriter)
		calls   int
		code    string // in the error; "" for none
		least   time.Duration
	}{
		"well":                               {nil, 1, "", 0},
		"limited":                            {[]func(http.ResponseWriter){tooMany, tooMany}, 3, "", 100 * time.Millisecond},
		"too limited":                        {[]func(http.ResponseWriter){tooMany, tooMany, tooMany, tooMany}, 4, "429", 150 * time.Millisecond},
		"limited by a proxy, without a body": {[]func(http.ResponseWriter){platformtest.AnswerWith(429, "slow down", "Retry-After: 0.05")}, 2, "", 50 * time.Millisecond},
		"down for a moment":                  {[]func(http.ResponseWriter){platformtest.AnswerWith(502, "<html>"), platformtest.AnswerWith(503, "")}, 3, "", 0},
		"no permission":                      {[]func(http.ResponseWriter){platformtest.AnswerWith(403, `{"message":"Missing Permissions","code":50013}`)}, 1, "50013", 0},
		"unknown":                            {[]func(http.ResponseWriter){platformtest.AnswerWith(404, `{"message":"Unknown Channel","code":10003}`)}, 1, "10003", 0},
		"late":                               {[]func(http.ResponseWriter){platformtest.AnswerWith(404, `{"message":"Unknown interaction","code":10062}`)}, 1, "10062", 0},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.fake.Prepare(name, tt.answers...)
			began := time.Now()
			_, err := h.adapter.api.call(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("300000000000000001"), map[string]any{"content": "x"})
			if (err == nil) != (tt.code == "") || err != nil && !strings.Contains(err.Error(), tt.code) {
				t.Errorf("the error is %v, want %q", err, tt.code)
			}
			if n := h.fake.Count(name); n != tt.calls {
				t.Errorf("there were %d calls, want %d", n, tt.calls)
			}
			if took := time.Since(began); took < tt.least {
				t.Errorf("the call took %v, want at least %v", took, tt.least)
			}
			if metrics := platformtest.Scrape(h.metrics); tt.code != "" && !strings.Contains(metrics, `code="`+tt.code+`",method="POST /channels/:id/messages"`) {
				t.Errorf("the metrics do not count it:\n%s", metrics)
			}
		})
	}
}

// TestLimits holds that a limit stops the route that it is of, and a global one
// all; and that a call whose own end comes first does not wait for it.
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
		t.Errorf("another channel waits %v, %v", took, err)
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if took, err := post(short, a); asAPIError(err) == nil || asAPIError(err).retryAfter <= 0 || took > 500*time.Millisecond {
		t.Errorf("a call without time waits %v, %v", took, err)
	}
	if took, err := post(t.Context(), a); err != nil || took < 300*time.Millisecond {
		t.Errorf("the route waits only %v, %v", took, err)
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
			t.Fatal("the answer has not arrived")
		}
	}
	if took, err := post(t.Context(), b); err != nil || took < 500*time.Millisecond {
		t.Errorf("a global limit is waited for only %v, %v", took, err)
	}
	if err := <-first; err != nil {
		t.Error(err)
	}
}

// TestConcurrentCalls holds that answers that come late do not wait for one another, and
// that none leaves anything behind.
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
				t.Error("an answer waits for another")
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
		t.Errorf("%d rate limits are kept", routes)
	}
}

// TestUnreachable holds that no error tells a token that stands in an address.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	h.fake.server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := h.adapter.api.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(testApp, testInteractionToken, "@original"), map[string]any{})
	if err == nil || strings.Contains(err.Error(), testInteractionToken) {
		t.Errorf("the error is %v", err)
	}
	if metrics := platformtest.Scrape(h.metrics); !strings.Contains(metrics, `method="PATCH /webhooks/:id/:token/messages/@original"`) {
		t.Error("the metrics do not count it")
	}
}
