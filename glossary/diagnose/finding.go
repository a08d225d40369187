package diagnose

import (
	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A Finding is a term that occurs in a text.
type Finding struct {
	Term *glossary.Term
	// Severity is that of the term, except for a status that has lasted too long and a
	// condition that should be true but is not.
	Severity glossary.Severity
	// Objects are the objects that have it, in the order of the text and each once; empty
	// if the text names none.
	Objects []paste.Object
}

// findings collects the findings of a text.
type findings struct {
	all    []Finding
	at     map[*glossary.Term]int  // index in all
	seen   []map[paste.Object]bool // the objects of each finding, without containers
	failed map[paste.Object]bool   // the objects of failures, without containers
}

func newFindings() *findings {
	return &findings{at: make(map[*glossary.Term]int), failed: make(map[paste.Object]bool)}
}

// add adds a term that a statement contains.
func (fs *findings) add(t *glossary.Term, severity glossary.Severity, stmt paste.Statement) {
	o := stmt.Object
	whole := o.Whole()
	if stmt.IsSymptom() && fs.failed[whole] {
		return // its cause is already reported
	}
	i, ok := fs.at[t]
	if !ok {
		i = len(fs.all)
		fs.at[t] = i
		fs.all = append(fs.all, Finding{Term: t, Severity: severity})
		fs.seen = append(fs.seen, make(map[paste.Object]bool))
	}
	f := &fs.all[i]
	if severity.Rank() < f.Severity.Rank() {
		f.Severity, f.Objects = severity, nil // the earlier objects are less severe
		clear(fs.seen[i])
	}
	if severity == f.Severity && o != (paste.Object{}) && !fs.seen[i][whole] {
		f.Objects = append(f.Objects, o)
		fs.seen[i][whole] = true
		if severity == glossary.Failure {
			fs.failed[whole] = true
		}
	}
}
