package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// issues groups findings into issues, worst first: issues with a term come first. pasted are the
// commands in the text that the findings come from.
func (l linker) issues(all []*Finding, pasted []observe.Command) []Issue {
	groups := joinCauses(joinRuns(l.linked(all)), len(pasted))
	for _, g := range groups {
		l.causeFirst(g)
	}
	compare := func(a, b []*Finding) int {
		x, y := a[0], b[0]
		return cmp.Or(cmp.Compare(btoi(x.info), btoi(y.info)), cmp.Compare(btoi(x.Term == nil), btoi(y.Term == nil)), cmp.Compare(worst(a).Rank(), worst(b).Rank()), cmp.Compare(y.rank, x.rank), cmp.Compare(x.order, y.order))
	}
	if !slices.IsSortedFunc(groups, compare) { // most long lists are
		slices.SortStableFunc(groups, compare)
	}
	out := make([]Issue, len(groups))
	for i, g := range groups {
		out[i].Finding, out[i].pasted = g[0], pasted
		if len(g) > 1 {
			cause := *g[0]
			out[i].Finding = &cause
			out[i].Severity = worst(g)
			out[i].explain(g)
		}
	}
	return out
}

// isSymptom reports whether a finding in the group of a cause is shown as its symptom.
func isSymptom(f, cause *Finding) bool {
	if f.Term != nil && f.Term == cause.Term {
		return false // the same term, recognized by a less specific rule
	}
	return f.rank != byNumber || cause.rank == byNumber || f.Name == "" && f.Severity == glossary.Failure // or the cause explains this number or condition
}

// worst returns the worst severity of a cause and its symptoms.
func worst(g []*Finding) glossary.Severity {
	severity := g[0].Severity
	for _, f := range g[1:] {
		if f.Severity.Rank() < severity.Rank() && isSymptom(f, g[0]) {
			severity = f.Severity
		}
	}
	return severity
}

// explain adds the symptoms in a group to the issue about its cause.
func (t *Issue) explain(g []*Finding) {
	t.Objects = slices.Clip(t.Objects)                          // objects are appended below
	known := byName(t.Objects[:min(len(t.Objects), maxLinked)]) // the first maxLinked objects, by name
	for _, f := range g[1:] {
		if !isSymptom(f, g[0]) {
			// The message of a condition may add details.
			if (f.Term == nil || f.Term != g[0].Term) && f.place == observe.Condition && strings.Contains(f.Fact, ": ") && !strings.Contains(g[0].Fact, ": ") && !slices.Contains(t.Further, f.Fact) {
				t.Further = append(slices.Clone(t.Further), f.Fact)
			}
			continue
		}
		t.Symptoms = append(t.Symptoms, *f)
		// The cause also applies to the objects of its symptoms.
		for _, o := range f.Objects {
			if slices.ContainsFunc(known[o.Name], func(have observe.Object) bool { return have.Same(&o) }) {
				continue
			}
			if len(t.Objects) < maxLinked {
				known[o.Name] = append(known[o.Name], o)
			}
			t.Objects = append(t.Objects, o)
		}
	}
}

// byName groups objects by name.
func byName(objects []observe.Object) map[string][]observe.Object {
	all := make(map[string][]observe.Object, len(objects))
	for _, o := range objects {
		all[o.Name] = append(all[o.Name], o)
	}
	return all
}

// linked partitions findings. Two findings belong together if they come from one observation, or
// if sameIssue returns true for them.
func (l linker) linked(all []*Finding) [][]*Finding {
	parent := make([]int, len(all))
	for i := range parent {
		parent[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		if parent[i] != i {
			parent[i] = root(parent[i])
		}
		return parent[i]
	}
	if len(all) <= maxLinked {
		for i := range all {
			for j := range i {
				if l.sameIssue(all[i], all[j]) {
					parent[root(i)] = root(j)
				}
			}
		}
	}
	at := make(map[int]int) // index of a finding by observation
	for i, f := range all {
		for _, o := range f.seenIn {
			if j, ok := at[o]; ok && all[j].Objects == nil == (f.Objects == nil) {
				parent[root(i)] = root(j)
			} else {
				at[o] = i
			}
		}
	}
	groups := make([][]*Finding, 0, len(all))
	group := make([]int, len(all)) // the number of a root's group, from 1
	for i, f := range all {
		r := root(i)
		if group[r] == 0 {
			groups = append(groups, all[i:i:i+1])
			group[r] = len(groups)
		}
		g := &groups[group[r]-1]
		*g = append(*g, f)
	}
	return groups
}

// runTools are command-line tools that stop at their first error. What they print after that error
// is about the same failure.
var runTools = map[string]bool{"eksctl": true, "kind": true, "minikube": true, "skaffold": true, "docker": true, "terraform": true, "npm": true}

// joinRuns merges errors without a term that come from one run of a tool. It adds them to the
// tool's first group with a term or, if there is none, to the tool's first group.
func joinRuns(groups [][]*Finding) [][]*Finding {
	first := make(map[string]int)
	unknown := func(g []*Finding) bool {
		return len(g) == 1 && g[0].Term == nil && len(g[0].Objects) == 0 && runTools[g[0].From]
	}
	for i, g := range groups {
		from := g[0].From
		if !runTools[from] {
			continue
		}
		if j, ok := first[from]; !ok || unknown(groups[j]) && !unknown(g) {
			first[from] = i
		}
	}
	if len(first) == 0 {
		return groups
	}
	var out [][]*Finding
	more := make(map[int][]*Finding) // what is added to a group, by its index
	at := make(map[int]int)          // index in out
	for i, g := range groups {
		if j, ok := first[g[0].From]; ok && j != i && unknown(g) {
			more[j] = append(more[j], g...)
			continue
		}
		at[i] = len(out)
		out = append(out, g)
	}
	for i, g := range more {
		out[at[i]] = slices.Concat(out[at[i]], g)
	}
	return out
}

// sameIssue reports whether two findings are part of one issue: their objects are the
// same or depend on each other, or their terms are related.
func (l linker) sameIssue(a, b *Finding) bool {
	if len(a.Objects) == 0 || len(b.Objects) == 0 {
		return a.Term != nil && b.Term != nil && l.related(a.Term, b.Term)
	}
	if a.rank == b.rank && a.Term != nil && b.Term != nil && a.Name == "" && b.Name == "" && (!l.related(a.Term, b.Term) || a.place == observe.Condition && b.place == observe.Condition && !l.causes(a.Term, b.Term) && !l.causes(b.Term, a.Term)) {
		return false // two separate problems
	}
	end := max(*l.pairs-maxPairs, 0)
	for i := range a.Objects {
		for j := range b.Objects {
			if *l.pairs == end {
				return false
			}
			if *l.pairs--; a.Objects[i].RelatedTo(&b.Objects[j]) {
				return true
			}
		}
	}
	if a.Term == nil || b.Term == nil || !l.related(a.Term, b.Term) {
		return false
	}
	return l.mentions(a, b) || l.mentions(b, a)
}

// mentions reports whether an observation of a names an object of b.
func (l linker) mentions(a, b *Finding) bool {
	for i := range a.related {
		for j := range b.Objects {
			if *l.pairs == 0 {
				return false
			}
			if *l.pairs--; a.related[i].Same(&b.Objects[j]) {
				return true
			}
		}
	}
	return false
}

// related reports whether the glossary links two terms.
func (l linker) related(a, b *glossary.Term) bool {
	for _, r := range l.relations(a) {
		if r.Term == b {
			return true
		}
	}
	_, confused := l.glossary.Difference(a, b, glossary.English)
	return confused
}
