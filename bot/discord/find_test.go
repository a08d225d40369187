package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

const testChannel = "300000000000000001"

// TestFindPost looks for a post among other messages.
func TestFindPost(t *testing.T) {
	const button = "1:knew:gadget:2026-11-24"
	now := time.Now()
	since := now.Add(-10 * time.Minute)
	withButton := func(id string) map[string]any {
		return map[string]any{"components": []any{map[string]any{"type": 1, "components": []any{map[string]any{"type": 2, "custom_id": id}}}}}
	}
	text := map[string]any{"content": "hello"}
	const other = "600000000000000001"
	type message struct {
		author string
		body   map[string]any
		at     time.Time
	}
	chat := func(n int) (list []message) {
		for i := range n {
			list = append(list, message{other, text, since.Add(time.Duration(i) * 100 * time.Millisecond)})
		}
		return list
	}
	post := message{testSelf, withButton(button), since.Add(3 * time.Minute)}
	for name, tt := range map[string]struct {
		messages []message
		hidden   bool
		found    bool
		err      error
	}{
		"there":                  {messages: []message{post}, found: true},
		"among others":           {messages: append(append(chat(5), post), message{other, text, now}), found: true},
		"after many others":      {messages: append(chat(250), post), found: true},
		"clocks differ":          {messages: []message{{testSelf, withButton(button), since.Add(-30 * time.Second)}}, found: true},
		"not there":              {messages: chat(5)},
		"not among many":         {messages: chat(250)},
		"exactly a page":         {messages: chat(100)},
		"of another day":         {messages: []message{{testSelf, withButton("1:knew:gadget:2026-11-23"), since}}},
		"of another bot":         {messages: []message{{other, withButton(button), since}}},
		"only older messages":    {messages: []message{{other, text, since.Add(-time.Hour)}}},
		"empty or hidden":        {err: bot.ErrCannotSearch},
		"no permission":          {messages: []message{post}, hidden: true, err: bot.ErrCannotSearch},
		"too many others to say": {messages: chat(pageSize*maxPages + 1), err: bot.ErrCannotSearch},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			self := testSelf
			h.adapter.self.Store(&self)
			h.fake.history = &history{hidden: tt.hidden}
			want := ""
			for _, m := range tt.messages {
				if kept := h.fake.history.add(testChannel, m.author, m.body, m.at); tt.found && m.author == testSelf {
					want = kept["id"].(string)
				}
			}
			ref, found, err := h.adapter.FindPost(t.Context(), bot.Channel{ID: testChannel}, since, button)
			if ref != want || found != tt.found || !errors.Is(err, tt.err) || tt.err == nil && err != nil {
				t.Errorf("got %q, %v, %v; want %q, %v, %v", ref, found, err, want, tt.found, tt.err)
			}
		})
	}
}

// TestFindPostErrors verifies which errors mean that the bot may not read a channel.
func TestFindPostErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		status     int
		body       string
		cannotLook bool
	}{
		"no access":           {403, `{"message":"Missing Access","code":50001}`, true},
		"no permission":       {403, `{"message":"Missing Permissions","code":50013}`, true},
		"channel deleted":     {404, `{"message":"Unknown Channel","code":10003}`, true},
		"page of a proxy":     {403, "<html>", false},
		"Cloudflare":          {403, `{"message":"blocked","code":40333}`, false},
		"wrong token":         {401, `{"message":"401: Unauthorized","code":0}`, false},
		"not a list":          {200, "<html>", false},
		"rate limited for 1h": {429, `{"message":"limited","retry_after":3600}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, nil)
			h.fake.Prepare("GET /channels/"+testChannel+"/messages", platformtest.AnswerWith(tt.status, tt.body))
			_, found, err := h.adapter.FindPost(t.Context(), bot.Channel{ID: testChannel}, time.Now(), "1:knew:gadget:2026-11-24")
			if found || err == nil || errors.Is(err, bot.ErrCannotSearch) != tt.cannotLook {
				t.Errorf("got %v, %v; want ErrCannotSearch: %v", found, err, tt.cannotLook)
			}
		})
	}
}

// TestSentByBot verifies how a replica without a shard recognizes the bot's messages.
func TestSentByBot(t *testing.T) {
	for name, tt := range map[string]struct {
		self, application string
		message           historyMessage
		want              bool
	}{
		"by user ID":          {testSelf, "", historyMessage{Author: &user{ID: testSelf}}, true},
		"by another user":     {testSelf, testApp, historyMessage{Author: &user{ID: "6", Bot: true}, ApplicationID: testApp}, false},
		"by application":      {"", testApp, historyMessage{Author: &user{ID: "6", Bot: true}, ApplicationID: testApp}, true},
		"another application": {"", testApp, historyMessage{Author: &user{ID: "6", Bot: true}, ApplicationID: "7"}, false},
		"any bot":             {"", testApp, historyMessage{Author: &user{ID: "6", Bot: true}}, true},
		"a person":            {"", testApp, historyMessage{Author: &user{ID: "6"}}, false},
		"no author":           {testSelf, "", historyMessage{}, false},
	} {
		a := &Adapter{o: Options{ApplicationID: tt.application}}
		if tt.self != "" {
			a.self.Store(&tt.self)
		}
		if got := a.sentByBot(tt.message); got != tt.want {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

// TestOutage posts the daily terms of 20 channels with the daily worker while Discord is down
// for longer than it remembers nonces. Each channel must get one post, whether or not the
// posts made during the outage arrived. Posts may be lost only if FindPost cannot look for
// them.
func TestOutage(t *testing.T) {
	page := platformtest.AnswerWith(503, "<html>")
	drop := func(http.ResponseWriter) { panic(http.ErrAbortHandler) }
	for name, tt := range map[string]struct {
		fault   func(http.ResponseWriter)
		arrives bool // posts made during the outage arrive
		hidden  bool // the bot may not read the history
	}{
		"503":                      {page, false, false},
		"503 after the post":       {page, true, false},
		"cut off":                  {drop, false, false},
		"cut off after the post":   {drop, true, false},
		"403 of a proxy":           {platformtest.AnswerWith(403, "<html>"), false, false},
		"no history":               {page, false, true},
		"no history, but the post": {page, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { testOutage(t, tt.fault, tt.arrives, tt.hidden) })
		})
	}
}

func testOutage(t *testing.T, fault func(http.ResponseWriter), arrives, hidden bool) {
	const channels, lasts = 20, 3 * time.Minute
	time.Sleep(time.Until(time.Date(2026, time.November, 24, 8, 0, 0, 0, time.UTC))) // Discord's IDs begin in 2015
	kept := new(storetest.Memory)
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{t: t, Calls: platformtest.NewCalls(t), history: &history{hidden: hidden}}
	var due time.Time
	for i := range channels {
		s := bot.Schedule{
			Channel: bot.Channel{Platform: Platform, Tenant: fmt.Sprint("20000000000000000", i%2), ID: fmt.Sprint(300000000000000000 + i)},
			Spec:    schedule.Spec{Time: 9 * 60, Zone: "UTC", Days: schedule.EveryDay}, Lang: glossary.English,
		}
		if due, _, err = s.After(time.Now()); err != nil {
			t.Fatal(err)
		}
		s.Next = due
		if err := kept.PutSchedule(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		f.history.add(s.Channel.ID, "600000000000000001", map[string]any{"content": "good morning"}, time.Now())
	}
	var failed atomic.Int64
	outage := func(w http.ResponseWriter, r *http.Request) {
		if age := time.Since(due); age < 0 || age > lasts {
			f.rest(w, r)
			return
		}
		failed.Add(1)
		if arrives && r.Method == http.MethodPost {
			f.rest(discarded{}, r)
		}
		fault(w)
	}
	defer run(t, kept, g, http.HandlerFunc(outage))()
	time.Sleep(time.Until(due.Add(7 * time.Hour)))
	lost := 0
	for i := range channels {
		id := fmt.Sprint(300000000000000000 + i)
		n := f.history.count(id, `"1:discuss:`)
		got, err := kept.Deliveries(t.Context(), bot.Channel{Platform: Platform, Tenant: fmt.Sprint("20000000000000000", i%2), ID: id}, 1)
		if err != nil || len(got) != 1 {
			t.Fatalf("%s: got deliveries %v, %v", id, got, err)
		}
		if n == 0 {
			lost++
		}
		inDoubt := hidden && got[0].State == bot.Unknown
		if n > 1 || !inDoubt && (n != 1 || got[0].State != bot.Sent) {
			t.Errorf("%s: got %d posts and state %s", id, n, got[0].State)
		}
	}
	if failed.Load() == 0 || lost > 8 { // one for each server and attempt during the outage
		t.Errorf("lost %d posts after %d failed calls", lost, failed.Load())
	}
}

// discarded is a ResponseWriter for a response that does not arrive.
type discarded struct{}

func (discarded) Header() http.Header         { return make(http.Header) }
func (discarded) Write(b []byte) (int, error) { return len(b), nil }
func (discarded) WriteHeader(int)             {}

// run runs a daily worker with an adapter whose HTTP calls reach discord in memory, until
// stop is called.
func run(t *testing.T, kept *storetest.Memory, g *glossary.Glossary, discord http.Handler) (stop func()) {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	pipes := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: discord, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	serving := make(chan error)
	go func() { serving <- server.Serve(pipes) }()
	a, err := New(Options{BotToken: testBotToken, APIURL: "http://discord.test/api/", Metrics: platform.NewMetrics(), Log: log})
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DialContext: pipes.dial}
	a.api.client.Transport = transport
	var posters bot.Posters
	posters.Set(Platform, a)
	w := daily.New(daily.Options{
		Store: kept, Picker: &daily.Picker{Glossary: g, History: kept}, Posters: &posters,
		Replies: bot.New(g, bot.Options{Log: log}), Owner: "a", Log: log, Jitter: -1,
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		transport.CloseIdleConnections()
		server.Close()
		if err := <-serving; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
		_ = a.Shutdown(context.Background())
	}
}

// A pipeListener accepts connections from within the process. Unlike a socket, it lets
// time pass in a synctest bubble.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { close(l.closed); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{} }
