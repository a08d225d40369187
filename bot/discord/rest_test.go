package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/discord/gateway"
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
			r := newRig(t, nil)
			r.fake.Prepare(name, tt.answers...)
			began := time.Now()
			_, err := r.adapter.api.call(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("300000000000000001"), map[string]any{"content": "x"})
			if (err == nil) != (tt.code == "") || err != nil && !strings.Contains(err.Error(), tt.code) {
				t.Errorf("the error is %v, want %q", err, tt.code)
			}
			if n := r.fake.Count(name); n != tt.calls {
				t.Errorf("there were %d calls, want %d", n, tt.calls)
			}
			if took := time.Since(began); took < tt.least {
				t.Errorf("the call took %v, want at least %v", took, tt.least)
			}
			if metrics := platformtest.Scrape(r.metrics); tt.code != "" && !strings.Contains(metrics, `code="`+tt.code+`",method="POST /channels/:id/messages"`) {
				t.Errorf("the metrics do not count it:\n%s", metrics)
			}
		})
	}
}

// TestLimits holds that a limit stops the route that it is of, and a global one
// all; and that a call whose own end comes first does not wait for it.
func TestLimits(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	post := func(ctx context.Context, channel string) (time.Duration, error) {
		began := time.Now()
		_, err := r.adapter.api.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), map[string]any{})
		return time.Since(began), err
	}
	const a, b = "300000000000000001", "300000000000000002"
	r.fake.Prepare("POST /channels/"+a+"/messages", platformtest.AnswerWith(200, `{}`, "X-RateLimit-Remaining: 0", "X-RateLimit-Reset-After: 1"))
	if _, err := post(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if took, err := post(t.Context(), b); err != nil || took > 500*time.Millisecond {
		t.Errorf("another channel waits %v, %v", took, err)
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if took, err := post(short, a); refusal(err) == nil || refusal(err).after <= 0 || took > 500*time.Millisecond {
		t.Errorf("a call without time waits %v, %v", took, err)
	}
	if took, err := post(t.Context(), a); err != nil || took < 300*time.Millisecond {
		t.Errorf("the route waits only %v, %v", took, err)
	}
	r.fake.Prepare("POST /channels/"+a+"/messages", platformtest.AnswerWith(429, `{"retry_after":1.5,"global":true}`, "X-RateLimit-Global: true"))
	first := make(chan error, 1)
	go func() { _, err := post(context.Background(), a); first <- err }()
	r.fake.Await("POST /channels/"+a+"/messages", 3)
	known := func() bool {
		r.adapter.api.limits.mu.Lock()
		defer r.adapter.api.limits.mu.Unlock()
		return !r.adapter.api.limits.global.IsZero()
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

// TestSideBySide holds that answers that come late do not wait for one another, and
// that none leaves anything behind.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	const n = 20
	var arrived sync.WaitGroup
	arrived.Add(n)
	all := make(chan struct{})
	go func() { arrived.Wait(); close(all) }()
	var calls sync.WaitGroup
	for i := range n {
		token := fmt.Sprint("token", i)
		r.fake.Prepare("PATCH /webhooks/"+testApp+"/"+token+"/messages/@original", func(w http.ResponseWriter) {
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
			if _, err := r.adapter.api.call(t.Context(), http.MethodPatch, endpoint, map[string]any{}); err != nil {
				t.Error(err)
			}
		})
	}
	calls.Wait()
	if routes := len(r.adapter.api.limits.routes); routes > 0 {
		t.Errorf("%d rate limits are kept", routes)
	}
}

// TestUnreachable holds that no error tells a token that stands in an address.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	r.fake.server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, err := r.adapter.api.call(ctx, http.MethodPatch, discordgo.EndpointWebhookMessage(testApp, testInteractionToken, "@original"), map[string]any{})
	if err == nil || strings.Contains(err.Error(), testInteractionToken) {
		t.Errorf("the error is %v", err)
	}
	if metrics := platformtest.Scrape(r.metrics); !strings.Contains(metrics, `method="PATCH /webhooks/:id/:token/messages/@original"`) {
		t.Error("the metrics do not count it")
	}
}

// TestCallbackRefused holds that an interaction that is answered already, or that
// Discord no longer knows, is left at that.
func TestCallbackRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	s := r.connect()
	for i, answer := range []string{`{"message":"Unknown interaction","code":10062}`, `{"message":"Interaction has already been acknowledged.","code":40060}`} {
		body := strings.ReplaceAll(string(r.payload("command_term")), `"id": "700000000000000001"`, `"id": "71000000000000000`+string(rune('1'+i))+`"`)
		var in interaction
		if err := json.Unmarshal([]byte(body), &in); err != nil {
			t.Fatal(err)
		}
		name := "POST /interactions/" + in.ID + "/" + in.Token + "/callback"
		r.fake.Prepare(name, platformtest.AnswerWith(400, answer))
		s.Dispatch("INTERACTION_CREATE", []byte(body))
		r.fake.Await(name, 1)
		s.Dispatch("MESSAGE_CREATE", []byte(strings.ReplaceAll(string(r.payload("direct")), "400000000000000005", "40000000000000010"+string(rune('1'+i)))))
		r.fake.Await("POST /channels/300000000000000005/messages", i+1)
		if n := r.fake.Count(name); n != 1 {
			t.Errorf("an interaction that is refused is answered %d times", n)
		}
		if n := r.fake.Count("PATCH /webhooks/" + testApp + "/" + testInteractionToken + "/messages/@original"); n != 0 {
			t.Error("what was refused is sent in another way")
		}
	} // The one is what the operator must know; the other is as it should be.
	const failure = "was not answered"
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(r.logged.String(), failure) && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if n := strings.Count(r.logged.String(), failure); n != 1 {
		t.Errorf("%d errors are logged: %s", n, r.logged)
	}
}

// TestRegister holds that commands are registered where they differ, and only
// there.
func TestRegister(t *testing.T) {
	t.Parallel()
	const get, put = "GET /applications/" + testApp + "/commands", "PUT /applications/" + testApp + "/commands"
	r := newRig(t, nil)
	changed, err := r.adapter.registerOnce(t.Context(), testApp)
	if err != nil || !changed || r.fake.Count(put) != 1 {
		t.Fatalf("registered: %v, %v", changed, err)
	}
	var sent any
	raw := r.fake.Await(put, 1).Raw
	if err := json.Unmarshal(raw, &sent); err != nil {
		t.Fatal(err)
	}
	platformtest.Golden(t, "commands", sent)
	validate(t, schemaCommands, raw)
	if strings.Contains(string(raw), "null") {
		t.Error("a null is sent")
	}
	// Discord adds what it knows of each command, and may order them otherwise.
	var kept []map[string]any
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	for i, c := range kept {
		c["id"], c["version"], c["nsfw"], c["default_member_permissions"] = i, "1", false, nil
		if c["description"] == nil {
			c["description"], c["description_localizations"] = "", nil
		}
		c["integration_types"], c["contexts"] = []int{1, 0}, []int{2, 1, 0}
	}
	kept[0], kept[1] = kept[1], kept[0]
	if r.fake.commands, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	if changed, err = r.adapter.registerOnce(t.Context(), testApp); err != nil || changed || r.fake.Count(put) != 1 {
		t.Errorf("registered again: %v, %v", changed, err)
	}
	kept[1]["description"] = "an older one"
	if r.fake.commands, err = json.Marshal(kept); err != nil {
		t.Fatal(err)
	}
	if changed, err = r.adapter.registerOnce(t.Context(), testApp); err != nil || !changed || r.fake.Count(put) != 2 {
		t.Errorf("a change is not registered: %v, %v", changed, err)
	}
	if n := r.fake.Count(get); n != 3 {
		t.Errorf("the commands were read %d times", n)
	}
	r.fake.Prepare(get, platformtest.AnswerWith(401, `{"message":"401: Unauthorized"}`))
	if _, err := r.adapter.registerOnce(t.Context(), testApp); !errors.Is(err, gateway.ErrToken) {
		t.Errorf("a refused token is reported as %v", err)
	}
}

// TestCommandLimits holds what Discord allows of commands.
func TestCommandLimits(t *testing.T) {
	for _, c := range commands() {
		total := 0
		count := func(name string, names map[string]string, description string, descriptions map[string]string) {
			for _, n := range append([]string{name}, names["ja"]) {
				if len([]rune(n)) > maxName {
					t.Errorf("the name %q is too long", n)
				}
			}
			for _, d := range []string{description, descriptions["ja"]} {
				if len([]rune(d)) > maxCommandText {
					t.Errorf("the description %q is too long", d)
				}
			}
			total += max(len([]rune(name)), len([]rune(names["ja"]))) + max(len([]rune(description)), len([]rune(descriptions["ja"])))
		}
		var options func(list []appOption)
		options = func(list []appOption) {
			if len(list) > 25 {
				t.Errorf("%d options", len(list))
			}
			optional := false
			for _, o := range list {
				count(o.Name, o.Names, o.Description, o.Descriptions)
				if o.Description == "" || o.Descriptions["ja"] == "" || o.Names["ja"] == "" {
					t.Errorf("the option %s is not in both languages", o.Name)
				}
				if o.Required && optional {
					t.Errorf("the option %s is required behind one that is not", o.Name)
				}
				optional = optional || !o.Required
				if len(o.Choices) > maxChoices {
					t.Errorf("%d choices", len(o.Choices))
				}
				for _, choice := range o.Choices {
					total += len([]rune(choice.Name)) + len(choice.Value)
				}
				options(o.Options)
			}
		}
		count(c.Name, c.Names, c.Description, c.Descriptions)
		options(c.Options)
		if total > maxCommand {
			t.Errorf("%s has %d characters", c.Name, total)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range platformtest.Hostile {
		f.Add(s)
	}
	f.Add("1. list\n- item\n# head\n-# small\n> quote")
	f.Fuzz(func(t *testing.T, text string) {
		got := escape(text)
		if live := liveMarkup.FindString(escapedAny.ReplaceAllString(got, "x")); live != "" {
			t.Errorf("%q is live in %q, of %q", live, got, text)
		}
		if n := strings.Count(codeBlock(text), "`"); n != 6 {
			t.Errorf("a code block of %q has %d backticks", text, n)
		}
	})
}

func FuzzPlain(f *testing.F) {
	f.Add("<@!100000000000000001> what is a <:pod:123> <#1> </k8s term:1> <t:1:R>")
	f.Add("```text\nNAME READY\n```")
	f.Fuzz(func(t *testing.T, text string) {
		if got := plain(text); strings.Contains(got, "```") || entity.MatchString(got) && !entity.MatchString(strings.ReplaceAll(text, "`", "")) {
			t.Errorf("plain(%q) = %q", text, got)
		}
	})
}
