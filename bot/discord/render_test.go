package discord

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestNotes checks that no note replaces another, that a note below paragraphs shows code, and that a
// note elsewhere quotes it.
func TestNotes(t *testing.T) {
	for want, blocks := range map[string][]reply.Block{
		`"footer":{"text":"about · one · two “x”"}`: {reply.Headline{Text: "h", About: "about"}, reply.Note{Text: "one"}, reply.Note{Text: "two `x`"}},
		"\"description\":\"p\\n\\nType `list`\"":    {reply.Paragraph{Text: "p"}, reply.Note{Text: "Type `list`"}},
		`"footer":{"text":"kind · Type “list”"}`:    {reply.Title{Name: "t", Context: []string{"kind"}}, reply.Paragraph{Text: "p"}, reply.Note{Text: "Type `list`"}},
		`"author":{"name":"Try “x y”"}`:             {reply.Note{Text: "Try `x y`"}, reply.Paragraph{Text: "p"}},
		`"footer":{"text":"種類 · 「list」と入力"}`:        {reply.Title{Name: "t", Context: []string{"種類"}}, reply.Note{Text: "`list`と入力"}},
	} {
		r := reply.Reply{Blocks: blocks, Lang: glossary.English}
		if strings.Contains(want, "種類") {
			r.Lang = glossary.Japanese
		}
		body, err := Render(r)
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("got %s, %v, want it to contain %s", body, err, want)
		}
	}
}

// TestRenderEdges renders replies that are longer, shorter or more unusual than the bot's.
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
		"only a title":    {Blocks: []reply.Block{reply.Title{Name: "Name"}}},
		"everything":      {Blocks: many, Buttons: buttons},
		"long texts":      {Blocks: []reply.Block{reply.Title{Name: long, Other: long}, reply.Paragraph{Heading: long, Text: long}, reply.Paragraph{Text: long}}},
		"long steps":      {Blocks: []reply.Block{reply.Title{Name: "x"}, reply.Steps{Heading: "h", Commands: []reply.Step{{Run: strings.Repeat("kubectl ", 50), Note: long}}}}},
		"many links":      {Blocks: []reply.Block{reply.Title{Name: "x"}, reply.Title{Name: "y", Docs: reply.Link{Label: long, URL: "https://kubernetes.io/"}}}, Buttons: buttons},
		"backslashes":     {Blocks: []reply.Block{reply.Paragraph{Text: strings.Repeat(`\`, 5000)}}},
		"long comparison": {Blocks: []reply.Block{reply.Comparison{Names: []string{long, long, long}, Difference: long, Rows: []reply.ComparisonRow{{Label: "l", Cells: []string{long, long, long}}}}}},
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

// TestColors verifies that each embed has the color of the worst severity.
func TestColors(t *testing.T) {
	for severity, color := range map[glossary.Severity]int{
		"": defaultColor, glossary.Failure: 0xd64545, glossary.Warning: 0xe8912d, glossary.Transient: 0xf0c330, glossary.Normal: 0x2e9e5b,
	} {
		entries := []reply.Block{reply.Entry{Name: "a", Severity: severity}, reply.Entry{Name: "b", Severity: glossary.Normal}}
		for _, blocks := range [][]reply.Block{{reply.Title{Name: "x", Severity: severity}, reply.Paragraph{Text: "y"}}, entries} {
			if severity == "" && len(blocks) == 2 {
				if _, ok := blocks[1].(reply.Entry); ok {
					continue // no severity of its own
				}
			}
			for _, e := range render(reply.Reply{Blocks: blocks}).Embeds {
				if e.Color != color {
					t.Errorf("%q: got color %#x, want %#x", severity, e.Color, color)
				}
			}
		}
	}
}
