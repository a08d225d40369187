package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestServe runs the program as a Slack app in HTTP mode against a fake Slack, sends it
// commands, and stops it.
func TestServe(t *testing.T) {
	t.Parallel()
	slack := newFakeSlack(t, nil)
	const token = "xoxb-test-secret"
	addr, metricsAddr := freeAddr(t), freeAddr(t)
	database := filepath.Join(t.TempDir(), "k8sbot.db")

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	p := start(t, "serve",
		"SLACK_BOT_TOKEN="+token, "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+slack.apiURL(),
		"HTTP_ADDR="+addr, "METRICS_ADDR="+metricsAddr, "DATABASE_URL="+database, "LOG_LEVEL=debug")
	app := slackApp{p, slack, addr}
	for status := 0; status != http.StatusOK; status, _ = get(addr + "/readyz") {
		if ctx.Err() != nil {
			t.Fatalf("/readyz did not return 200; log:\n%s", p.log())
		}
		time.Sleep(5 * time.Millisecond)
	}

	for _, tt := range []struct{ text, want string }{
		{"くらっしゅるーぷ", "原因と詳細"},
		{"pod", "リソースの種類"}, // the locale from Slack
		{"lang en", "in English from now on"},
		{"pod", "resource kind"}, // the language from the store
		{"ピザ", "couldn't find"},
	} {
		app.awaitAnswer(tt.text, tt.want) // without the store, an answer is in the default language
	}
	if _, metrics := get(metricsAddr + "/metrics"); !strings.Contains(metrics, `k8sbot_questions_total{how="",kind="none",platform="slack",surface="slash"} `) {
		t.Errorf("metrics do not count the miss:\n%.500s", metrics)
	}
	if status, _ := get(addr + "/metrics"); status != http.StatusNotFound {
		t.Errorf("/metrics on the public listener with METRICS_ADDR set: got status %d, want 404", status)
	}
	if status, _ := get(addr + "/mcp"); status != http.StatusNotFound {
		t.Errorf("/mcp without MCP_HTTP: got status %d, want 404", status)
	}

	// A miss is counted in the background, and not at all if the store is slow.
	for try := range 30 {
		misses := exec.Command(program(t), "misses")
		misses.Env = []string{"DATABASE_URL=" + database}
		out, err := misses.CombinedOutput()
		if err == nil && strings.Contains(string(out), "ピザ") {
			break
		}
		if try == 29 {
			t.Errorf("misses: got %s, %v, want the miss", out, err)
		}
		app.command("ピザ")
	}

	if err := p.stop(); err != nil {
		t.Errorf("after SIGTERM: got %v, want no error; log:\n%s", err, p.log())
	}
	for _, secret := range []string{slackSigning, token} {
		if strings.Contains(p.log(), secret) {
			t.Errorf("the log contains the secret %s", secret)
		}
	}
}

// TestServeBoth runs Slack and Discord in one process. While Discord's API hangs, and after it has
// rejected the token, Slack's commands are answered and the process stays ready; /readyz, the
// metrics and the log report the failure.
func TestServeBoth(t *testing.T) {
	t.Parallel()
	refuse := make(chan bool, 1)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-refuse
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"message":"401: Unauthorized","code":0}`)
	}))
	defer api.Close()
	slack := newFakeSlack(t, nil)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	const token = "discord-test-secret"
	addr := freeAddr(t)
	p := start(t, "serve",
		"SLACK_BOT_TOKEN=xoxb-test-secret", "SLACK_SIGNING_SECRET="+slackSigning, "SLACK_API_URL="+slack.apiURL(),
		"DISCORD_BOT_TOKEN="+token, "DISCORD_PUBLIC_KEY="+hex.EncodeToString(public), "DISCORD_API_URL="+api.URL+"/discord/",
		"HTTP_ADDR="+addr, "DATABASE_URL="+filepath.Join(t.TempDir(), "k8sbot.db"))
	p.await("k8sbot started")
	serving := func(when string) {
		t.Helper()
		if status, body := get(addr + "/readyz"); status != http.StatusOK || !strings.Contains(body, "discord") {
			t.Errorf("%s: /readyz: got %d %s, want 200 and discord", when, status, body)
		}
		began := time.Now()
		if answer := slack.command(addr, "くらっしゅるーぷ"); !strings.Contains(answer, "原因と詳細") {
			t.Errorf("%s: Slack's command: got %.300s, want the answer", when, answer)
		}
		t.Logf("%s: Slack's command was answered in %v", when, time.Since(began).Round(time.Millisecond))
	}
	serving("Discord hangs")
	interaction := `{"id":"1","type":2,"locale":"ja","user":{"id":"2"},"data":{"name":"k8s","type":1,"options":[{"name":"term","type":1,"options":[{"name":"name","value":"くらっしゅるーぷ"}]}]}}`
	timestamp := fmt.Sprint(time.Now().Unix())
	req, err := http.NewRequest(http.MethodPost, "http://"+addr+"/discord/interactions", strings.NewReader(interaction))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Signature-Timestamp", timestamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(private, []byte(timestamp+interaction))))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || !strings.Contains(string(answer), "原因と詳細") {
		t.Errorf("Discord interaction: got %s %s, %v, want the answer", resp.Status, answer, err)
	}
	refuse <- true
	p.await("platform failed permanently")
	const discordDown, slackUp = `k8sbot_connected{platform="discord"} 0`, `k8sbot_connected{platform="slack"} 1`
	_, metrics := get(addr + "/metrics")
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && !strings.Contains(metrics, slackUp); time.Sleep(50 * time.Millisecond) {
		_, metrics = get(addr + "/metrics") // the check of Slack's token may still be running
	}
	if !strings.Contains(metrics, discordDown) || !strings.Contains(metrics, slackUp) {
		t.Errorf("metrics: want discord 0 and slack 1, got %s", metrics)
	}
	serving("Discord has rejected the token")
	if status, _ := get(addr + "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: got status %d, want 200", status)
	}
	if err := p.stop(); err == nil || !strings.Contains(p.log(), "DISCORD_BOT_TOKEN") || strings.Contains(p.log(), token) {
		t.Errorf("got %v, want an error and a log that names DISCORD_BOT_TOKEN but not its value; log:\n%s", err, p.log())
	}
}

// A process is a running k8sbot.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	mu     sync.Mutex
	logged bytes.Buffer
	wrote  chan struct{} // signals that something was logged
	ended  chan error
}

// start starts k8sbot with env as its entire environment. The process is killed when the test
// ends.
func start(t *testing.T, command string, env ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(program(t), command), wrote: make(chan struct{}, 1), ended: make(chan error, 1)}
	p.cmd.Env, p.cmd.Stderr = env, p
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	return p
}

func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.wrote <- struct{}{}:
	default:
	}
	return p.logged.Write(b)
}

func (p *process) log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.logged.String()
}

// await waits until the log contains text.
func (p *process) await(text string) {
	p.t.Helper()
	deadline := time.After(30 * time.Second)
	for !strings.Contains(p.log(), text) {
		select {
		case <-p.wrote:
		case err := <-p.ended:
			p.t.Fatalf("k8sbot ended with %v before it logged %q; log:\n%s", err, text, p.log())
		case <-deadline:
			p.t.Fatalf("k8sbot did not log %q; log:\n%s", text, p.log())
		}
	}
}

// stop sends SIGTERM and returns the error with which k8sbot ended.
func (p *process) stop() error {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		return err
	case <-time.After(20 * time.Second):
		p.t.Fatalf("k8sbot did not stop; log:\n%s", p.log())
		return nil
	}
}

// get sends a GET request. It returns the status 0 if there is no response.
func get(address string) (status int, body string) {
	resp, err := http.Get("http://" + address)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	data, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(data)
}
