package answer

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// CardFront returns a term's title as a question, without anything that gives away the answer.
func CardFront(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) reply.Title {
	w := newWriter(g, l)
	return reply.Title{Name: t.DisplayName(l), Other: otherName(t, l), Context: w.marked(t)}
}

// CardBack returns what a learner should recall about a term: what it is, and the command to
// run first.
func CardBack(g *glossary.Glossary, l glossary.Lang, t *glossary.Term) []reply.Block {
	w := newWriter(g, l)
	blocks := []reply.Block{w.title(t), reply.Paragraph{Bold: t.Summary.Paragraph(l)}}
	if commands := firstCommands(t, 1); len(commands) > 0 {
		blocks = append(blocks, w.steps("", commands))
	}
	return w.coded(blocks)
}
