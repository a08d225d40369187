package main

import (
	"net/http"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
	"k8sbot/glossary/longtest"
)

// Otherwise the kernel would end a process that exceeds the limit of limitFiles.
func init() { signal.Ignore(syscall.SIGXFSZ) }

// limitFiles makes all writes to files fail in a running process, as on a broken disk, or allows
// them again (https://man7.org/linux/man-pages/man2/prlimit.2.html). Pipes still work.
func limitFiles(p *process, broken bool) error {
	limit := syscall.Rlimit{Cur: ^uint64(0), Max: ^uint64(0)}
	if broken {
		limit.Cur = 1
	}
	const fileSize = 1 // RLIMIT_FSIZE
	_, _, errno := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(p.cmd.Process.Pid), fileSize, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// TestServeBrokenDisk breaks the disk with the SQLite file: before a daily term is due, while it
// is posted, and while it is posted by a process that is then killed. It checks that commands are
// answered, that each channel has one post, and that the store says so unless nobody can know.
func TestServeBrokenDisk(t *testing.T) {
	longtest.Require(t)
	var mu sync.Mutex
	posts, onPost := make(map[string]int), func(string) {}
	slack := newFakeSlack(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
			mu.Lock()
			posts[r.FormValue("channel")]++
			then := onPost
			mu.Unlock()
			then(r.FormValue("channel"))
		}
		answerSlack(w, r)
	})
	path := filepath.Join(t.TempDir(), "k8sbot.db")
	serve := func() slackApp {
		addr := freeAddr(t)
		p := start(t, "serve",
			"SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+slack.apiURL(),
			"HTTP_ADDR="+addr, "DATABASE_URL="+path)
		p.await("k8sbot started")
		p.await("store opened")
		return slackApp{p, slack, addr}
	}
	app := serve()
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	channel := func(id string) bot.Channel { return bot.Channel{Platform: "slack", Tenant: "T1", ID: id} }
	due := func(id string) {
		t.Helper()
		half := time.Now().UTC().Add(12 * time.Hour)
		err := db.PutSchedule(t.Context(), bot.Schedule{
			Channel: channel(id), Lang: glossary.English, Next: time.Now(),
			Spec: schedule.Spec{Time: schedule.TimeOfDay(half.Hour()*60 + half.Minute()), Zone: "UTC", Days: schedule.EveryDay},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	disk := func(broken bool) {
		t.Helper()
		if err := limitFiles(app.process, broken); err != nil {
			t.Fatal(err)
		}
	}
	ends := func(id string, want bot.DeliveryState) {
		t.Helper()
		for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			got, err := db.Deliveries(t.Context(), channel(id), 10)
			if err == nil && len(got) == 1 && got[0].State == want {
				break
			}
			if time.Since(began) > time.Minute {
				t.Fatalf("%s: got deliveries %+v, %v, want one with the state %s; log:\n%s", id, got, err, want, app.log())
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if posts[id] != 1 {
			t.Errorf("%s: got %d posts, want 1", id, posts[id])
		}
	}

	disk(true)
	due("C1")
	app.await("store unavailable, pausing daily terms")
	if answer := app.command("くらっしゅるーぷ"); !strings.Contains(answer, "原因と詳細") {
		t.Errorf("with a broken disk: got answer %.300s", answer)
	}
	disk(false)
	ends("C1", bot.Sent)

	arrived := make(chan error, 1)
	mu.Lock()
	onPost = func(string) { arrived <- limitFiles(app.process, true) }
	mu.Unlock()
	due("C2")
	if err := <-arrived; err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // the bot tries to record the post
	disk(false)
	ends("C2", bot.Sent)

	due("C3")
	if err := <-arrived; err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	app.kill()
	storetest.ExpireLeases(t, path, app.owner())
	mu.Lock()
	onPost = func(string) {}
	mu.Unlock()
	app = serve()
	ends("C3", bot.Unknown)
	if err := app.stop(); err != nil {
		t.Errorf("stop: %v; log:\n%s", err, app.log())
	}
}
