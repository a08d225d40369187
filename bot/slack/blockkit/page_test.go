package blockkit

import (
	"encoding/json"
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestPageLink checks that a title links to the documentation and to the page.
func TestPageLink(t *testing.T) {
	docs, page := reply.Link{Label: "Docs", URL: "https://kubernetes.io/docs/"}, reply.Link{Label: "Diagrams", URL: "https://k8sbot.example.com/?lang=en#pod"}
	for _, tt := range []struct {
		title reply.Title
		want  []string
	}{
		{reply.Title{Name: "Pod", Context: []string{"kind"}, Docs: docs}, []string{"kind · <https://kubernetes.io/docs/|📖 Docs>"}},
		{reply.Title{Name: "Pod", Context: []string{"kind"}, Docs: docs, Page: page},
			[]string{"kind · <https://kubernetes.io/docs/|📖 Docs> · <https://k8sbot.example.com/?lang=en#pod|🗺️ Diagrams>"}},
		{reply.Title{Name: "Pod", Context: []string{"a_b"}, Docs: reply.Link{Label: "Docs", URL: "https://kubernetes.io/docs/kubectl_logs/"}}, []string{"a_b · <https://kubernetes.io/docs/kubectl_logs/|📖 Docs>"}},
		{reply.Title{Name: "Pod", Context: []string{"*a*"}, Docs: docs}, []string{`"text":"*a*"`, `"text":"<https://kubernetes.io/docs/|📖 Docs>"`}},
		{reply.Title{Name: "Pod", Context: []string{"kind"}}, []string{`"text":"kind"`}},
	} {
		data, err := json.Marshal(Render(reply.Reply{Blocks: []reply.Block{tt.title}}))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(data))
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%+v: got %s, want it to contain %s", tt.title, got, want)
			}
		}
	}
}

// TestNote checks that notes show code as code, and everything else as it is.
func TestNote(t *testing.T) {
	for text, want := range map[string]string{
		"Type `list <a>`.":       `"type":"mrkdwn","text":"Type ` + "`list &lt;a&gt;`" + `.","verbatim":true`,
		"plain *text*":           `"type":"plain_text","text":"plain *text*"`,
		"“*a*” isn't `a` or `b`": `"type":"plain_text","text":"“*a*” isn't a or b"`,
	} {
		data, err := json.Marshal(Render(reply.Reply{Blocks: []reply.Block{reply.Note{Text: text}}}))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.NewReplacer(`\u0026`, "&").Replace(string(data)); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want it to contain %s", text, got, want)
		}
	}
}
