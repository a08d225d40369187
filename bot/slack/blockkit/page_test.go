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
		{reply.Title{Name: "Pod", Context: []string{"a_b"}, Docs: docs, Page: page}, []string{`"url":"https://kubernetes.io/docs/"`, `"url":"https://k8sbot.example.com/?lang=en#pod"`}},
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
