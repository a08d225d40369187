package slack

import (
	"net/http/httptest"
	"strings"
	"testing"

	"k8sbot/bot/slack/mrkdwn"
)

// TestFullText checks which text of a message is explained when the shortcut is used.
func TestFullText(t *testing.T) {
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
		lines := strings.FieldsFunc(m.fullText(), func(r rune) bool { return r == '\n' })
		if got := strings.Join(lines, "\n"); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func FuzzFullText(f *testing.F) {
	f.Add(`{"text":"pod","blocks":[{"text":{"text":"a"},"fields":["b"],"elements":[[{"text":7}]]}]}`)
	f.Add(`{"bot_id":"B","attachments":[{"title":"<!channel>","fields":[{"value":"x"}],"blocks":{"text":"y"}}]}`)
	f.Fuzz(func(t *testing.T, message string) {
		m, err := decode[chatMessage]([]byte(message))
		if err != nil {
			return
		}
		text := m.fullText()
		if text != strings.TrimSpace(text) || len(text) > 3*len(message) {
			t.Errorf("fullText of %q = %q, want no surrounding space and no repetition", message, text)
		}
		if got := mrkdwn.Escape(mrkdwn.Plain(text)); strings.ContainsAny(got, "<>") {
			t.Errorf("escaped text of %q = %q", message, got)
		}
	})
}

// TestThread checks that a discussion of a daily term starts in that message's thread.
func TestThread(t *testing.T) {
	r := newHarness(t, nil)
	body := `{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"channel":{"id":"C1"},"trigger_id":"1.2.3","response_url":"` +
		r.fake.responseURL() + `","container":{"type":"message"},"message":{"ts":"1515449522.000016"},"actions":[{"action_id":"1:discuss:widget","action_ts":"1.2"}]}`
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/interactions", interactionForm(body)))
	if sent := r.fake.await("response_url", 1); sent["thread_ts"] != "1515449522.000016" || sent["response_type"] != "in_channel" {
		t.Errorf("got %v, want a public reply in the thread", sent)
	}
}
