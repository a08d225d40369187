package slack

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/followup"
	"k8sbot/glossary"
)

// TestFollowUp asks a question about the answer to a mention, both in the thread that the
// answer started and outside of it.
func TestFollowUp(t *testing.T) {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	b := bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler), LastTerms: new(followup.Memory)})
	r := newHarness(t, func(o *Options) { o.Bot = b })
	r.deliver("app_mention.json")
	if got := r.fake.await("chat.postMessage", 1); got["thread_ts"] != "1515449522.000016" {
		t.Fatalf("got %v, want a reply in a new thread", got)
	}
	b.Wait()
	question := bytes.ReplaceAll(r.payload("app_mention.json"), []byte("what is a widget?"), []byte("tell me more about it"))
	for i, tt := range []struct{ thread, method, want string }{
		{"1515449522.000016", "chat.postMessage", "Widget"},
		{"1515449500.000001", "chat.postEphemeral", "couldn't find"},
		{"", "chat.postEphemeral", "couldn't find"},
	} {
		ts := fmt.Sprintf(`"ts":"1515449530.00000%d"`, i)
		if tt.thread != "" {
			ts += `,"thread_ts":"` + tt.thread + `"`
		}
		body := bytes.ReplaceAll(question, []byte(`"event_id":"Ev0001"`), fmt.Appendf(nil, `"event_id":"Ev1%d"`, i))
		body = bytes.Replace(body, []byte(`"ts":"1515449522.000016"`), []byte(ts), 1)
		before := r.fake.Count(tt.method)
		if code := r.post("/slack/events", body); code != http.StatusOK {
			t.Fatalf("got status %d, want 200", code)
		}
		if got := fmt.Sprint(r.fake.await(tt.method, before+1)); !strings.Contains(got, tt.want) {
			t.Errorf("in thread %q: got %s, want %q", tt.thread, got, tt.want)
		}
		b.Wait()
	}
}
