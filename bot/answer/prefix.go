package answer

import (
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary/mark"
)

// WithPrefix returns r with prefix before each of the bot's commands that r suggests, such as list
// networking: in a channel, the bot does not see a command without the prefix. suggests reports
// whether a word in a reply of a kind is the name of such a command.
func WithPrefix(r reply.Reply, prefix string, suggests func(in reply.Kind, word string) bool) reply.Reply {
	if prefix == "" || r.Kind == reply.KindTerm || r.Kind == reply.KindExplain {
		return r
	}
	prefixed := func(text string) string {
		var b strings.Builder
		for _, s := range mark.Spans(text) {
			word, _, _ := strings.Cut(s.Text, " ")
			switch {
			case s.Code && suggests(r.Kind, word):
				b.WriteString("`" + prefix + s.Text + "`")
			case s.Code:
				b.WriteString("`" + s.Text + "`")
			default:
				b.WriteString(s.Text)
			}
		}
		return b.String()
	}
	if r.Original != nil {
		original := WithPrefix(*r.Original, prefix, suggests)
		r.Original = &original
	}
	r.Blocks = slices.Clone(r.Blocks)
	for i, block := range r.Blocks {
		switch block := block.(type) {
		case reply.Note:
			block.Text = prefixed(block.Text)
			r.Blocks[i] = block
		case reply.Paragraph:
			block.Bold, block.Text = prefixed(block.Bold), prefixed(block.Text)
			r.Blocks[i] = block
		}
	}
	return r
}
