package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// A world stands in for Slack and Discord, as far as several replicas tell each
// other apart there.
type world struct {
	t      *testing.T
	server *httptest.Server

	mu      sync.Mutex
	slack   map[string]int            // messages by channel
	discord map[string]map[string]int // nonces by channel
	shards  map[string]int            // connections to the gateway that are open, by shard
	most    int                       // of one shard at a time
	left    map[string]time.Time      // when a shard's connection was lost last
	away    []time.Duration           // how long shards were without one
	joined  chan string
}

func newWorld(t *testing.T) *world {
	w := &world{
		t: t, slack: make(map[string]int), discord: make(map[string]map[string]int), shards: make(map[string]int),
		left: make(map[string]time.Time), joined: make(chan string, 100),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/slack/", w.serveSlack)
	mux.HandleFunc("/discord/", w.serveDiscord)
	mux.HandleFunc("/gateway/", w.serveGateway)
	w.server = httptest.NewServer(mux)
	t.Cleanup(w.server.Close)
	return w
}

// answerTime is how long a platform takes to answer a post, in which a replica may
// die.
const answerTime = 100 * time.Millisecond

func (w *world) serveSlack(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "application/json")
	if strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		channel := r.FormValue("channel")
		w.mu.Lock()
		w.slack[channel]++
		w.mu.Unlock()
		time.Sleep(answerTime)
		fmt.Fprintf(rw, `{"ok":true,"channel":%q,"ts":"1600000000.000001"}`, channel)
		return
	}
	fmt.Fprint(rw, `{"ok":true,"user_id":"U0","team_id":"T1","user":{"id":"U1","locale":"en-US"}}`)
}

func (w *world) serveDiscord(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "application/json")
	path := strings.TrimPrefix(r.URL.Path, "/discord/v9")
	address := "ws" + strings.TrimPrefix(w.server.URL, "http") + "/gateway"
	switch {
	case path == "/gateway":
		fmt.Fprintf(rw, `{"url":%q}`, address)
	case path == "/gateway/bot":
		fmt.Fprintf(rw, `{"url":%q,"shards":2,"session_start_limit":{"total":1000,"remaining":900,"reset_after":1,"max_concurrency":16}}`, address)
	case strings.HasSuffix(path, "/commands"):
		fmt.Fprint(rw, `[]`)
	case strings.HasSuffix(path, "/messages"):
		var m struct {
			Nonce string `json:"nonce"`
		}
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &m); err != nil || m.Nonce == "" {
			w.t.Errorf("a message without a nonce: %s", body)
		}
		channel := strings.Split(path, "/")[2]
		w.mu.Lock()
		if w.discord[channel] == nil {
			w.discord[channel] = make(map[string]int)
		}
		w.discord[channel][m.Nonce]++
		w.mu.Unlock()
		time.Sleep(answerTime)
		fmt.Fprint(rw, `{"id":"900000000000000001"}`)
	default:
		fmt.Fprint(rw, `{}`)
	}
}

func (w *world) serveGateway(rw http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{}
	conn, err := upgrader.Upgrade(rw, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	_ = conn.WriteJSON(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": 41250}})
	shard := ""
	for {
		var op struct {
			Op   int `json:"op"`
			Data struct {
				Shard [2]int `json:"shard"`
			} `json:"d"`
		}
		var raw json.RawMessage
		if err := conn.ReadJSON(&raw); err != nil {
			break
		}
		if json.Unmarshal(raw, &op) != nil || op.Op != 2 {
			continue // a heartbeat's data is a number
		}
		shard = fmt.Sprint(op.Data.Shard)
		w.mu.Lock()
		w.shards[shard]++
		w.most = max(w.most, w.shards[shard])
		if left, ok := w.left[shard]; ok {
			w.away = append(w.away, time.Since(left))
		}
		w.mu.Unlock()
		w.joined <- shard
		_ = conn.WriteJSON(map[string]any{"op": 0, "s": 1, "t": "READY", "d": map[string]any{
			"session_id": "s", "user": map[string]any{"id": "1"}, "application": map[string]any{"id": "100000000000000002"},
		}})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if shard != "" {
		w.shards[shard]--
		w.left[shard] = time.Now()
	}
}

// TestReplicas runs three replicas on one database, kills one after the other in
// the minute in which daily terms are posted, and starts others: each channel gets
// its term at most once on Slack, and exactly once on Discord; and each shard of the
// gateway is connected once, and taken over by another replica.
func TestReplicas(t *testing.T) {
	t.Parallel()
	for name, newDatabase := range map[string]func(testing.TB) string{
		"sqlite":   func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "k8sbot.db") },
		"postgres": storetest.NewSchema,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testReplicas(t, newDatabase(t))
		})
	}
}

func testReplicas(t *testing.T, dsn string) {
	const channels = 120 // half of them on Slack
	w := newWorld(t)
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const signing = "signing-test-secret"
	var addrs []string
	replica := func() *process {
		addr := freeAddr(t)
		addrs = append(addrs, addr)
		p := start(t, "serve",
			"SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+signing, "SLACK_API_URL="+w.server.URL+"/slack/",
			"DISCORD_BOT_TOKEN=test", "DISCORD_APPLICATION_ID=100000000000000002", "DISCORD_API_URL="+w.server.URL+"/discord/",
			"HTTP_ADDR="+addr, "DATABASE_URL="+dsn)
		p.await("k8sbot serves")
		return p
	}
	replicas := []*process{replica(), replica(), replica()}

	// What somebody tells one replica, the others know.
	slackCommand(t, addrs[0], signing, "lang ja", 1)
	for i, addr := range addrs[1:] {
		// An answer waits for the store only for a moment, which a busy machine may
		// let pass; then the store is left alone for five seconds.
		answer := ""
		for try := range 100 {
			if answer = slackCommand(t, addr, signing, "pod", 100*try+2+i); strings.Contains(answer, "リソースの種類") {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if !strings.Contains(answer, "リソースの種類") {
			t.Errorf("another replica answers %.300s", answer)
		}
	}
	for range 2 {
		w.awaitShard()
	}

	at := time.Now().Add(time.Second)
	for i := range channels {
		s := bot.Schedule{
			Channel: bot.Channel{Platform: "slack", Tenant: fmt.Sprint("T", i%8), ID: fmt.Sprint("C", i)},
			Spec:    schedule.Spec{Zone: "UTC", Days: schedule.EveryDay}, Lang: glossary.English, Next: at,
		}
		if i%2 == 1 {
			s.Channel = bot.Channel{Platform: "discord", Tenant: fmt.Sprint(i % 8), ID: fmt.Sprint(300000000000000000 + i)}
		}
		if err := db.PutSchedule(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	// One dies every second, while posts are under way, and another comes.
	for i := range 4 {
		time.Sleep(time.Until(at) + time.Duration(i)*time.Second + 300*time.Millisecond)
		replicas[0].kill()
		replicas = append(replicas[1:], replica())
	}

	// The last lease of who died is over after half a minute.
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	states := make(map[bot.DeliveryState]int)
	for open := 1; open > 0; time.Sleep(200 * time.Millisecond) {
		open, states = 0, make(map[bot.DeliveryState]int)
		for i := range channels {
			c := bot.Channel{Platform: "slack", Tenant: fmt.Sprint("T", i%8), ID: fmt.Sprint("C", i)}
			if i%2 == 1 {
				c = bot.Channel{Platform: "discord", Tenant: fmt.Sprint(i % 8), ID: fmt.Sprint(300000000000000000 + i)}
			}
			got, err := db.Deliveries(ctx, c, 10)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) > 1 {
				t.Fatalf("%v has %d deliveries", c, len(got))
			}
			if len(got) == 0 || got[0].State == bot.Planned || got[0].State == bot.Sending {
				open++
				continue
			}
			states[got[0].State]++
		}
	}
	t.Logf("the deliveries ended as %v", states)
	w.mu.Lock()
	for c, n := range w.slack {
		if n != 1 {
			t.Errorf("the channel %s got %d messages", c, n)
		}
	}
	if missing := channels/2 - len(w.slack); missing > states[bot.Unclear] {
		t.Errorf("%d channels of Slack got nothing, and %d deliveries are unclear", missing, states[bot.Unclear])
	}
	if len(w.discord) != channels/2 {
		t.Errorf("%d channels of Discord got a message, want %d", len(w.discord), channels/2)
	}
	for c, nonces := range w.discord {
		if len(nonces) != 1 {
			t.Errorf("the channel %s got messages with the nonces %v", c, nonces)
		}
	}
	most := w.most
	for shard, n := range w.shards {
		if n > 1 {
			t.Errorf("the shard %s is connected %d times", shard, n)
		}
	}
	w.mu.Unlock()
	if most > 1 {
		t.Errorf("a shard was connected %d times at once", most)
	}
	// Whoever held the shards is dead: both were taken over.
	for range 2 {
		w.awaitShard()
	}
	w.mu.Lock()
	t.Logf("shards were without a connection for %v", w.away)
	for _, away := range w.away {
		if away > takeOver {
			t.Errorf("a shard was without a connection for %v", away)
		}
	}
	w.mu.Unlock()
	for _, p := range replicas {
		if err := p.stop(); err != nil {
			t.Errorf("a replica ends with %v; log:\n%s", err, p.log())
		}
	}
}

// takeOver is how soon a shard is connected again whose replica has died.
const takeOver = 30 * time.Second

// awaitShard waits until a shard is connected.
func (w *world) awaitShard() {
	w.t.Helper()
	select {
	case <-w.joined:
	case <-time.After(takeOver):
		w.t.Fatalf("no shard was connected in %v", takeOver)
	}
}

// kill ends the program at once.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	<-p.ended
}
