package mcp

import (
	"testing"

	"k8sbot/bot/reply"
)

func TestMarkdown(t *testing.T) {
	for _, tt := range []struct {
		name  string
		block reply.Block
		want  string
	}{
		{"title", reply.Title{Name: "認証", Other: "Authentication", Context: []string{"概念", "a"}, Docs: reply.Link{Label: "Docs", URL: "https://kubernetes.io/"}, Page: reply.Link{Label: "Pictures", URL: "https://k8sbot.example.com/"}},
			"**認証** (Authentication) 概念 · a\n\nDocs: https://kubernetes.io/\n\nPictures: https://k8sbot.example.com/"},
		{"headline", reply.Headline{Text: "1 failure", About: "1 Pod"}, "**1 failure** 1 Pod"},
		{"empty", reply.Paragraph{}, ""},
		{"paragraph", reply.Paragraph{Heading: "H", Bold: "first.", Text: "Then `code`."}, "**H**\n\nfirst.\n\nThen `code`."},
		{"ordered", reply.List{Heading: "Causes", Items: []string{"a", "b"}, Ordered: true}, "**Causes**\n\n1. a\n2. b"},
		{"steps", reply.Steps{Commands: []reply.Step{{Goal: "See", Run: "kubectl get pods", Note: "Look."}, {Run: "a"}}},
			"- See: `kubectl get pods` — Look.\n- `a`"},
		{"entry", reply.Entry{Name: "E", Objects: []string{"pod/a", "pod/b"}, Text: "t", Facts: []string{"said `x`\nand more"}, Commands: []reply.Step{{Run: "c"}}},
			"**E** pod/a, pod/b\n\nt\n\n> `` said `x` and more ``\n\n- `c`"},
		{"comparison", reply.Comparison{Names: []string{"A", "B"}, Difference: "d", Rows: []reply.ComparisonRow{{Label: "l|", Cells: []string{"a\nb", ""}}}},
			"**A / B**\n\nd\n\n|  | A | B |\n| --- | --- | --- |\n| l\\| | a b |  |"},
		{"note", reply.Note{Text: "n"}, "n"},
	} {
		if got := markdown([]reply.Block{tt.block}); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
