package discord

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestRenderEdges renders replies that are longer, shorter or stranger than those of the
// bot.
func TestRenderEdges(t *testing.T) {
	long := strings.Repeat("A sentence with *stars* and <@1>. 日本語の文です。😀 ", 200)
	var many []bot.Block
	var buttons []bot.Button
	for i := range 40 {
		many = append(many, bot.Entry{Name: fmt.Sprint("entry ", i), Text: long, Objects: []string{"pod/`x`"}, Commands: []bot.Step{{Run: "kubectl get pods", Note: long}}},
			bot.List{Heading: "list", Items: []string{long, long}, Ordered: true}, bot.Note{Text: long})
		buttons = append(buttons, bot.Button{ID: fmt.Sprint("1:term:", i%30), Label: long})
	}
	buttons = append(buttons, bot.Button{ID: strings.Repeat("x", 101), Label: "too long"})
	for name, r := range map[string]bot.Reply{
		"only a note":     {Blocks: []bot.Block{bot.Note{Text: "a note"}}},
		"only a title":    {Blocks: []bot.Block{bot.Title{Name: "Name", Category: "unknown"}}},
		"everything":      {Blocks: many, Buttons: buttons},
		"long texts":      {Blocks: []bot.Block{bot.Title{Name: long, Other: long}, bot.Paragraph{Heading: long, Text: long}, bot.Paragraph{Text: long}}},
		"long steps":      {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Steps{Heading: "h", Commands: []bot.Step{{Run: strings.Repeat("kubectl ", 50), Note: long}}}}},
		"many links":      {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Links{Links: []bot.Link{{Label: long, URL: "https://kubernetes.io/"}}}}, Buttons: buttons},
		"backslashes":     {Blocks: []bot.Block{bot.Paragraph{Text: strings.Repeat(`\`, 5000)}}},
		"long comparison": {Blocks: []bot.Block{bot.Comparison{Left: long, Right: long, Difference: long, Rows: []bot.ComparisonRow{{Label: "l", Left: long, Right: long}}}}},
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
