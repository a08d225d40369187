package discord

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestRenderEdges renders replies that are longer, shorter or stranger than those of the
// bot.
func TestRenderEdges(t *testing.T) {
	long := strings.Repeat("A sentence with *stars* and <@1>. 日本語の文です。😀 ", 200)
	var many []reply.Block
	var buttons []reply.Button
	for i := range 40 {
		many = append(many, reply.Entry{Name: fmt.Sprint("entry ", i), Text: long, Objects: []string{"pod/`x`"}, Commands: []reply.Step{{Run: "kubectl get pods", Note: long}}},
			reply.List{Heading: "list", Items: []string{long, long}, Ordered: true}, reply.Note{Text: long})
		buttons = append(buttons, reply.Button{ID: fmt.Sprint("1:term:", i%30), Label: long})
	}
	buttons = append(buttons, reply.Button{ID: strings.Repeat("x", 101), Label: "too long"})
	for name, r := range map[string]reply.Reply{
		"only a note":     {Blocks: []reply.Block{reply.Note{Text: "a note"}}},
		"only a title":    {Blocks: []reply.Block{reply.Title{Name: "Name", Category: "unknown"}}},
		"everything":      {Blocks: many, Buttons: buttons},
		"long texts":      {Blocks: []reply.Block{reply.Title{Name: long, Other: long}, reply.Paragraph{Heading: long, Text: long}, reply.Paragraph{Text: long}}},
		"long steps":      {Blocks: []reply.Block{reply.Title{Name: "x"}, reply.Steps{Heading: "h", Commands: []reply.Step{{Run: strings.Repeat("kubectl ", 50), Note: long}}}}},
		"many links":      {Blocks: []reply.Block{reply.Title{Name: "x"}, reply.Links{Links: []reply.Link{{Label: long, URL: "https://kubernetes.io/"}}}}, Buttons: buttons},
		"backslashes":     {Blocks: []reply.Block{reply.Paragraph{Text: strings.Repeat(`\`, 5000)}}},
		"long comparison": {Blocks: []reply.Block{reply.Comparison{Left: long, Right: long, Difference: long, Rows: []reply.ComparisonRow{{Label: "l", Left: long, Right: long}}}}},
	} {
		body, err := Render(r)
		if err == nil {
			err = checkLimits(body)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestColors verifies that each category has its own colour.
func TestColors(t *testing.T) {
	seen := make(map[int]glossary.Category)
	for _, c := range glossary.Categories() {
		color, ok := colors[c]
		if !ok {
			t.Errorf("category %s has no colour: add one to colors in render_blocks.go", c)
			continue
		}
		// The control plane stands for Kubernetes itself.
		if color == defaultColor && c != "control-plane" {
			t.Errorf("category %s has the default colour", c)
		}
		if other, taken := seen[color]; taken {
			t.Errorf("categories %s and %s have the same colour", other, c)
		}
		seen[color] = c
	}
	if len(colors) != len(glossary.Categories()) {
		t.Errorf("got %d colours for %d categories", len(colors), len(glossary.Categories()))
	}
}
