package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServe runs the program as a Slack app in HTTP mode against a stand-in for
// Slack, asks it, and tells it to stop.
func TestServe(t *testing.T) {
	slackAPI := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/users.info") {
			fmt.Fprint(w, `{"ok":true,"user":{"id":"U1","locale":"ja-JP"}}`)
			return
		}
		fmt.Fprint(w, `{"ok":true,"user_id":"U0","team_id":"T1"}`)
	}))
	defer slackAPI.Close()
	const signing, token = "signing-test-secret", "xoxb-test-secret"
	addr, metricsAddr := freeAddr(t), freeAddr(t)
	database := filepath.Join(t.TempDir(), "k8sbot.db")

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, program(t), "serve")
	cmd.Env = []string{
		"SLACK_BOT_TOKEN=" + token, "SLACK_SIGNING_SECRET=" + signing, "SLACK_API_URL=" + slackAPI.URL + "/api/",
		"HTTP_ADDR=" + addr, "METRICS_ADDR=" + metricsAddr, "DATABASE_URL=" + database, "LOG_LEVEL=debug",
	}
	var logged bytes.Buffer
	cmd.Stderr = &logged
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	get := func(address string) (int, string) {
		resp, err := http.Get("http://" + address)
		if err != nil {
			return 0, ""
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(body)
	}
	for status := 0; status != http.StatusOK; status, _ = get(addr + "/readyz") {
		if ctx.Err() != nil {
			_ = cmd.Wait() // it was killed
			t.Fatalf("never ready; log:\n%s", &logged)
		}
		time.Sleep(5 * time.Millisecond)
	}

	ask := func(text string, n int) string {
		t.Helper()
		body := fmt.Sprintf("team_id=T1&user_id=U1&channel_id=C1&trigger_id=%d&text=%s", n, url.QueryEscape(text))
		timestamp := fmt.Sprint(time.Now().Unix())
		mac := hmac.New(sha256.New, []byte(signing))
		fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/slack/commands", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Slack-Request-Timestamp", timestamp)
		req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		answer, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%q is answered with %s, %v", text, resp.Status, err)
		}
		return string(answer)
	}
	for i, tt := range []struct{ text, want string }{
		{"くらっしゅるーぷ", "まず確認すること"},
		{"pod", "リソースの種類"}, // the locale that Slack tells
		{"lang en", "in English from now on"},
		{"pod", "resource kind"}, // the choice that the store keeps
		{"ピザ", "no Kubernetes word"},
	} {
		if answer := ask(tt.text, i); !strings.Contains(answer, tt.want) {
			t.Errorf("%q is answered with %.300s, which has no %q", tt.text, answer, tt.want)
		}
	}
	if _, metrics := get(metricsAddr + "/metrics"); !strings.Contains(metrics, `k8sbot_questions_total{how="",kind="none",platform="slack",surface="slash"} 1`) {
		t.Errorf("the metrics do not count the miss:\n%.500s", metrics)
	}
	if status, _ := get(addr + "/metrics"); status != http.StatusNotFound {
		t.Errorf("METRICS_ADDR is set, and /metrics on the public listener answers %d", status)
	}

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("told to stop, it ends with %v; log:\n%s", err, &logged)
	}
	for _, secret := range []string{signing, token} {
		if strings.Contains(logged.String(), secret) {
			t.Errorf("the log holds the secret %s", secret)
		}
	}
	misses := exec.CommandContext(ctx, program(t), "misses")
	misses.Env = []string{"DATABASE_URL=" + database}
	if out, err := misses.CombinedOutput(); err != nil || !strings.Contains(string(out), "ピザ") {
		t.Errorf("misses prints %s, %v", out, err)
	}
}
