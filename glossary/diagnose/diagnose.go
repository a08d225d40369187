// Package diagnose finds the terms that explain what somebody pasted. [Diagnoser.Scan]
// takes what package paste reads in kubectl's output, or the words of any other message,
// and returns findings: the terms, how bad each is, and which objects it is about.
package diagnose

import (
	"cmp"
	"context"
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

// Scan returns every known term in a text that somebody pasted: kubectl output, or a
// message. The most serious come first, and those of one severity in the order of the
// text.
//
// In kubectl output, only statements about objects count, and only in Kubernetes' own
// spelling: Error does, but not the word error in a log, nor names of objects, images and
// columns.
//
// read is the number of bytes that were read: all of them unless ctx ends first.
func (d *Diagnoser) Scan(ctx context.Context, text string) (all []Finding, read int) {
	found := newFindings()
	if paste.LooksLikeOutput(text) {
		read = d.scanOutput(ctx, text, found)
	} else {
		read = d.scanMessage(ctx, text, found)
	}
	slices.SortStableFunc(found.all, func(a, b Finding) int {
		return cmp.Compare(a.Severity.Rank(), b.Severity.Rank())
	})
	return found.all, read
}

// checkEvery is the number of statements after which a context is checked.
const checkEvery = 256

// scanOutput finds the terms in what kubectl printed.
func (d *Diagnoser) scanOutput(ctx context.Context, text string, found *findings) (read int) {
	statements, read := paste.Read(ctx, text)
	// Symptoms come last: they may add nothing to their causes.
	var symptoms []func()
	for i, s := range statements {
		if i%checkEvery == 0 && ctx.Err() != nil {
			read = min(read, s.At)
			break
		}
		d.interpret(s, func(t *glossary.Term, severity glossary.Severity, stmt paste.Statement) {
			if s.IsSymptom() {
				symptoms = append(symptoms, func() { found.add(t, severity, stmt) })
			} else {
				found.add(t, severity, stmt)
			}
		})
	}
	for _, add := range symptoms {
		add()
	}
	return read
}

// scanMessage finds the terms in a message or a log.
func (d *Diagnoser) scanMessage(ctx context.Context, text string, found *findings) (read int) {
	for read < len(text) && ctx.Err() == nil {
		part := firstLines(text[read:], maxPart)
		for _, o := range d.index.Occurrences(part) {
			if !isLogNoise(part, o) {
				found.add(o.Term, o.Term.Severity, paste.Statement{})
			}
		}
		read += len(part)
	}
	return read
}

// interpret finds the terms of a statement, and calls add for those worth reporting.
func (d *Diagnoser) interpret(s paste.Statement, add func(*glossary.Term, glossary.Severity, paste.Statement)) {
	if s.Condition != "" {
		known, fine := false, false
		for _, m := range d.index.Exact(s.Condition) {
			if m.Term.IsStatus() {
				_, news := severityFor(m.Term, paste.Statement{Status: s.Status})
				known, fine = true, fine || !news
			}
		}
		if fine || !known && *s.Status {
			return // a reason for a healthy status
		}
		s.Status = nil
	}
	if s.IsSymptom() && s.Reason != "" && slices.ContainsFunc(d.index.Exact(s.Reason), func(m search.Match) bool { return m.Term.IsStatus() && !isHealthy(m.Term) }) {
		return // the reason is more specific than the condition
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
		// If several kinds of objects have the word, use the term for this kind.
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
		terms = slices.DeleteFunc(terms, func(t *glossary.Term) bool { return !t.HasUsage(glossary.Event, glossary.Reason, glossary.Message) })
	}
	for _, t := range terms {
		if severity, ok := severityFor(t, s); ok {
			add(t, severity, s)
		}
	}
}

// quoted matches a quoted name and the space after it.
var quoted = regexp.MustCompile(`"[^"]*" ?|'[^']*' ?`)
