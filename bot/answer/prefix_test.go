package answer

import (
	"testing"

	"k8sbot/bot/reply"
)

// TestWithPrefix checks that suggested commands get the prefix, but neither other code nor the
// verbs of the API in the answer about a term.
func TestWithPrefix(t *testing.T) {
	isCommand := func(in reply.Kind, word string) bool { return in == reply.KindList && word == "list" }
	text := "Type `list networking 2`, not `kubectl list`."
	list := reply.Reply{Kind: reply.KindList, Blocks: []reply.Block{reply.Note{Text: text}, reply.Paragraph{Text: text}}, Original: &reply.Reply{Kind: reply.KindList, Blocks: []reply.Block{reply.Note{Text: text}}}}
	want := "Type `/k8s list networking 2`, not `kubectl list`."
	got := WithPrefix(list, "/k8s ", isCommand)
	for _, block := range []reply.Block{got.Blocks[0], got.Original.Blocks[0]} {
		if block != (reply.Note{Text: want}) {
			t.Errorf("note is %v, want %q", block, want)
		}
	}
	if p := got.Blocks[1].(reply.Paragraph); p.Text != want {
		t.Errorf("paragraph is %q, want %q", p.Text, want)
	}
	if list.Blocks[0] != (reply.Note{Text: text}) {
		t.Error("the original reply has changed")
	}
	for _, r := range []reply.Reply{WithPrefix(list, "", isCommand), WithPrefix(reply.Reply{Kind: reply.KindTerm, Blocks: list.Blocks}, "/k8s ", isCommand)} {
		if r.Blocks[0] != (reply.Note{Text: text}) {
			t.Errorf("note is %v, want it unchanged", r.Blocks[0])
		}
	}
}
