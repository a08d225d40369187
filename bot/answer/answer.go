// Package answer writes the answers about terms: each function builds a [reply.Reply] from the
// glossary, in one language. The functions are pure. Their callers choose the terms and the
// language, and decide who sees the answer.
package answer

import (
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
)

// A writer writes an answer in one language. It uses the glossary to look up related terms.
type writer struct {
	glossary *glossary.Glossary
	lang     glossary.Lang
	texts    *wording.Texts // the texts in lang
}

func newWriter(g *glossary.Glossary, l glossary.Lang) writer { return writer{g, l, wording.In(l)} }

// listed joins at most limit names. If there are more, it adds how many were omitted.
func (w writer) listed(names []string, limit int) string {
	return w.listedOf(len(names), names[:min(limit, len(names))])
}

// listedOf joins the first names of a list of total names. If the list has more, it adds how many were
// omitted.
func (w writer) listedOf(total int, names []string) string {
	if n := total - len(names); n > 0 {
		return strings.Join(names, w.texts.Comma) + w.texts.MoreNames(n)
	}
	return strings.Join(names, w.texts.Comma)
}

func (w writer) entry(t *glossary.Term) reply.Entry {
	name := Names(t, w.lang)
	if mark := w.ownMark(t); mark != "" {
		name += " · " + mark
	}
	return reply.Entry{Name: name, Severity: t.Severity, Text: t.Summary.Paragraph(w.lang)}
}

// otherName returns a term's English name, which readers find in kubectl's output and in the
// documentation. It returns "" if the name in l is the same, or if l is English: English readers do
// not need a Japanese name.
func otherName(t *glossary.Term, l glossary.Lang) string {
	if l == glossary.English {
		return ""
	}
	return t.OtherName(l)
}

// Names returns a term's name in the language l, followed by the English name if it is different.
func Names(t *glossary.Term, l glossary.Lang) string {
	if other := otherName(t, l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// Line returns the names and the summary of a term on one line. The line may be longer than a
// platform allows.
func Line(t *glossary.Term, l glossary.Lang) string {
	e := newWriter(nil, l).entry(t)
	return e.Name + " — " + e.Text
}

// Label is like [Line], but without code marks, for controls that cannot show code.
func Label(t *glossary.Term, l glossary.Lang) string { return mark.Strip(Line(t, l)) }

// ownMark returns the text that marks a team's term, or "" for a built-in term.
func (w writer) ownMark(t *glossary.Term) string {
	switch {
	case t.Draft:
		return w.texts.Draft
	case t.Own:
		return w.texts.TeamTerm
	}
	return ""
}

// steps returns the block for commands, each with its goal and note.
func (w writer) steps(heading string, commands []glossary.Command) reply.Steps {
	steps := reply.Steps{Heading: heading}
	for _, cmd := range commands {
		steps.Commands = append(steps.Commands, reply.Step{Goal: cmd.Goal(w.lang), Run: cmd.Run, Note: cmd.Note(w.lang)})
	}
	return steps
}
