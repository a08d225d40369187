package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// issues groups findings into issues, worst first. pasted are the commands in the text that the
// findings come from.
func (l linker) issues(all []*Finding, pasted []observe.Command) []Issue {
	groups := l.groups(all)
	out := make([]Issue, 0, len(groups))
	for _, g := range groups {
		l.causeFirst(g)
		tr := Issue{Finding: *g[0], pasted: pasted}
		tr.Objects = slices.Clip(tr.Objects)  // objects are appended below
		var known map[string][]observe.Object // the first maxLinked objects, by name
		if len(g) > 1 {
			known = byName(tr.Objects[:min(len(tr.Objects), maxLinked)])
		}
		worst := tr.Severity
		for _, f := range g[1:] {
			if f.Term != nil && f.Term == g[0].Term {
				continue // the same term, recognized by a less specific rule
			}
			if f.rank == byNumber && g[0].rank != byNumber && (f.Name != "" || f.Severity != glossary.Failure) {
				// The cause explains this number or condition, but the message of a condition may
				// add details.
				if f.place == observe.Condition && strings.Contains(f.Fact, ": ") && !strings.Contains(g[0].Fact, ": ") && !slices.Contains(tr.Further, f.Fact) {
					tr.Further = append(slices.Clone(tr.Further), f.Fact)
				}
				continue
			}
			tr.Symptoms = append(tr.Symptoms, *f)
			if f.Severity.Rank() < worst.Rank() {
				worst = f.Severity
			}
			// The cause also applies to the objects of its symptoms.
			for _, o := range f.Objects {
				if slices.ContainsFunc(known[o.Name], func(have observe.Object) bool { return have.Same(&o) }) {
					continue
				}
				if len(tr.Objects) < maxLinked {
					known[o.Name] = append(known[o.Name], o)
				}
				tr.Objects = append(tr.Objects, o)
			}
		}
		tr.Severity = worst
		out = append(out, tr)
	}
	return worstFirst(out)
}

// worstFirst returns issues in the order of their importance. Issues with a term come first.
func worstFirst(issues []Issue) []Issue {
	order := make([]*Issue, len(issues)) // an issue is too large to be moved at each step of sorting
	for i := range issues {
		order[i] = &issues[i]
	}
	compare := func(a, b *Issue) int {
		return cmp.Or(cmp.Compare(btoi(a.info), btoi(b.info)), cmp.Compare(btoi(a.Term == nil), btoi(b.Term == nil)), cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(b.rank, a.rank), cmp.Compare(a.order, b.order))
	}
	if slices.IsSortedFunc(order, compare) {
		return issues
	}
	slices.SortStableFunc(order, compare)
	sorted := make([]Issue, len(issues))
	for i, t := range order {
		sorted[i] = *t
	}
	return sorted
}

// byName groups objects by name.
func byName(objects []observe.Object) map[string][]observe.Object {
	all := make(map[string][]observe.Object, len(objects))
	for _, o := range objects {
		all[o.Name] = append(all[o.Name], o)
	}
	return all
}

// groups partitions findings into issues.
func (l linker) groups(all []*Finding) [][]*Finding { return joinCauses(joinRuns(l.linked(all))) }

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
