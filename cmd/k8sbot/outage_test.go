package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
	"k8sbot/glossary/longtest"
)

// slackApp is the program, running as a Slack app in HTTP mode.
type slackApp struct {
	*process
	slack *fakeSlack
	addr  string
}

// startSlack starts the program as a Slack app that uses a database.
func startSlack(t *testing.T, dsn string) slackApp {
	t.Helper()
	slack, addr := newFakeSlack(t, nil), freeAddr(t)
	p := start(t, "serve",
		"SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+slack.apiURL(),
		"HTTP_ADDR="+addr, "DATABASE_URL="+dsn)
	return slackApp{p, slack, addr}
}

// command sends /k8s text, and returns the answer.
func (a slackApp) command(text string) string {
	a.t.Helper()
	return a.slack.command(a.addr, text)
}

// awaitAnswer repeats a command until its answer contains want, because the bot does not call
// the store for five seconds after a failure.
func (a slackApp) awaitAnswer(command, want string) {
	a.t.Helper()
	answer := ""
	for range 300 {
		if answer = a.command(command); strings.Contains(answer, want) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	a.t.Fatalf("%q: got answer %.300s, want %q; log:\n%s", command, answer, want, a.log())
}

// TestServeForgets checks that forget me in Slack deletes the schedule of a user's direct
// messages, and keeps the schedule of a channel without the user's ID.
func TestServeForgets(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	p := startSlack(t, path)
	p.await("k8sbot started")
	for _, channel := range []string{"C1", "D1"} {
		answer := ""
		for range 300 { // the bot answers before the store is open
			if answer = p.slack.commandIn(p.addr, channel, "daily on 09:00 UTC"); strings.Contains(answer, "09:00") {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if !strings.Contains(answer, "09:00") {
			t.Fatalf("daily on is answered with %.300s", answer)
		}
	}
	if answer := p.command("forget me"); !strings.Contains(answer, "削除") {
		t.Errorf("forget me is answered with %.300s", answer)
	}
	if err := p.stop(); err != nil {
		t.Errorf("the program ended with %v; log:\n%s", err, p.log())
	}
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for id, want := range map[string]bool{"C1": true, "D1": false} {
		s, ok, err := db.Schedule(t.Context(), bot.Channel{Platform: "slack", Tenant: "T1", ID: id})
		if ok != want || s.Creator != "" || err != nil {
			t.Errorf("channel %s: got %+v, %v, %v; want a schedule: %v", id, s, ok, err, want)
		}
	}
}

// TestServeWithoutDatabase starts the program while PostgreSQL is stopped. It checks that
// commands are answered, and that settings are stored after PostgreSQL has started.
func TestServeWithoutDatabase(t *testing.T) {
	server := storetest.RequireServer(t)
	dsn := storetest.NewSchemaAt(t, server.DSN("k8sbot"))
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	running := false
	t.Cleanup(func() {
		if !running {
			_ = server.Start()
		}
	})
	began := time.Now()
	p := startSlack(t, dsn)
	p.await("k8sbot started")
	if answer := p.command("くらっしゅるーぷ"); !strings.Contains(answer, "原因と詳細") {
		t.Errorf("without a database: got answer %.300s", answer)
	}
	// The goal is two seconds. A busy machine may take longer.
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("without a database: the first answer took %v, want at most 10s", took)
	} else {
		t.Logf("without a database the first answer took %v", took)
	}
	p.await("cannot open store")
	for status, body := 0, ""; status != http.StatusOK; time.Sleep(10 * time.Millisecond) {
		if status, body = get(p.addr + "/readyz"); time.Since(began) > time.Minute {
			t.Fatalf("without a database: /readyz: got %d %s, want 200", status, body)
		}
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	running = true
	p.await("store opened")
	p.awaitAnswer("lang en", "in English from now on")
	p.awaitAnswer("pod", "resource kind")
	if err := p.stop(); err != nil {
		t.Errorf("stop: %v; log:\n%s", err, p.log())
	}
}

// TestServeStopsWithoutDatabase stops the program while it waits for its database, and checks
// that it exits without an error.
func TestServeStopsWithoutDatabase(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	p := startSlack(t, "postgres://k8sbot@127.0.0.1:1/k8sbot")
	p.await("k8sbot started")
	if err := p.stop(); err != nil {
		t.Errorf("stop: %v; log:\n%s", err, p.log())
	}
}

// TestServeRefuses starts the program with databases that can never be opened, and checks
// that it exits and says why.
func TestServeRefuses(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	for dsn, want := range map[string]string{
		"mysql://k8sbot@localhost/k8sbot": "cannot parse DATABASE_URL",
		t.TempDir():                       "the path is a folder",
	} {
		p := startSlack(t, dsn)
		select {
		case err := <-p.ended:
			if err == nil || !strings.Contains(p.log(), want) {
				t.Errorf("%s: got error %v, want one with %q; log:\n%s", dsn, err, want, p.log())
			}
		case <-time.After(30 * time.Second):
			t.Errorf("%s: the program does not exit; log:\n%s", dsn, p.log())
		}
	}
}

// TestServeSilentDatabase makes connections to PostgreSQL hang, first the open ones and then
// also new ones. It checks that the daily term is posted within a minute after the network
// works again.
func TestServeSilentDatabase(t *testing.T) {
	longtest.Require(t)
	t.Parallel() // after the tests that stop the server
	server := storetest.RequireServer(t)
	dsn := storetest.NewSchemaAt(t, server.DSN("k8sbot"))
	_, setting, _ := strings.Cut(dsn, "&")
	proxy := storetest.NewProxy(t, server, "127.0.0.1")
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := startSlack(t, storetest.WithParam(proxy.DSN("k8sbot"), setting))
	p.await("store opened")
	p.await("k8sbot started")
	p.awaitAnswer("lang en", "in English from now on")
	for i, outage := range []time.Duration{0, 15 * time.Second} {
		c := bot.Channel{Platform: "slack", Tenant: "T1", ID: fmt.Sprint("C", i)}
		proxy.Silence()
		err := db.PutSchedule(t.Context(), bot.Schedule{
			Channel: c, Spec: schedule.Spec{Zone: "UTC", Days: schedule.EveryDay}, Lang: glossary.English, Next: time.Now(),
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(outage)
		if answer := p.command("くらっしゅるーぷ"); !strings.Contains(answer, "CrashLoopBackOff") {
			t.Errorf("with a silent database: got answer %.300s", answer)
		}
		if age := p.lastTick(); age < outage*2/3 {
			t.Errorf("after %v with a silent database, the metric says that the last good tick was %v ago", outage, age)
		}
		proxy.Resume()
		resumed := time.Now()
		for deadline := resumed.Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
			got, err := db.Deliveries(t.Context(), c, 1)
			if err == nil && len(got) == 1 && got[0].State == bot.Sent {
				t.Logf("%v after the network is back, the daily term is posted", time.Since(resumed).Round(time.Millisecond))
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("a minute after the network is back: got deliveries %+v, %v; log:\n%s", got, err, p.log())
			}
		}
	}
	if err := p.stop(); err != nil {
		t.Errorf("stop: %v; log:\n%s", err, p.log())
	}
}

// lastTick returns how long ago the poster last worked without an error, according to the metrics.
func (a slackApp) lastTick() time.Duration {
	a.t.Helper()
	_, metrics := get(a.addr + "/metrics")
	_, rest, ok := strings.Cut(metrics, "\nk8sbot_daily_last_tick_timestamp_seconds ")
	value, _, _ := strings.Cut(rest, "\n")
	seconds, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil {
		a.t.Fatalf("the metrics do not contain the last tick, %v: %.2000s", err, metrics)
	}
	return time.Since(time.UnixMilli(int64(seconds * 1000)))
}

// TestServeDamagedFile damages the SQLite file while the program runs. It checks that commands
// are answered, and that settings are stored after the file is restored.
func TestServeDamagedFile(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	p := startSlack(t, path)
	p.await("k8sbot started")
	for _, damage := range []func(whole []byte) []byte{
		func(whole []byte) []byte { return bytes.Repeat([]byte{0xff}, len(whole)) },
		func(whole []byte) []byte { return whole[:4096] },
		func([]byte) []byte { return nil },
	} {
		// An older copy would not match the write-ahead log.
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		write := func(content []byte) {
			t.Helper()
			file, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			if _, err := file.WriteAt(content, 0); err != nil {
				t.Fatal(err)
			}
			if err := file.Truncate(int64(len(content))); err != nil {
				t.Fatal(err)
			}
		}
		write(damage(whole))
		for range 3 {
			if answer := p.command("くらっしゅるーぷ"); !strings.Contains(answer, "CrashLoopBackOff") {
				t.Errorf("with a damaged file: got answer %.300s", answer)
			}
		}
		write(whole)
		p.awaitAnswer("lang en", "in English from now on")
		p.awaitAnswer("pod", "resource kind")
	}
	if err := p.stop(); err != nil {
		t.Errorf("stop: %v; log:\n%s", err, p.log())
	}
}
