package slack

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/platformtest"
)

// post delivers a signed body and returns the status of the answer.
func (r *rig) post(path string, body []byte) int {
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request(path, body))
	return w.Code
}

// interactionForm is the body in which Slack delivers an interaction.
func interactionForm(payload string) []byte { return []byte("payload=" + url.QueryEscape(payload)) }

// shutdown waits for all answers.
func (r *rig) shutdown() {
	r.t.Helper()
	if err := r.adapter.Shutdown(context.Background()); err != nil {
		r.t.Error(err)
	}
}

// TestWithoutID holds that events without an ID are answered, each.
func TestWithoutID(t *testing.T) {
	r := newRig(t, nil)
	for i := range 2 {
		body := bytes.ReplaceAll(r.payload("message_im.json"), []byte(`"event_id":"Ev0004"`), []byte(`"event_id":""`))
		body = bytes.ReplaceAll(body, []byte("1355517523.000005"), fmt.Appendf(nil, "135551752%d.000005", i))
		r.post("/slack/events", body)
		r.post("/slack/interactions", interactionForm(strings.ReplaceAll(string(r.payload("shortcut.json")),
			"13345224609.738474920.8088930838d88f008e1", "")))
	}
	r.shutdown()
	if n, m := r.fake.Count("chat.postMessage"), r.fake.Count("response_url"); n != 2 || m != 2 {
		t.Errorf("%d and %d answers, want 2 and 2", n, m)
	}
	// A command gets its answer on the connection on which it came.
	r = newRig(t, nil)
	for range 2 {
		if w := r.deliver("command.form"); w.Body.Len() == 0 {
			t.Error("a command that was sent again is not answered")
		}
	}
}

// TestChanged holds which changes of a direct message are questions.
func TestChanged(t *testing.T) {
	const original = "1355517523.000005" // in the year 2012
	now := time.Now()
	for _, tt := range []struct {
		name, ts, previous string
		want               int
	}{
		{"of today, and changed to a question", fmt.Sprintf("%d.000005", now.Unix()), "widgetって何?", 1},
		{"preview of a link", fmt.Sprintf("%d.000005", now.Unix()), "gadgetって何?", 0},
		{"of long ago", original, "widgetって何?", 0},
	} {
		r := newRig(t, nil)
		body := bytes.ReplaceAll(r.payload("message_im_changed.json"), []byte(original), []byte(tt.ts))
		body = bytes.ReplaceAll(body, []byte(`{"text":"widgetって何?"}`), fmt.Appendf(nil, `{"text":%q}`, tt.previous))
		if code := r.post("/slack/events", body); code != http.StatusOK {
			t.Errorf("%s: status %d", tt.name, code)
		}
		r.shutdown()
		if n := r.fake.Count("chat.postMessage"); n != tt.want {
			t.Errorf("%s: %d answers, want %d", tt.name, n, tt.want)
		}
	}
}

// TestRefusedWhileStopping holds that what comes too late is refused, so that
// Slack sends it again or says so.
func TestRefusedWhileStopping(t *testing.T) {
	r := newRig(t, nil)
	r.shutdown()
	for path, body := range map[string][]byte{
		"/slack/commands":     r.payload("command.form"),
		"/slack/interactions": interactionForm(string(r.payload("shortcut.json"))),
		"/slack/events":       r.payload("app_mention.json"),
	} {
		if code := r.post(path, body); code != http.StatusServiceUnavailable {
			t.Errorf("%s is answered with %d", path, code)
		}
	}
}

// TestNoSecondAnswer holds that an answer whose delivery broke off is not sent
// again, since it may have arrived, and that none follows a redirection.
func TestNoSecondAnswer(t *testing.T) {
	for name, fault := range map[string]func(http.ResponseWriter){
		"broken off": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"redirected": platformtest.AnswerWith(http.StatusTemporaryRedirect, "", "Location: /respond/2"),
	} {
		r := newRig(t, nil)
		r.fake.Prepare("response_url", fault)
		r.deliver("shortcut.json")
		r.shutdown()
		if n := r.fake.Count("response_url"); n != 1 {
			t.Errorf("%s: %d deliveries, want 1", name, n)
		}
		if !strings.Contains(r.logged.String(), "an answer was not sent") {
			t.Errorf("%s: the log does not say so", name)
		}
	}
}

// TestUnreached holds that a call that found no connection is made again, and one
// whose connection broke off is not.
func TestUnreached(t *testing.T) {
	for op, want := range map[string]int{"dial": 1, "read": 0} {
		r := newRig(t, nil)
		next, failed := r.adapter.client.Transport, false
		r.adapter.client.Transport = roundTrip(func(req *http.Request) (*http.Response, error) {
			if strings.HasSuffix(req.URL.Path, "/chat.postMessage") && !failed {
				failed = true
				return nil, &net.OpError{Op: op, Net: "tcp", Err: syscall.ECONNREFUSED}
			}
			return next.RoundTrip(req)
		})
		r.deliver("app_mention.json")
		r.shutdown()
		if n := r.fake.Count("chat.postMessage"); n != want {
			t.Errorf("after a fault of %s %d answers arrived, want %d", op, n, want)
		}
	}
}

// TestCallsEnd holds that no call waits without end for a Slack that does not
// answer.
func TestCallsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, err := New(Options{BotToken: testBotToken, Metrics: platform.NewMetrics(), Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		a.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		start := time.Now()
		if _, err := a.api.AuthTestContext(t.Context()); err == nil || time.Since(start) != callTimeout {
			t.Errorf("the call ends with %v after %v, want %v", err, time.Since(start), callTimeout)
		}
		if err := a.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestRequestID holds that the log tells which question has no answer.
func TestRequestID(t *testing.T) {
	r := newRig(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(200, `{"ok":false,"error":"not_in_channel"}`, "Content-Type: application/json"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.fake.Prepare("views.publish", platformtest.AnswerWith(200, `{"ok":false,"error":"not_enabled"}`, "Content-Type: application/json"))
	for _, name := range []string{"app_mention.json", "shortcut.json", "home_opened.json"} {
		r.deliver(name)
	}
	r.shutdown()
	for _, id := range []string{"Ev0001", "13345224609.738474920.8088930838d88f008e1", "Ev0007"} {
		if !strings.Contains(r.logged.String(), "request="+id) {
			t.Errorf("the log does not name the request %s:\n%s", id, r.logged)
		}
	}
}

// TestAPIErrors holds that calls that Slack refuses are counted by method.
func TestAPIErrors(t *testing.T) {
	r := newRig(t, nil)
	r.fake.Prepare("chat.postMessage", platformtest.AnswerWith(200, `{"ok":false,"error":"not_in_channel"}`, "Content-Type: application/json"))
	r.fake.Prepare("response_url", platformtest.AnswerWith(404, "used_url"))
	r.deliver("app_mention.json")
	r.deliver("shortcut.json")
	r.shutdown()
	w := httptest.NewRecorder()
	r.metrics.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`k8sbot_api_errors_total{code="not_in_channel",method="chat.postMessage",platform="slack"} 1`,
		`k8sbot_api_errors_total{code="404",method="response_url",platform="slack"} 1`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

// TestSaid holds what is read of a message on which the shortcut is chosen.
func TestSaid(t *testing.T) {
	for name, tt := range map[string]struct{ message, want string }{
		"person":     {`{"text":"pod is down","blocks":[{"type":"section","text":{"text":"pod is down"}}]}`, "pod is down"},
		"blocks":     {`{"text":"","blocks":[{"type":"rich_text","elements":[{"elements":[{"type":"text","text":"OOMKilled"}]}]},{"type":"section","fields":[{"text":"a"},{"text":"b"}]}]}`, "OOMKilled\na\nb"},
		"program":    {`{"bot_id":"B1","text":"Alert","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"CrashLoopBackOff"}}]}`, "Alert\nCrashLoopBackOff"},
		"attachment": {`{"bot_id":"B1","attachments":[{"fallback":"no","pretext":"FIRING","title":"KubePodCrashLooping","text":"restarting","fields":[{"title":"pod","value":"web-1"}]}]}`, "FIRING\nKubePodCrashLooping\nrestarting\npod web-1"},
		"fallback":   {`{"attachments":[{"fallback":"Evicted"}]}`, "Evicted"},
		"odd":        {`{"text":"x","blocks":["y",7,null,{"text":["z"]}]}`, "x"},
	} {
		m, err := decode[chatMessage]([]byte(tt.message))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.FieldsFunc(m.said(), func(r rune) bool { return r == '\n' })
		if got := strings.Join(lines, "\n"); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func FuzzSaid(f *testing.F) {
	f.Add(`{"text":"pod","blocks":[{"text":{"text":"a"},"fields":["b"],"elements":[[{"text":7}]]}]}`)
	f.Add(`{"bot_id":"B","attachments":[{"title":"<!channel>","fields":[{"value":"x"}],"blocks":{"text":"y"}}]}`)
	f.Fuzz(func(t *testing.T, message string) {
		m, err := decode[chatMessage]([]byte(message))
		if err != nil {
			return
		}
		said := m.said()
		if said != strings.TrimSpace(said) || len(said) > 3*len(message) {
			t.Errorf("of %q is read %q", message, said)
		}
		if got := escape(plain(said)); strings.ContainsAny(got, "<>") {
			t.Errorf("of %q comes back %q", message, got)
		}
	})
}
