package discord

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestRenderEdges renders replies that are longer, shorter or stranger than any that
// the bot makes today.
func TestRenderEdges(t *testing.T) {
	long := strings.Repeat("A sentence with *stars* and <@1>. 日本語の文です。😀 ", 200)
	var many []bot.Block
	var choices []bot.Button
	for i := range 40 {
		many = append(many, bot.Entry{Name: fmt.Sprint("entry ", i), Text: long, Objects: []string{"pod/`x`"}, Commands: []bot.Step{{Run: "kubectl get pods", Note: long}}},
			bot.List{Heading: "list", Items: []string{long, long}, Ordered: true}, bot.Note{Text: long})
		choices = append(choices, bot.Button{ID: fmt.Sprint("1:term:", i%30), Label: long})
	}
	choices = append(choices, bot.Button{ID: strings.Repeat("x", 101), Label: "too long"})
	for name, r := range map[string]bot.Reply{
		"a note alone":   {Blocks: []bot.Block{bot.Note{Text: "a note"}}},
		"a title alone":  {Blocks: []bot.Block{bot.Title{Name: "Name", Category: "no such"}}},
		"everything":     {Blocks: many, Buttons: choices},
		"long texts":     {Blocks: []bot.Block{bot.Title{Name: long, Other: long}, bot.Paragraph{Heading: long, Text: long}, bot.Paragraph{Text: long}}},
		"long steps":     {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Steps{Heading: "h", Commands: []bot.Step{{Run: strings.Repeat("kubectl ", 50), Note: long}}}}},
		"many links":     {Blocks: []bot.Block{bot.Title{Name: "x"}, bot.Links{Links: []bot.Link{{Label: long, URL: "https://kubernetes.io/"}}}}, Buttons: choices},
		"backslashes":    {Blocks: []bot.Block{bot.Paragraph{Text: strings.Repeat(`\`, 5000)}}},
		"a long compare": {Blocks: []bot.Block{bot.Comparison{Left: long, Right: long, Difference: long, Rows: []bot.ComparisonRow{{Label: "l", Left: long, Right: long}}}}},
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

// TestColors holds that each category has a colour of its own.
func TestColors(t *testing.T) {
	seen := make(map[int]glossary.Category)
	for _, c := range glossary.Categories() {
		color, ok := colors[c]
		if !ok {
			t.Errorf("the category %s has no colour: give it one in render_blocks.go", c)
			continue
		}
		// The terms of the control plane are Kubernetes itself.
		if color == defaultColor && c != "control-plane" {
			t.Errorf("the category %s has the colour of what has no category", c)
		}
		if other, taken := seen[color]; taken {
			t.Errorf("the categories %s and %s have the same colour", other, c)
		}
		seen[color] = c
	}
	if len(colors) != len(glossary.Categories()) {
		t.Errorf("there are %d colours for %d categories", len(colors), len(glossary.Categories()))
	}
}
