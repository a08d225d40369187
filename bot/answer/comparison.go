package answer

import (
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// Comparison returns the answer that compares two terms side by side.
func Comparison(g *glossary.Glossary, l glossary.Lang, a, b *glossary.Term) reply.Reply {
	w := newWriter(g, l)
	cmp := reply.Comparison{Left: Names(a, w.lang), Right: Names(b, w.lang)}
	cmp.Difference, _ = w.glossary.Difference(a, b, w.lang)
	row := func(label, left, right string) {
		if left != "" || right != "" {
			cmp.Rows = append(cmp.Rows, reply.ComparisonRow{Label: label, Left: left, Right: right})
		}
	}
	row(w.texts.WhatItIs, a.Summary.Paragraph(w.lang), b.Summary.Paragraph(w.lang))
	row(w.texts.TypeLabel, w.kinds(a), w.kinds(b))
	row(w.texts.SeverityLabel, w.texts.Severity[a.Severity], w.texts.Severity[b.Severity])
	row(w.texts.HowToCheck, firstCommand(a), firstCommand(b))
	return reply.Reply{
		Kind:    reply.KindCompare,
		Matches: []reply.Match{reply.ExactMatch(a), reply.ExactMatch(b)},
		Blocks:  []reply.Block{cmp},
		Buttons: []reply.Button{
			reply.NewButton(a.DisplayName(w.lang), reply.ShowTerm, a.ID),
			reply.NewButton(b.DisplayName(w.lang), reply.ShowTerm, b.ID),
		},
	}
}

func (w writer) kinds(t *glossary.Term) string {
	var kinds []string
	for _, l := range t.Usages {
		kinds = append(kinds, l.Kind.Title(w.lang))
	}
	return strings.Join(kinds, ", ")
}

func firstCommand(t *glossary.Term) string {
	for _, list := range [][]glossary.Command{t.Checks, t.Try} {
		if len(list) > 0 {
			return list[0].Run
		}
	}
	return ""
}
