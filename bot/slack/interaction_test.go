package slack

import (
	"net/http/httptest"
	"strings"
	"testing"
)

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
		lines := strings.FieldsFunc(m.fullText(), func(r rune) bool { return r == '\n' })
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
		said := m.fullText()
		if said != strings.TrimSpace(said) || len(said) > 3*len(message) {
			t.Errorf("of %q is read %q", message, said)
		}
		if got := escape(plain(said)); strings.ContainsAny(got, "<>") {
			t.Errorf("of %q comes back %q", message, got)
		}
	})
}

// TestThread holds that a talk about a post is begun in the post's own thread.
func TestThread(t *testing.T) {
	r := newHarness(t, nil)
	body := `{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"channel":{"id":"C1"},"trigger_id":"1.2.3","response_url":"` +
		r.fake.responseURL() + `","container":{"type":"message"},"message":{"ts":"1515449522.000016"},"actions":[{"action_id":"1:discuss:widget","action_ts":"1.2"}]}`
	w := httptest.NewRecorder()
	r.adapter.Handler().ServeHTTP(w, request("/slack/interactions", interactionForm(body)))
	if sent := r.fake.await("response_url", 1); sent["thread_ts"] != "1515449522.000016" || sent["response_type"] != "in_channel" {
		t.Errorf("the talk is begun with %v", sent)
	}
}
