package discord

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/discord/gateway/gatewaytest"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/tenant"
	"k8sbot/bot/tenant/tenanttest"
)

// TestBrokenEvents verifies that events with invalid data end neither the connection nor
// the process.
func TestBrokenEvents(t *testing.T) {
	t.Parallel()
	h := newHarness(t, nil)
	s := h.connect()
	for _, event := range []string{
		"GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_CREATE", "THREAD_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE",
		"INTERACTION_CREATE", "VOICE_STATE_UPDATE", "OF_THE_FUTURE",
	} {
		for _, data := range []string{
			`null`, `[]`, `{}`, `7`, `{"id":7}`, `{"id":"7","channels":[null],"members":[null]}`, `{"id":"7","type":99,"token":"t"}`,
			`{"id":"8","type":2,"token":"t","data":null,"member":null}`, `{"id":"9","type":2,"token":"t","data":{"type":3,"target_id":"1"}}`,
			`{"id":"10","type":5,"token":"t","data":{"components":[{"type":18,"component":{"type":19}}]}}`,
		} {
			s.Dispatch(event, []byte(data))
		}
	}
	s.Dispatch("MESSAGE_CREATE", h.payload("direct"))
	h.fake.Await("POST /channels/300000000000000005/messages", 1)
	if h.fake.Pending() > 0 {
		t.Error("the connection was lost")
	}
	if n := h.fake.Count("POST /interactions/7/t/callback"); n != 0 {
		t.Errorf("got %d responses to an interaction of an unknown type, want 0", n)
	}
}

// TestGateway verifies the intents, the token and the shards in identify.
func TestGateway(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(o *Options) { o.Shards = 2 })
	h.run()
	shards := make(map[[2]int]bool)
	for range 2 {
		var hello struct {
			Shard   [2]int `json:"shard"`
			Intents int    `json:"intents"`
			Token   string `json:"token"`
		}
		if err := json.Unmarshal(h.fake.Accept().AwaitOp(2), &hello); err != nil {
			t.Fatal(err)
		}
		if hello.Intents != 4609 || hello.Token != "Bot "+testBotToken {
			t.Errorf("got identify %+v, want intents 4609 and the bot token", hello)
		}
		shards[hello.Shard] = true
	}
	if !shards[[2]int{0, 2}] || !shards[[2]int{1, 2}] {
		t.Errorf("got shards %v, want 0 and 1 of 2", shards)
	}
	h.awaitReady(true)
}

// heldElsewhere implements Leases that another replica holds.
type heldElsewhere struct{}

func (heldElsewhere) Acquire(context.Context, string, string, time.Duration) (bool, error) {
	return false, nil
}
func (heldElsewhere) Release(context.Context, string, string) error { return nil }

// TestLeases verifies that the adapter is ready, and does not connect, if other replicas
// hold all shards.
func TestLeases(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(o *Options) { o.Leases, o.Owner = heldElsewhere{}, "second" })
	h.run()
	h.awaitReady(true)
	time.Sleep(4 * h.adapter.timings.Renew)
	if h.fake.Pending() > 0 {
		t.Error("adapter connected a shard of another replica")
	}
}

// noStore implements Leases in a store that is down.
type noStore struct{}

func (noStore) Acquire(context.Context, string, string, time.Duration) (bool, error) {
	return false, errors.New("database is down")
}
func (noStore) Release(context.Context, string, string) error { return errors.New("database is down") }

// TestBothConnected verifies that people see only one answer to a mention that two replicas
// receive. Both are connected because the store of the leases is down.
func TestBothConnected(t *testing.T) {
	t.Parallel()
	first := newHarness(t, func(o *Options) { o.Leases, o.Owner = noStore{}, "first" })
	second := newHarness(t, func(o *Options) { o.Leases, o.Owner, o.APIURL = noStore{}, "second", first.fake.url() })
	first.fake.history = new(history)
	replicas := []*harness{first, second}
	var stops []func() error
	for _, h := range replicas {
		stops = append(stops, h.run())
	}
	sockets := []*gatewaytest.Socket{first.fake.Accept(), first.fake.Accept()}
	for _, s := range sockets {
		s.AwaitOp(2)
	}
	for _, h := range replicas {
		h.awaitReady(true)
	}
	for _, s := range sockets {
		s.Dispatch("MESSAGE_CREATE", first.payload("mention"))
	}
	const channel = "300000000000000001"
	first.fake.Await("POST /channels/"+channel+"/messages", 2)
	for _, stop := range stops { // after responses to their posts
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
	if n := first.fake.history.length(channel); n != 1 {
		t.Errorf("two replicas posted, and people see %d answers, want 1", n)
	}
}

// TestRefused verifies that Run returns immediately if Discord rejects the token, with an
// error that says what to do.
func TestRefused(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func(*fake){
		"gateway": func(f *fake) {
			f.Greet(func(s *gatewaytest.Socket, _ int, _ json.RawMessage) { s.Close(4004) })
		},
		"API": func(f *fake) {
			f.Prepare("GET /gateway/bot", platformtest.AnswerWith(401, `{"message":"401: Unauthorized","code":0}`))
		},
	} {
		h := newHarness(t, nil)
		refuse(h.fake)
		err := h.adapter.Run(context.Background())
		if err == nil || !strings.Contains(err.Error(), "DISCORD_BOT_TOKEN") {
			t.Errorf("%s: got error %v, want one with DISCORD_BOT_TOKEN", name, err)
		}
		if n := h.fake.Count("GET /gateway/bot"); n != 1 {
			t.Errorf("%s: got %d calls of GET /gateway/bot, want 1", name, n)
		}
		if ready, _ := h.metrics.Ready(); ready {
			t.Errorf("%s: adapter is ready after Run has returned", name)
		}
	}
}

// TestServerLeaves sends gateway events in which a server removes the bot and adds it again.
func TestServerLeaves(t *testing.T) {
	t.Parallel()
	store := new(tenanttest.Memory)
	h := newHarness(t, func(o *Options) { o.Departures = store })
	s := h.connect()
	await := func(want int) {
		t.Helper()
		var got []tenant.Departure
		for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			var err error
			if got, err = store.Departures(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(got) == want {
				return
			}
		}
		t.Fatalf("got departures %v, want %d", got, want)
	}
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000001","preferred_locale":"ja"}`))
	s.Dispatch("GUILD_DELETE", []byte(`{"id":"200000000000000002","unavailable":true}`))
	s.Dispatch("GUILD_DELETE", []byte(`{"id":"200000000000000001"}`))
	await(1)
	s.Dispatch("GUILD_CREATE", []byte(`{"id":"200000000000000001"}`))
	await(0)
}
