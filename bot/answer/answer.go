// Package answer writes the answers about terms: each function makes a [reply.Reply] from
// the glossary, in one language. The functions are pure. Their callers choose the terms
// and the language, and decide who sees the answer.
package answer

import (
	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A writer writes an answer in one language. The glossary is for the terms that others
// are related to.
type writer struct {
	glossary *glossary.Glossary
	lang     glossary.Lang
	texts    *wording.Texts // in lang
}

func newWriter(g *glossary.Glossary, l glossary.Lang) writer { return writer{g, l, wording.In(l)} }

func (w writer) entry(t *glossary.Term) reply.Entry {
	return reply.Entry{Name: Names(t, w.lang), Severity: t.Severity, Text: t.Summary.Paragraph(w.lang)}
}

// Names returns the names of a term in both languages, the reader's first.
func Names(t *glossary.Term, l glossary.Lang) string {
	if other := t.OtherName(l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// Line returns the names of a term in both languages and its summary, on one line. It may
// be longer than the limit of a platform.
func Line(t *glossary.Term, l glossary.Lang) string {
	return Names(t, l) + " — " + t.Summary.Paragraph(l)
}
