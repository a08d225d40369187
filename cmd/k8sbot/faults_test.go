package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/discord/snowflake"
)

// A fault is a way in which a call to a platform fails.
type fault struct {
	name   string
	after  bool // the platform has made the post anyway
	answer func(w http.ResponseWriter, r *http.Request, p bot.Platform, right []byte)
}

const errorPage = "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Please try again later.</h1></body></html>"

// faults are the ways in which calls fail.
var faults = []fault{
	{"429", false, func(w http.ResponseWriter, _ *http.Request, p bot.Platform, _ []byte) {
		if p == "slack" {
			w.Header().Set("Retry-After", "1")
			respond(w, http.StatusTooManyRequests, `{"ok":false,"error":"ratelimited"}`)
			return
		}
		respond(w, http.StatusTooManyRequests, `{"message":"You are being rate limited.","retry_after":0.2,"global":false}`)
	}},
	{"500 before", false, errorStatus},
	{"500 after", true, errorStatus},
	{"503 with HTML", false, webPage(http.StatusServiceUnavailable)},
	{"403 with HTML", false, webPage(http.StatusForbidden)},
	{"200 with HTML", false, webPage(http.StatusOK)},
	{"drop before", false, drop},
	{"drop after", true, drop},
	{"hang before", false, hang},
	{"hang after", true, hang},
	{"cut JSON", true, func(w http.ResponseWriter, _ *http.Request, _ bot.Platform, right []byte) {
		w.Header().Set("Content-Length", strconv.Itoa(len(right)))
		respond(w, http.StatusOK, string(right[:rand.IntN(len(right))]))
		panic(http.ErrAbortHandler)
	}},
}

func respond(w http.ResponseWriter, status int, body string) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

// webPage returns an answer of a server in front of the platform's API.
func webPage(status int) func(http.ResponseWriter, *http.Request, bot.Platform, []byte) {
	return func(w http.ResponseWriter, _ *http.Request, _ bot.Platform, _ []byte) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		respond(w, status, errorPage)
	}
}

func errorStatus(w http.ResponseWriter, _ *http.Request, p bot.Platform, _ []byte) {
	if p == "slack" {
		respond(w, http.StatusInternalServerError, `{"ok":false,"error":"internal_error"}`)
		return
	}
	respond(w, http.StatusInternalServerError, `{"message":"500: Internal Server Error","code":0}`)
}

// drop closes the connection.
func drop(http.ResponseWriter, *http.Request, bot.Platform, []byte) { panic(http.ErrAbortHandler) }

// hang does not answer until the client gives up or dies.
func hang(_ http.ResponseWriter, r *http.Request, _ bot.Platform, _ []byte) {
	<-r.Context().Done()
	panic(http.ErrAbortHandler)
}

// A call is a kind of call that may fail.
type call struct {
	platform bot.Platform
	post     bool // or a look at the messages of a channel
}

func (c call) String() string {
	if c.post {
		return string(c.platform) + " post"
	}
	return string(c.platform) + " lookup"
}

// faultyPlatforms is a fake Slack and Discord that store messages. Calls that post a message, or
// that look at the messages of a channel, may fail. All other calls succeed.
type faultyPlatforms struct {
	healthy *fakePlatforms            // answers all other calls
	delay   time.Duration             // how long they take to respond to calls that may fail
	hidden  func(channel string) bool // whether the bot may not read a channel on Slack
	// weather returns how a call fails, or nil if it succeeds.
	weather func(c call, channel string) *fault

	mu       sync.Mutex
	messages map[string][]message // by channel
	ids      uint64               // last ID on Discord
	calls    map[call]int
	faults   map[call]map[string]int
}

// A message is a message in a channel.
type message struct {
	id      string
	content json.RawMessage // Slack's blocks or Discord's components
	nonce   string
	at      time.Time
}

// newFaultyPlatforms returns platforms whose calls succeed. Set the other fields before the first
// call.
func newFaultyPlatforms(t *testing.T) *faultyPlatforms {
	return &faultyPlatforms{
		healthy: newFakePlatforms(t), hidden: func(string) bool { return false },
		weather:  func(call, string) *fault { return nil },
		messages: make(map[string][]message), calls: make(map[call]int), faults: make(map[call]map[string]int),
	}
}

// A line is the connection of one replica to the platforms.
type line struct {
	server *httptest.Server
	calls  atomic.Int64 // calls in progress that may fail

	mu   sync.Mutex
	open map[net.Conn]bool
}

// newLine returns a line for a replica.
func (f *faultyPlatforms) newLine(t *testing.T) *line {
	l := &line{open: make(map[net.Conn]bool)}
	mux := http.NewServeMux()
	for pattern, handle := range map[string]http.HandlerFunc{
		"/slack/chat.postMessage":                      f.serveSlackPost,
		"/slack/conversations.history":                 f.serveSlackHistory,
		"POST /discord/v9/channels/{channel}/messages": f.serveDiscordPost,
		"GET /discord/v9/channels/{channel}/messages":  f.serveDiscordHistory,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			l.calls.Add(1)
			defer l.calls.Add(-1)
			handle(w, r)
		})
	}
	mux.HandleFunc("/slack/", answerSlack)
	mux.HandleFunc("/discord/", f.healthy.serveDiscord)
	mux.HandleFunc("/settled", func(http.ResponseWriter, *http.Request) {})
	l.server = httptest.NewUnstartedServer(mux)
	l.server.Config.ConnState = func(c net.Conn, s http.ConnState) {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch s {
		case http.StateNew:
			l.open[c] = true
		case http.StateClosed, http.StateHijacked:
			delete(l.open, c)
		}
	}
	l.server.Start()
	t.Cleanup(l.server.Close)
	return l
}

// settle waits until the platforms have handled all requests of a replica that was killed.
func (l *line) settle(t *testing.T) {
	t.Helper()
	// A request of its own is accepted after all connections that the replica has opened.
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.server.URL+"/settled", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		l.mu.Lock()
		n := len(l.open)
		l.mu.Unlock()
		if n == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d connections of a dead replica are still open", n)
		}
	}
}

// serve answers a call about a channel with the JSON that handle returns, or lets it fail. A post
// is made late, when its replica may have died, and a lookup shows only the earlier posts.
func (f *faultyPlatforms) serve(w http.ResponseWriter, r *http.Request, c call, channel string, handle func() []byte) {
	f.mu.Lock()
	f.calls[c]++
	failure := f.weather(c, channel)
	if failure != nil {
		if f.faults[c] == nil {
			f.faults[c] = make(map[string]int)
		}
		f.faults[c][failure.name]++
	}
	f.mu.Unlock()
	if c.post {
		time.Sleep(f.delay)
	}
	var right []byte
	if failure == nil || failure.after {
		f.mu.Lock()
		right = handle()
		f.mu.Unlock()
	}
	if !c.post {
		time.Sleep(f.delay)
	}
	if failure != nil {
		failure.answer(w, r, c.platform, right)
		return
	}
	respond(w, http.StatusOK, string(right))
}

func (f *faultyPlatforms) serveSlackPost(w http.ResponseWriter, r *http.Request) {
	channel := r.FormValue("channel")
	f.serve(w, r, call{"slack", true}, channel, func() []byte {
		now := time.Now()
		ts := fmt.Sprintf("%d.%06d", now.Unix(), len(f.messages[channel]))
		f.messages[channel] = append(f.messages[channel], message{id: ts, content: json.RawMessage(r.FormValue("blocks")), at: now})
		return marshal(map[string]any{"ok": true, "channel": channel, "ts": ts, "message": map[string]any{"text": "posted"}})
	})
}

func (f *faultyPlatforms) serveSlackHistory(w http.ResponseWriter, r *http.Request) {
	channel := r.FormValue("channel")
	if f.hidden(channel) {
		respond(w, http.StatusOK, `{"ok":false,"error":"missing_scope","needed":"channels:history"}`)
		return
	}
	oldest, _ := strconv.ParseFloat(r.FormValue("oldest"), 64)
	f.serve(w, r, call{"slack", false}, channel, func() []byte {
		messages := []any{}
		for _, m := range slices.Backward(f.messages[channel]) {
			if float64(m.at.Unix()) >= oldest {
				messages = append(messages, map[string]any{"ts": m.id, "bot_id": "B1", "blocks": m.content})
			}
		}
		return marshal(map[string]any{"ok": true, "messages": messages, "has_more": false})
	})
}

func (f *faultyPlatforms) serveDiscordPost(w http.ResponseWriter, r *http.Request) {
	var m struct {
		Nonce      string          `json:"nonce"`
		Enforce    bool            `json:"enforce_nonce"`
		Components json.RawMessage `json:"components"`
	}
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil || m.Nonce == "" || !m.Enforce {
		f.healthy.t.Errorf("got message %+v, %v, want one with a nonce", m, err)
	}
	channel := r.PathValue("channel")
	f.serve(w, r, call{"discord", true}, channel, func() []byte {
		now := time.Now()
		for _, known := range f.messages[channel] {
			if known.nonce == m.Nonce && now.Sub(known.at) <= nonceWindow {
				return marshal(map[string]any{"id": known.id})
			}
		}
		id := f.newID(now)
		f.messages[channel] = append(f.messages[channel], message{id, m.Components, m.Nonce, now})
		return marshal(map[string]any{"id": id})
	})
}

// nonceWindow is how long the fake Discord drops messages with a nonce that it knows: as long as
// the bot expects at least, to be strict.
const nonceWindow = 2 * time.Minute

// newID returns the ID of a message on Discord.
func (f *faultyPlatforms) newID(at time.Time) string {
	f.ids = max(f.ids+1, snowflake.At(at))
	return fmt.Sprint(f.ids)
}

func (f *faultyPlatforms) serveDiscordHistory(w http.ResponseWriter, r *http.Request) {
	query, channel := r.URL.Query(), r.PathValue("channel")
	f.serve(w, r, call{"discord", false}, channel, func() []byte {
		messages := f.discordMessages(channel, query)
		return marshal(messages)
	})
}

// discordMessages returns the messages of a channel, the latest first. In each channel, someone
// has once said hello.
func (f *faultyPlatforms) discordMessages(channel string, query url.Values) []map[string]any {
	after, _ := strconv.ParseUint(query.Get("after"), 10, 64)
	limit, _ := strconv.Atoi(query.Get("limit"))
	hello := map[string]any{"id": "300000000000000001", "author": map[string]any{"id": "7"}, "content": "hello"}
	all := []map[string]any{hello}
	for _, m := range f.messages[channel] {
		all = append(all, map[string]any{
			"id": m.id, "author": map[string]any{"id": "1", "bot": true}, "application_id": "100000000000000002", "components": m.content,
		})
	}
	all = slices.DeleteFunc(all, func(m map[string]any) bool {
		id, _ := strconv.ParseUint(m["id"].(string), 10, 64)
		return id <= after
	})
	if query.Has("after") {
		all = all[:min(limit, len(all))]
	}
	slices.Reverse(all)
	return all[:min(limit, len(all))]
}

// age makes the messages of some channels older.
func (f *faultyPlatforms) age(by time.Duration, channels ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range channels {
		for i := range f.messages[c] {
			f.messages[c][i].at = f.messages[c][i].at.Add(-by)
		}
	}
}

// posts returns the number of messages in a channel.
func (f *faultyPlatforms) posts(channel string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.messages[channel])
}

// logCalls logs how often each call was made, and how it failed.
func (f *faultyPlatforms) logCalls(t *testing.T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range slices.SortedFunc(maps.Keys(f.calls), func(a, b call) int { return cmp.Compare(a.String(), b.String()) }) {
		failed := 0
		for _, n := range f.faults[c] {
			failed += n
		}
		t.Logf("%v: %d calls, %d failed: %v", c, f.calls[c], failed, f.faults[c])
	}
}

func marshal(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// deck deals faults to a fifth of all calls of a kind, each fault equally often.
func deck(r *rand.Rand) func(call, string) *fault {
	left := make(map[call][]*fault)
	return func(c call, _ string) *fault {
		if len(left[c]) == 0 {
			cards := make([]*fault, 5*len(faults))
			for i := range faults {
				cards[i] = &faults[i]
			}
			r.Shuffle(len(cards), func(i, j int) { cards[i], cards[j] = cards[j], cards[i] })
			left[c] = cards
		}
		next := left[c][0]
		left[c] = left[c][1:]
		return next
	}
}

// faultNamed returns the fault with a name.
func faultNamed(name string) *fault {
	i := slices.IndexFunc(faults, func(f fault) bool { return f.name == name })
	return &faults[i]
}
