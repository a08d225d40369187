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
	"k8sbot/glossary/longtest"
)

// fakePlatforms is a fake Slack and Discord that counts what the replicas send.
type fakePlatforms struct {
	t      *testing.T
	server *httptest.Server // Discord
	web    *fakeSlack

	mu          sync.Mutex
	slack       map[string]int            // messages by channel
	discord     map[string]map[string]int // by channel and nonce
	shards      map[string]int            // open gateway connections by shard
	maxPerShard int                       // maximum number of simultaneous connections of one shard
	lostAt      map[string]time.Time      // when a shard last lost its connection
	gaps        []time.Duration           // how long shards had no connection
	connected   chan string
}

func newFakePlatforms(t *testing.T) *fakePlatforms {
	w := &fakePlatforms{
		t: t, slack: make(map[string]int), discord: make(map[string]map[string]int), shards: make(map[string]int),
		lostAt: make(map[string]time.Time), connected: make(chan string, 100),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/discord/", w.serveDiscord)
	mux.HandleFunc("/gateway/", w.serveGateway)
	w.server = httptest.NewServer(mux)
	t.Cleanup(w.server.Close)
	w.web = newFakeSlack(t, w.serveSlack)
	return w
}

// responseTime is how long a platform takes to respond to a post. The test may kill a replica
// in that time.
const responseTime = 100 * time.Millisecond

func (w *fakePlatforms) serveSlack(rw http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		answerSlack(rw, r)
		return
	}
	channel := r.FormValue("channel")
	w.mu.Lock()
	w.slack[channel]++
	w.mu.Unlock()
	time.Sleep(responseTime)
	rw.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(rw, `{"ok":true,"channel":%q,"ts":"1600000000.000001"}`, channel)
}

func (w *fakePlatforms) serveDiscord(rw http.ResponseWriter, r *http.Request) {
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
	case strings.HasSuffix(path, "/messages") && r.Method == http.MethodGet:
		// The bot may not read the history of this channel.
		rw.WriteHeader(http.StatusForbidden)
		fmt.Fprint(rw, `{"code":50001,"message":"Missing Access"}`)
	case strings.HasSuffix(path, "/messages"):
		var m struct {
			Nonce string `json:"nonce"`
		}
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &m); err != nil || m.Nonce == "" {
			w.t.Errorf("message without a nonce: %s", body)
		}
		channel := strings.Split(path, "/")[2]
		w.mu.Lock()
		if w.discord[channel] == nil {
			w.discord[channel] = make(map[string]int)
		}
		w.discord[channel][m.Nonce]++
		w.mu.Unlock()
		time.Sleep(responseTime)
		fmt.Fprint(rw, `{"id":"900000000000000001"}`)
	default:
		fmt.Fprint(rw, `{}`)
	}
}

func (w *fakePlatforms) serveGateway(rw http.ResponseWriter, r *http.Request) {
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
			continue // not identify: the data of a heartbeat is a number
		}
		shard = fmt.Sprint(op.Data.Shard)
		w.mu.Lock()
		w.shards[shard]++
		w.maxPerShard = max(w.maxPerShard, w.shards[shard])
		if lost, ok := w.lostAt[shard]; ok {
			w.gaps = append(w.gaps, time.Since(lost))
		}
		w.mu.Unlock()
		w.connected <- shard
		_ = conn.WriteJSON(map[string]any{"op": 0, "s": 1, "t": "READY", "d": map[string]any{
			"session_id": "s", "user": map[string]any{"id": "1"}, "application": map[string]any{"id": "100000000000000002"},
		}})
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if shard != "" {
		w.shards[shard]--
		w.lostAt[shard] = time.Now()
	}
}

// TestReplicas runs three replicas on one database. While they post daily terms, it kills one
// after the other and starts new ones. It checks that each channel receives its term at most
// once on Slack and exactly once on Discord, that each shard of the gateway has at most one
// connection, and that another replica takes over the shards of a killed one. To save time,
// the leases of a killed replica expire immediately.
func TestReplicas(t *testing.T) {
	t.Parallel()
	for name, newDatabase := range map[string]func(testing.TB) string{
		"sqlite":   func(tb testing.TB) string { return filepath.Join(tb.TempDir(), "k8sbot.db") },
		"postgres": storetest.NewSchema,
	} {
		t.Run(name, func(t *testing.T) {
			if name == "sqlite" {
				longtest.Require(t) // runs the same code as with postgres
			}
			t.Parallel()
			testReplicas(t, newDatabase(t))
		})
	}
}

func testReplicas(t *testing.T, dsn string) {
	const channels = 120 // half of them on Slack
	w := newFakePlatforms(t)
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var addrs []string
	startReplica := func() *process {
		addr := freeAddr(t)
		addrs = append(addrs, addr)
		p := start(t, "serve",
			"SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+w.web.apiURL(),
			"DISCORD_BOT_TOKEN=test", "DISCORD_APPLICATION_ID=100000000000000002", "DISCORD_API_URL="+w.server.URL+"/discord/",
			"HTTP_ADDR="+addr, "DATABASE_URL="+dsn)
		p.await("k8sbot started")
		return p
	}
	replicas := []*process{startReplica(), startReplica(), startReplica()}

	// A setting that is made on one replica also applies on the others.
	w.web.command(addrs[0], "lang ja")
	for _, addr := range addrs[1:] {
		// An answer waits for the store only briefly. On a busy machine this may fail,
		// and then the circuit breaker skips the store for five seconds.
		answer := ""
		for range 100 {
			if answer = w.web.command(addr, "pod"); strings.Contains(answer, "リソースの種類") {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if !strings.Contains(answer, "リソースの種類") {
			t.Errorf("another replica: got %.300s, want it in Japanese", answer)
		}
	}
	for range 2 {
		w.awaitShard()
	}

	at := time.Now().Add(time.Second)
	for i := range channels {
		s := bot.Schedule{
			Channel: channelAt(i), Spec: schedule.Spec{Zone: "UTC", Days: schedule.EveryDay}, Lang: glossary.English, Next: at,
		}
		if err := db.PutSchedule(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	// Every second kill a replica that is posting, and start another.
	for i := range 4 {
		time.Sleep(time.Until(at) + time.Duration(i)*time.Second + 300*time.Millisecond)
		replicas[0].kill()
		storetest.ExpireLeases(t, dsn, replicas[0].owner())
		replicas = append(replicas[1:], startReplica())
	}

	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	states := make(map[bot.DeliveryState]int)
	for i := 0; i < channels; {
		c := channelAt(i)
		got, err := db.Deliveries(ctx, c, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 || got[0].State == bot.Planned || got[0].State == bot.Sending {
			time.Sleep(200 * time.Millisecond) // still open; a finished delivery does not change any more
			continue
		}
		states[got[0].State]++
		i++
	}
	t.Logf("deliveries by state: %v", states)
	for i := range channels {
		c := channelAt(i)
		if got, err := db.Deliveries(ctx, c, 10); err != nil || len(got) != 1 {
			t.Errorf("%v: got %d deliveries, %v, want 1", c, len(got), err)
		}
	}
	w.mu.Lock()
	for c, n := range w.slack {
		if n != 1 {
			t.Errorf("Slack channel %s: got %d messages, want 1", c, n)
		}
	}
	if missing := channels/2 - len(w.slack); missing > states[bot.Unknown] {
		t.Errorf("%d Slack channels got no message, but only %d deliveries have an unknown outcome", missing, states[bot.Unknown])
	}
	if len(w.discord) != channels/2 {
		t.Errorf("got messages in %d Discord channels, want %d", len(w.discord), channels/2)
	}
	for c, nonces := range w.discord {
		if len(nonces) != 1 {
			t.Errorf("Discord channel %s: got the nonces %v, want one", c, nonces)
		}
	}
	most := w.maxPerShard
	for shard, n := range w.shards {
		if n > 1 {
			t.Errorf("shard %s: got %d connections, want 1", shard, n)
		}
	}
	w.mu.Unlock()
	if most > 1 {
		t.Errorf("got %d connections of one shard at the same time, want 1", most)
	}
	// The replicas that held the shards were killed: others must have taken over both shards.
	for range 2 {
		w.awaitShard()
	}
	w.mu.Lock()
	t.Logf("times without a connection: %v", w.gaps)
	for _, gap := range w.gaps {
		if gap > takeOver {
			t.Errorf("a shard had no connection for %v, want at most %v", gap, takeOver)
		}
	}
	w.mu.Unlock()
	for _, p := range replicas {
		if err := p.stop(); err != nil {
			t.Errorf("replica: got %v, want no error; log:\n%s", err, p.log())
		}
	}
}

// channelAt returns the i-th channel: the odd ones are on Discord.
func channelAt(i int) bot.Channel {
	if i%2 == 1 {
		return bot.Channel{Platform: "discord", Tenant: fmt.Sprint(i % 8), ID: fmt.Sprint(300000000000000000 + i)}
	}
	return bot.Channel{Platform: "slack", Tenant: fmt.Sprint("T", i%8), ID: fmt.Sprint("C", i)}
}

// takeOver is the maximum time until a shard is connected again after its replica died.
const takeOver = 30 * time.Second

// awaitShard waits until a shard is connected.
func (w *fakePlatforms) awaitShard() {
	w.t.Helper()
	select {
	case <-w.connected:
	case <-time.After(takeOver):
		w.t.Fatalf("no shard was connected within %v", takeOver)
	}
}

// owner returns the name under which the process holds leases.
func (p *process) owner() string {
	p.t.Helper()
	_, rest, _ := strings.Cut(p.log(), " replica=")
	owner, _, ok := strings.Cut(rest, " ")
	if !ok {
		p.t.Fatalf("no replica in the log:\n%s", p.log())
	}
	return owner
}

// kill kills k8sbot without letting it clean up.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	<-p.ended
}
