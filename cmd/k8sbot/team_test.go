package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/store"
	"k8sbot/bot/store/storetest"
	"k8sbot/bot/store/teams"
	"k8sbot/bot/team"
	"k8sbot/glossary/longtest"
)

// interact sends an interaction of a user to the program at addr, and returns what is sent to the
// response URL, or the response if it has a body. It returns "" if the program has died; dead is
// closed then.
func (s *fakeSlack) interact(addr, user string, dead <-chan struct{}, fields map[string]any) string {
	s.mu.Lock()
	s.sent++
	path, late := fmt.Sprint("/response/", s.sent), make(chan string, 1)
	s.late[path] = late
	s.mu.Unlock()
	for k, v := range map[string]any{
		"team": map[string]any{"id": "T1"}, "user": map[string]any{"id": user}, "channel": map[string]any{"id": "C1"}, "trigger_id": path, "response_url": s.server.URL + path,
	} {
		fields[k] = v
	}
	payload, err := json.Marshal(fields)
	if err != nil {
		s.t.Error(err)
	}
	body, timestamp := url.Values{"payload": {string(payload)}}.Encode(), fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte(slackSigning))
	fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
	req, err := http.NewRequest(http.MethodPost, "http://"+addr+"/slack/interactions", strings.NewReader(body))
	if err != nil {
		s.t.Error(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return ""
	}
	answer, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || len(answer) > 2 {
		return string(answer)
	}
	select {
	case got := <-late:
		return got
	case <-dead:
		return ""
	case <-time.After(20 * time.Second):
		return ""
	}
}

var approveButton = regexp.MustCompile(`1:team-approve:[A-Z0-9]+`)

// TestTeamReplicas runs three replicas on PostgreSQL. A member proposes terms on one, and an admin
// approves them on another, which is killed meanwhile. It checks that each approval that was
// confirmed is visible on all others within three seconds, and that none is lost.
func TestTeamReplicas(t *testing.T) {
	longtest.Require(t)
	t.Parallel()
	dsn := storetest.NewSchema(t)
	db, err := store.Open(t.Context(), dsn, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	home := team.Tenant{Platform: "slack", ID: "T1"}
	if err := teams.New(db).SetSettings(t.Context(), team.Settings{Tenant: home, Channel: "C9"}); err != nil {
		t.Fatal(err)
	}
	asked := make(chan string, 100) // the buttons in the review channel
	web := newFakeSlack(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/users.info"):
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"ok":true,"user":{"id":%q,"locale":"en-US","is_admin":%t}}`, r.FormValue("user"), r.FormValue("user") == "UADMIN")
		case strings.HasSuffix(r.URL.Path, "/chat.postMessage") && r.FormValue("channel") == "C9":
			asked <- approveButton.FindString(r.FormValue("blocks"))
			fallthrough
		default:
			answerSlack(w, r)
		}
	})
	startReplica := func() (string, *process) {
		addr := freeAddr(t)
		p := start(t, "serve", "SLACK_BOT_TOKEN=xoxb-test", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+web.apiURL(), "HTTP_ADDR="+addr, "DATABASE_URL="+dsn, "BOT_LANG=en")
		return addr, p
	}
	var addrs []string
	var replicas []*process
	for range 3 {
		addr, p := startReplica()
		addrs, replicas = append(addrs, addr), append(replicas, p)
	}
	for i, p := range replicas {
		p.await("k8sbot started")
		web.command(addrs[i], "qzterm0") // reads the tenant, which has no terms yet
	}
	// await asks a replica until it has the text, and fails if that takes longer than three seconds
	// and the time that lookups take on this machine.
	await := func(addr, name, text string, since time.Time) {
		t.Helper()
		for slow := time.Duration(0); ; time.Sleep(50 * time.Millisecond) {
			begin := time.Now()
			if strings.Contains(web.command(addr, name), text) {
				return
			}
			if slow += time.Since(begin); time.Since(since) > 3*time.Second+slow {
				t.Errorf("%s is not on %s after %v", name, addr, time.Since(since))
				return
			}
		}
	}
	const terms = 12
	var mu sync.Mutex
	var confirmed []string
	dead, ended := make(chan struct{}), make(chan struct{})
	for n := range terms {
		name := fmt.Sprint("qzterm", n)
		value := func(id, v string) map[string]any { return map[string]any{id: map[string]any{"value": v}} }
		proposed := web.interact(addrs[0], "U1", nil, map[string]any{"type": "view_submission", "view": map[string]any{"id": "V1", "type": "modal", "callback_id": "form", "private_metadata": "1:team-add", "state": map[string]any{
			"values": map[string]any{"name": value("name", name), "text": value("text", "The meaning of "+name)},
		}}})
		if !strings.Contains(proposed, name) {
			t.Fatalf("proposed %s, got %q; log:\n%s", name, proposed, replicas[0].log())
		}
	}
	go func() {
		defer close(ended)
		for n := range terms {
			button := ""
			select {
			case button = <-asked:
			case <-time.After(20 * time.Second):
				t.Error("no proposal was posted")
				return
			}
			said := web.interact(addrs[1], "UADMIN", dead, map[string]any{
				"type": "block_actions", "container": map[string]any{"type": "message", "message_ts": "1.1"}, "actions": []any{map[string]any{"action_id": button, "action_ts": fmt.Sprint(n)}},
			})
			since := time.Now()
			name := regexp.MustCompile(`qzterm\d+`).FindString(said)
			if !strings.Contains(said, "Approved") {
				return // it has died
			}
			mu.Lock()
			confirmed = append(confirmed, name)
			mu.Unlock()
			if n < 3 {
				await(addrs[n], name, "The meaning of "+name+".", since)
			}
		}
	}()
	for enough := false; !enough; time.Sleep(5 * time.Millisecond) {
		mu.Lock()
		enough = len(confirmed) >= 6
		mu.Unlock()
		select {
		case <-ended:
			t.Fatalf("approved %q only", confirmed)
		default:
		}
	}
	replicas[1].kill()
	close(dead)
	killed := time.Now()
	<-ended
	addr, p := startReplica()
	p.await("k8sbot started")
	for _, name := range confirmed {
		for _, addr := range []string{addrs[0], addrs[2], addr} {
			await(addr, name, "The meaning of "+name+".", killed)
		}
	}
	if len(confirmed) == terms {
		t.Error("all were approved before the kill")
	}
	t.Logf("%d of %d were confirmed before the kill", len(confirmed), terms)
	for _, p := range []*process{replicas[0], replicas[2], p} {
		if err := p.stop(); err != nil {
			t.Errorf("replica: %v; log:\n%s", err, p.log())
		}
	}
}
