package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search/task"
)

// WithNames inserts the names from a question into the commands in r, the answer about a task. It
// returns r unchanged if the question contains no names.
func WithNames(l glossary.Lang, r reply.Reply, t *glossary.Term, question string) reply.Reply {
	filled := task.Fill(t, question)
	if slices.Equal(filled, t.Do) {
		return r
	}
	r.Blocks = slices.Clone(r.Blocks)
	for i, b := range r.Blocks {
		if _, ok := b.(reply.Steps); ok {
			r.Blocks[i] = newWriter(nil, l).actions(t.Do, filled)
		}
	}
	r.CacheKey = ""
	return r
}

// task returns the commands for a task, and a list of things to watch out for.
func (w writer) task(t *glossary.Term) []reply.Block {
	return []reply.Block{w.actions(t.Do, t.Do), reply.Paragraph{Heading: w.texts.WatchOut, Text: t.WatchOut.Paragraph(w.lang)}}
}

// actions returns the steps of a task, each with what it does and its effect above the command, so
// that readers see what a command changes before they read it. filled contains the actions with
// names filled in. The headings come from the original actions.
func (w writer) actions(actions, filled []glossary.Action) reply.Steps {
	var steps reply.Steps
	for i, a := range actions {
		steps.Commands = append(steps.Commands, reply.Step{Goal: a.Heading(w.lang), Run: filled[i].Run, Note: filled[i].Note(w.lang)})
	}
	return steps
}
