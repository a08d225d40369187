package diagnose

import (
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Finding is a term that occurs in a text.
type Finding struct {
	Term *glossary.Term
	// Severity is how bad it is there: that of the term, but for a status that has
	// lasted for too long, and for a condition that should hold and does not.
	Severity glossary.Severity
	// Objects are those that the text says it of, in the order of the text and
	// each once; empty where the text does not tell.
	Objects []paste.Object
}

// findings are gathered from the statements of a text.
type findings struct {
	all []Finding
	at  map[*glossary.Term]int // the place of a term's finding
}

// add adds what a statement says of a term.
func (fs *findings) add(t *glossary.Term, severity glossary.Severity, said paste.Statement) {
	o := said.Object
	if said.IsSymptom() && fs.failed(o) {
		return
	}
	i, ok := fs.at[t]
	if !ok {
		i = len(fs.all)
		fs.at[t] = i
		fs.all = append(fs.all, Finding{Term: t, Severity: severity})
	}
	f := &fs.all[i]
	if severity.Rank() < f.Severity.Rank() {
		f.Severity, f.Objects = severity, nil // the others are not what is bad
	}
	if severity == f.Severity && o != (paste.Object{}) && !slices.ContainsFunc(f.Objects, o.Same) {
		f.Objects = append(f.Objects, o)
	}
}

// failed reports whether something worse was found of an object than that it is
// not ready.
func (fs *findings) failed(o paste.Object) bool {
	return o != (paste.Object{}) && slices.ContainsFunc(fs.all, func(f Finding) bool {
		return f.Severity == glossary.Failure && slices.ContainsFunc(f.Objects, o.Same)
	})
}
