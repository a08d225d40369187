// Package diagnose finds the terms that explain what somebody pasted. [Diagnoser.Scan]
// takes what package paste reads in kubectl's output, or the words of any other message,
// and returns findings: the terms, how bad each is there, and of which objects it is said.
package diagnose

import (
	"cmp"
	"regexp"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

// A Diagnoser finds terms in texts. Several goroutines may use it.
type Diagnoser struct {
	index *search.Index
}

// New returns a Diagnoser that knows the terms of an index.
func New(x *search.Index) *Diagnoser { return &Diagnoser{x} }

// Scan returns every known word in a text that somebody pasted: what kubectl
// printed, or a message. The serious ones come first, those of one severity in
// the order of the text.
//
// In the output of kubectl only what a cluster says of objects counts, where it
// is written as Kubernetes writes it: Error does, the word error in a log does
// not, and names of objects, images and columns do not.
func (d *Diagnoser) Scan(text string) []Finding {
	found := newFindings()
	if paste.LooksLikeOutput(text) {
		said := paste.Read(text)
		// What only follows from the rest comes last: it may be no news.
		slices.SortStableFunc(said, func(a, b paste.Statement) int {
			switch {
			case a.IsSymptom() == b.IsSymptom():
				return 0
			case a.IsSymptom():
				return 1
			}
			return -1
		})
		for _, st := range said {
			d.understand(st, found.add)
		}
	} else {
		text = cutAt(text, maxMessage)
		for _, o := range d.index.Occurrences(text) {
			if isLogNoise(text, o) {
				continue
			}
			found.add(o.Term, o.Term.Severity, paste.Statement{})
		}
	}
	slices.SortStableFunc(found.all, func(a, b Finding) int {
		return cmp.Compare(a.Severity.Rank(), b.Severity.Rank())
	})
	return found.all
}

// understand finds the terms of a statement, and hands those that are worth a word to add.
func (d *Diagnoser) understand(s paste.Statement, add func(*glossary.Term, glossary.Severity, paste.Statement)) {
	if s.Condition != "" {
		known, fine := false, false
		for _, m := range d.index.Exact(s.Condition) {
			if m.Term.IsStatus() {
				_, news := severityFor(m.Term, paste.Statement{Status: s.Status})
				known, fine = true, fine || !news
			}
		}
		if fine || !known && *s.Status {
			return // the reason why all is well
		}
		s.Status = nil
	}
	if s.IsSymptom() && s.Reason != "" && slices.ContainsFunc(d.index.Exact(s.Reason), func(m search.Match) bool { return m.Term.IsStatus() && !isHealthy(m.Term) }) {
		return // the reason says more than the condition
	}
	var terms []*glossary.Term
	if s.Whole {
		found := d.index.Exact(s.Text)
		if found == nil {
			found = d.index.Compound(s.Text)
		}
		for _, m := range found {
			terms = append(terms, m.Term)
		}
		// A word that several kinds of objects have is that of this kind.
		if own := slices.DeleteFunc(slices.Clone(terms), func(t *glossary.Term) bool { return !isOf(t, s.Object.Kind) }); len(own) > 0 {
			terms = own
		}
	} else {
		for _, o := range d.index.OutputOccurrences(s.Text) {
			terms = append(terms, o.Term)
		}
		// secret "x" not found
		if unquoted := quoted.ReplaceAllString(s.Text, ""); unquoted != s.Text {
			for _, o := range d.index.OutputOccurrences(unquoted) {
				terms = append(terms, o.Term)
			}
		}
	}
	if s.Event {
		terms = slices.DeleteFunc(terms, func(t *glossary.Term) bool { return !t.HasLayer(glossary.Event, glossary.Reason, glossary.Message) })
	}
	for _, t := range terms {
		if severity, ok := severityFor(t, s); ok {
			add(t, severity, s)
		}
	}
}

// quoted matches a quoted name with the blank behind it.
var quoted = regexp.MustCompile(`"[^"]*" ?|'[^']*' ?`)
