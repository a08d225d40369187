package diagnose

import (
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
	all    []Finding
	at     map[*glossary.Term]int  // the place of a term's finding
	said   []map[paste.Object]bool // the objects of each finding, without containers
	failed map[paste.Object]bool   // the objects of failures, without containers
}

func newFindings() *findings {
	return &findings{at: make(map[*glossary.Term]int), failed: make(map[paste.Object]bool)}
}

// add adds what a statement says of a term.
func (fs *findings) add(t *glossary.Term, severity glossary.Severity, said paste.Statement) {
	o := said.Object
	whole := o.Whole()
	if said.IsSymptom() && fs.failed[whole] {
		return // something worse was found than that it is not ready
	}
	i, ok := fs.at[t]
	if !ok {
		i = len(fs.all)
		fs.at[t] = i
		fs.all = append(fs.all, Finding{Term: t, Severity: severity})
		fs.said = append(fs.said, make(map[paste.Object]bool))
	}
	f := &fs.all[i]
	if severity.Rank() < f.Severity.Rank() {
		f.Severity, f.Objects = severity, nil // the others are not what is bad
		clear(fs.said[i])
	}
	if severity == f.Severity && o != (paste.Object{}) && !fs.said[i][whole] {
		f.Objects = append(f.Objects, o)
		fs.said[i][whole] = true
		if severity == glossary.Failure {
			fs.failed[whole] = true
		}
	}
}
