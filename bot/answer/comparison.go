package answer

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// MaxCompared is the maximum number of terms in one comparison.
const MaxCompared = 3

// Comparison returns the answer that compares two or three terms: the difference between them,
// and a table of their aspects.
func Comparison(g *glossary.Glossary, l glossary.Lang, terms ...*glossary.Term) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{Kind: reply.KindCompare}
	compared := reply.Comparison{}
	for _, t := range terms {
		r.Matches = append(r.Matches, reply.ExactMatch(t))
		r.Buttons = append(r.Buttons, w.termButton(t))
		compared.Names = append(compared.Names, t.DisplayName(w.lang))
	}
	row := func(label string, cell func(*glossary.Term) string) {
		cells := make([]string, len(terms))
		differ, full := false, true
		for i, t := range terms {
			cells[i] = cell(t)
			differ, full = differ || cells[i] != cells[0], full && cells[i] != ""
		}
		if differ && full { // a row with a gap compares nothing
			compared.Rows = append(compared.Rows, reply.ComparisonRow{Label: label, Cells: cells})
		}
	}
	compared.Difference = w.difference(terms)
	if len(terms) == 2 {
		w.compareTwo(&compared, terms[0], terms[1])
	}
	if len(compared.Rows) == 0 {
		row(w.texts.WhatItIs, func(t *glossary.Term) string { return t.Summary.Paragraph(w.lang) })
		row(w.texts.TypeLabel, func(t *glossary.Term) string { return strings.Join(w.kindsInText(t), w.texts.Comma) })
		row(w.texts.SeverityLabel, func(t *glossary.Term) string { return t.Severity.Title(w.lang) })
		row(w.texts.WhereToLook, firstCommand)
	}
	r.Blocks = w.coded([]reply.Block{compared})
	return r
}

// difference returns sentences that say how each of the terms differs from another term, or how the
// two are related. If the glossary does not say so for any of them, difference returns what each
// term is.
func (w writer) difference(terms []*glossary.Term) string {
	var sentences []string
	told := make(map[*glossary.Term]bool)
	for _, how := range []func(a, b *glossary.Term) string{w.statedDifference, w.relation} {
		for i, a := range terms {
			for _, b := range terms[i+1:] {
				if told[a] && told[b] {
					continue
				}
				if s := how(a, b); s != "" {
					if len(terms) > 2 && meansBoth(s) {
						s = w.inSentence(a) + " / " + w.inSentence(b) + ": " + s
					}
					sentences, told[a], told[b] = append(sentences, s), true, true
				}
			}
		}
	}
	if len(sentences) == 0 {
		sentences = append(sentences, wording.WhatTheyAre(w.lang, terms, w.inSentence))
	}
	return glossary.JoinSentences(w.lang, sentences...)
}

// meansBoth reports whether a sentence begins with a word for two terms, which would be ambiguous
// beside a third term.
func meansBoth(s string) bool {
	return strings.HasPrefix(s, "Both ") || strings.HasPrefix(s, "どちらも") || strings.HasPrefix(s, "両方")
}

// pairDifference returns what the glossary says about how a differs from b or is related to b, or
// "" if it says nothing about that.
func (w writer) pairDifference(a, b *glossary.Term) string {
	return cmp.Or(w.statedDifference(a, b), w.relation(a, b))
}

// statedDifference returns the sentence in the glossary that says how a differs from b, or "".
func (w writer) statedDifference(a, b *glossary.Term) string {
	if pair, ok := w.glossary.Comparison(a, b); ok {
		return pair.Difference.In(w.lang)
	}
	s, _ := w.glossary.Difference(a, b, w.lang)
	return s
}

// relation returns the sentence that says how a is related to b, or "".
func (w writer) relation(a, b *glossary.Term) string {
	for _, r := range w.glossary.Related(a) {
		if r.Term == b {
			if s := wording.RelatedBy(w.lang, a, r.Relation, b, w.inSentence); s != "" {
				return s
			}
		}
	}
	return ""
}

// compareTwo adds the rows of the glossary's comparison of a and b, if there is one.
func (w writer) compareTwo(compared *reply.Comparison, a, b *glossary.Term) {
	pair, ok := w.glossary.Comparison(a, b)
	if !ok {
		return
	}
	for _, aspect := range pair.Aspects() {
		row := reply.ComparisonRow{Label: aspect.Title.In(w.lang)}
		for _, text := range aspect.Texts {
			row.Cells = append(row.Cells, text.In(w.lang))
		}
		compared.Rows = append(compared.Rows, row)
	}
}

// firstCommand returns the first command to run for a term, marked as code.
func firstCommand(t *glossary.Term) string {
	if commands := firstCommands(t, 1); len(commands) > 0 {
		return "`" + commands[0].Run + "`"
	}
	return ""
}

// MatchIDs returns the IDs of the terms that were found.
func MatchIDs(found []reply.Match) []string {
	all := make([]string, len(found))
	for i, m := range found {
		all[i] = m.Term.ID
	}
	return all
}

// OneSide returns the answer to a comparison in which only one side is known. r is the answer about
// the unknown side, and known contains the terms that the known side may mean. OneSide adds buttons
// for these terms to r.
func OneSide(l glossary.Lang, r reply.Reply, known []*glossary.Term) reply.Reply {
	if r.Kind == reply.KindTerm { // several terms have this name
		r.Kind = reply.KindSuggestions
	}
	var buttons []reply.Button
	for _, t := range known {
		buttons = append(buttons, newWriter(nil, l).termButton(t))
	}
	for _, b := range r.Buttons {
		if room := reply.MaxControls - min(len(r.Menu.Options), 1); len(buttons) < room && !slices.ContainsFunc(buttons, func(o reply.Button) bool { return o.ID == b.ID }) {
			buttons = append(buttons, b)
		}
	}
	r.Buttons, r.CacheKey = buttons, ""
	return r
}

// LeftOut adds notes to a comparison. The notes quote the names that are unknown, and list the
// terms that are left out.
func LeftOut(l glossary.Lang, r reply.Reply, unknown []string, terms []*glossary.Term) reply.Reply {
	w := newWriter(nil, l)
	for _, text := range unknown {
		r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.NotFound(reply.Quote(text))})
	}
	if len(terms) > 0 {
		r.Blocks = append(r.Blocks, reply.Note{Text: w.texts.LeftOut(strings.Join(w.displayNames(terms), w.texts.Comma))})
	}
	return r
}

// displayNames returns the names of terms.
func (w writer) displayNames(terms []*glossary.Term) []string {
	names := make([]string, len(terms))
	for i, t := range terms {
		names[i] = t.DisplayName(w.lang)
	}
	return names
}

// IDs returns the IDs of terms.
func IDs(terms []*glossary.Term) []string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = t.ID
	}
	return all
}
