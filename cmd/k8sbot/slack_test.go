package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

const slackSigning = "signing-test-secret"

// fakeSlack is a fake of Slack's Web API that sends commands as Slack does.
type fakeSlack struct {
	t      *testing.T
	server *httptest.Server

	mu   sync.Mutex
	sent int                    // number of commands
	late map[string]chan string // answers by the path of the response URL
}

// newFakeSlack starts a fake Slack whose users read Japanese. api responds to Web API calls;
// if it is nil, all calls succeed.
func newFakeSlack(t *testing.T, api http.HandlerFunc) *fakeSlack {
	s := &fakeSlack{t: t, late: make(map[string]chan string)}
	if api == nil {
		api = answerSlack
	}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		late, ok := s.late[r.URL.Path]
		s.mu.Unlock()
		if ok {
			answer, _ := io.ReadAll(r.Body)
			late <- string(answer)
			return
		}
		api(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

// answerSlack responds to a Web API call.
func answerSlack(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if strings.HasSuffix(r.URL.Path, "/users.info") {
		fmt.Fprint(w, `{"ok":true,"user":{"id":"U1","locale":"ja-JP"}}`)
		return
	}
	if strings.HasSuffix(r.URL.Path, "/conversations.history") {
		fmt.Fprint(w, `{"ok":false,"error":"missing_scope"}`)
		return
	}
	fmt.Fprint(w, `{"ok":true,"user_id":"U0","team_id":"T1","channel":"C1","ts":"1600000000.000001"}`)
}

// apiURL returns the SLACK_API_URL of the program.
func (s *fakeSlack) apiURL() string { return s.server.URL + "/api/" }

// command sends /k8s text to the program at addr in the channel C1, and returns the answer.
func (s *fakeSlack) command(addr, text string) string {
	s.t.Helper()
	return s.commandIn(addr, "C1", text)
}

// commandIn is like command, for another channel. On a busy machine, the answer is sent to the
// response URL.
func (s *fakeSlack) commandIn(addr, channel, text string) string {
	s.t.Helper()
	s.mu.Lock()
	s.sent++
	path, late := fmt.Sprint("/response/", s.sent), make(chan string, 1)
	s.late[path] = late
	s.mu.Unlock()
	body := url.Values{
		"team_id": {"T1"}, "user_id": {"U1"}, "channel_id": {channel}, "trigger_id": {path}, "text": {text}, "response_url": {s.server.URL + path},
	}.Encode()
	timestamp := fmt.Sprint(time.Now().Unix())
	mac := hmac.New(sha256.New, []byte(slackSigning))
	fmt.Fprintf(mac, "v0:%s:%s", timestamp, body)
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+addr+"/slack/commands", strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%q: got %s, %v, want 200", text, resp.Status, err)
	}
	if len(answer) > 0 {
		return string(answer)
	}
	select {
	case answer := <-late:
		return answer
	case <-time.After(30 * time.Second):
		s.t.Fatalf("%q: no answer", text)
		return ""
	}
}
