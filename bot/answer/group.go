package answer

import (
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste"
)

// A group is one problem in a paste, its cause first if the paste shows it.
type group []finding

// A finding is what was found of a term, with its objects as a set.
type finding struct {
	diagnose.Finding
	objects map[paste.Object]bool // without containers
}

func newFinding(f diagnose.Finding) finding {
	objects := make(map[paste.Object]bool, len(f.Objects))
	for _, o := range f.Objects {
		objects[o.Whole()] = true
	}
	return finding{f, objects}
}

// sharesObject reports whether both findings are about an object. Two that name none are
// about the same.
func (f finding) sharesObject(other finding) bool {
	if len(f.objects) == 0 || len(other.objects) == 0 {
		return len(f.objects) == len(other.objects)
	}
	if len(f.objects) > len(other.objects) {
		f, other = other, f
	}
	for o := range f.objects {
		if other.objects[o] {
			return true
		}
	}
	return false
}

// group groups findings that have the same cause: linked terms about the same object.
// Groups are in the order of their first findings.
func (w writer) group(findings []diagnose.Finding) []group {
	var groups []group
next:
	for _, found := range findings {
		f := newFinding(found)
		for i, g := range groups {
			for j, other := range g {
				bound, causes := w.linked(f.Term, other.Term)
				if !bound || !f.sharesObject(other) {
					continue
				}
				if j == 0 && f.Severity == other.Severity && (causes || other.Term.HasUsage(glossary.ExitCode)) {
					groups[i] = slices.Insert(g, 0, f)
				} else {
					groups[i] = append(g, f)
				}
				continue next
			}
		}
		groups = append(groups, group{f})
	}
	return groups
}

// linked reports whether two terms are related, and whether a causes b.
func (w writer) linked(a, b *glossary.Term) (bound, causes bool) {
	for _, r := range w.glossary.Related(a) {
		if r.Term == b {
			return true, r.Relation == glossary.CauseOf
		}
	}
	_, confused := w.glossary.Difference(a, b, w.lang)
	return confused, false
}
