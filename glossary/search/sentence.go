package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/guard"
	"k8sbot/glossary/search/question"
	"k8sbot/glossary/search/rarity"
	"k8sbot/glossary/search/scan"
)

// sentences finds names of terms in sentences.
type sentences struct {
	names   *names
	scanner *scan.Scanner
	typos   func() *typoIndex
	rarity  func() *rarity.Rarity
}

// A mention is a term that a sentence names.
type mention struct {
	term       *glossary.Term
	start, end int // 0 for a plural or a misspelled name
	written    string
	weight     float64
	rare       float64 // the idf of the term
}

// The weights of mentions. People who mention a status are usually asking about it, regardless
// of what else they mention ("why is my pod stuck in ImagePullBackOff"). A name that is also an
// English word may have its ordinary meaning ("how to start a job").
const (
	weightStatus    = 1.0
	weightTerm      = 0.8
	weightOrdinary  = 0.45
	weightMultiWord = 1.15 // the factor for a name of several words
	// weightRare is the share of the weight that depends on the idf. Nearly all terms
	// mention Pods, so a question that mentions a Pod is rarely about Pods.
	weightRare = 0.6
)

// minRareName is the minimum weight of a name that counts as rare. The names of Pods and nodes,
// for example, occur in too many questions.
const minRareName = 0.4

// mentions returns the terms that a sentence names.
func (x *sentences) mentions(query string) (all []mention) {
	covered := 0
	versus := question.IsVersus(query)
	rest := func(text string) {
		for _, w := range question.ContentWords(text) {
			found := x.names.exact(w)
			if versus && found == nil { // exec vs attach
				found = x.names.command(w)
			}
			if len(found) > 0 && !isColumnHeader(found[0].Term) { // a plural
				all = append(all, mention{term: found[0].Term, written: w, weight: x.weight(found[0].Term, w)})
			} else if m := x.misspelt(w, query, found != nil); m != nil {
				all = append(all, mention{term: m, written: w, weight: x.weight(m, w)})
			}
		}
	}
	for _, o := range x.scanner.Scan(query, false) {
		if o.Start < covered {
			if n := len(all); n > 0 && all[n-1].start == o.Start && all[n-1].end == o.End { // a name of several terms
				all = append(all, mention{term: o.Term, start: o.Start, end: o.End, written: query[o.Start:o.End], weight: x.weight(o.Term, query[o.Start:o.End])})
			}
			continue
		}
		if written := query[o.Start:o.End]; len(question.ContentWords(written)) == 0 && (strings.Contains(written, " ") || strings.ToLower(written) == written) && !versus {
			continue // "can i" means kubectl auth can-i only on its own
		}
		rest(query[covered:o.Start])
		if question.IsDenied(query[:o.Start], query[o.End:]) {
			covered = o.End
			continue
		}
		all = append(all, mention{term: o.Term, start: o.Start, end: o.End, written: query[o.Start:o.End], weight: x.weight(o.Term, query[o.Start:o.End])})
		covered = o.End
	}
	rest(query[covered:])
	if column, value := question.ColumnValue(query); value != "" && !slices.ContainsFunc(all, func(m mention) bool { return m.term.IsStatus() && m.term.Severity != glossary.Normal }) {
		for _, found := range x.names.exact(column) {
			all = append(all, mention{term: found.Term, written: value, weight: weightStatus})
		}
	}
	isPlace := func(m mention) bool { return isPlace(query, m) }
	if slices.ContainsFunc(all, isPlace) && slices.ContainsFunc(all, func(m mention) bool {
		return m.end > 0 && !isPlace(m) && question.IsTopic(query[:m.start], query[m.end:])
	}) {
		all = slices.DeleteFunc(all, isPlace)
	}
	for i := range all {
		all[i].rare = x.rarity().Of(all[i].term)
	}
	return all
}

// isPlace reports whether a mention only says where something is. A status is never a place.
func isPlace(query string, m mention) bool {
	return m.end > 0 && !m.term.IsStatus() && question.IsPlace(query[:m.start], query[m.end:])
}

// misspelt returns the term whose name the given word of a sentence misspells. It returns nil if
// the match is not certain, as for a real word that is not itself a name (see guard.Name.IsOther), or
// if the sentence does not contain other content words.
func (x *sentences) misspelt(word, sentence string, isName bool) *glossary.Term {
	if utf8.RuneCountInString(word) < minTypoAnswer || !isName && guard.IsRealWord(word) || len(question.ContentWords(sentence)) < 2 {
		return nil
	}
	if found := x.typos().find(word); len(found) > 0 && found[0].Score >= AnswerThreshold && !isColumnHeader(found[0].Term) {
		return found[0].Term
	}
	return nil
}

// isColumnHeader reports whether a term is a column header. A sentence means such a term only if
// it spells the header as kubectl does, in upper case.
func isColumnHeader(t *glossary.Term) bool {
	return t.HasUsage(glossary.Column) && t.Name.EN == strings.ToUpper(t.Name.EN)
}

// weight returns how likely it is that a question is about a term that it names. written is the
// name as it is spelled in the question.
func (x *sentences) weight(t *glossary.Term, written string) float64 {
	ordinary := !strings.ContainsFunc(written, func(r rune) bool { return !unicode.IsLower(r) || r >= utf8.RuneSelf })
	weight := weightTerm
	switch {
	case fold.IsAllKanji(written) && utf8.RuneCountInString(written) <= 2: // 失敗, 設定
		weight = weightOrdinary
	case t.IsStatus() && !ordinary:
		return weightStatus
	case t.IsStatus() && t.Tier == 1:
		weight = weightStatus
	case ordinary && t.Tier > 1 && !t.HasUsage(glossary.Tool, glossary.Component, glossary.KubectlCommand):
		weight = weightOrdinary
	}
	if strings.ContainsAny(strings.TrimSpace(written), " -") { // two words are rarely a coincidence
		weight *= weightMultiWord
	}
	return weight * (1 - weightRare + weightRare*x.rarity().Of(t))
}
