package diagnose

import (
	"cmp"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// This file decides which finding of an issue is the cause, and which are its symptoms.

// maxLinked is the maximum number of findings for which all pairs are compared. A paste with
// more findings has many causes.
const maxLinked = 200

// maxPairs is the maximum number of pairs of objects that are compared for two findings, and
// maxAllPairs for all findings of a paste. Findings with more objects are separate issues.
const maxPairs, maxAllPairs = 10_000, 1_000_000

// A linker groups findings by the relations of a glossary.
type linker struct {
	glossary *glossary.Glossary
	cache    map[*glossary.Term][]glossary.Related
	pairs    *int // how many more pairs of objects may be compared
}

func newLinker(g *glossary.Glossary) linker {
	pairs := maxAllPairs
	return linker{g, make(map[*glossary.Term][]glossary.Related), &pairs}
}

func (l linker) relations(t *glossary.Term) []glossary.Related {
	all, ok := l.cache[t]
	if !ok {
		all = l.glossary.Related(t)
		l.cache[t] = all
	}
	return all
}

// joinCauses merges groups that have a message but no object into the group that has objects, if
// there is exactly one such group. ran is the number of commands in the paste: if there are several,
// the error of one says nothing about what another one printed.
func joinCauses(groups [][]*Finding, ran int) [][]*Finding {
	withObjects := -1
	for i, g := range groups {
		if slices.ContainsFunc(g, func(f *Finding) bool { return len(f.Objects) > 0 }) {
			if withObjects >= 0 {
				return groups
			}
			withObjects = i
		}
	}
	if withObjects < 0 {
		return groups
	}
	joined := slices.Clone(groups[withObjects])
	rest := [][]*Finding{}
	for i, g := range groups {
		if i == withObjects {
			continue
		}
		if slices.ContainsFunc(g, func(f *Finding) bool {
			return f.rank == byMessage && f.Term != nil && !f.info && !(ran > 1 && f.place == observe.Error && f.From == "kubectl") && !otherProgram(f, groups[withObjects])
		}) {
			joined = append(joined, g...)
		} else {
			rest = append(rest, g)
		}
	}
	return append([][]*Finding{joined}, rest...)
}

// causes reports whether a can cause b, according to the glossary's relations.
func (l linker) causes(a, b *glossary.Term) bool {
	if a == nil || b == nil {
		return false
	}
	for _, r := range l.relations(a) {
		if r.Term == b && r.Relation == glossary.CauseOf {
			return true
		}
	}
	return false
}

// causeFirst sorts the findings of an issue: the cause comes first, then its symptoms.
func (l linker) causeFirst(g []*Finding) {
	if len(g) > maxLinked {
		return
	}
	caused := make(map[*Finding]int)
	for _, a := range g {
		for _, b := range g {
			if a != b && l.causes(a.Term, b.Term) && !l.causes(b.Term, a.Term) {
				caused[b]++
			}
		}
	}
	slices.SortStableFunc(g, func(a, b *Finding) int {
		if a.Term == nil && b.Term == nil && a.place == observe.Row && b.place == observe.Row && len(a.Objects) > 0 && len(b.Objects) > 0 {
			if c := cmp.Compare(btoi(a.Objects[0].Owns(&b.Objects[0])), btoi(b.Objects[0].Owns(&a.Objects[0]))); c != 0 {
				return c // the row of an object reflects the objects that it owns
			}
		}
		return cmp.Or(
			cmp.Compare(btoi(a.rank == byNumber), btoi(b.rank == byNumber)),
			cmp.Compare(btoi(caused[a] > 0), btoi(caused[b] > 0)),
			cmp.Compare(b.rank, a.rank),
			cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
			cmp.Compare(btoi(a.Term == nil), btoi(b.Term == nil)),
			cmp.Compare(btoi(isExitCode(a)), btoi(isExitCode(b))),
			cmp.Compare(caused[a], caused[b]),
			cmp.Compare(b.nodes, a.nodes),
			cmp.Compare(b.literal, a.literal),
			cmp.Compare(a.order, b.order),
		)
	})
}

// isExitCode reports whether the term of a finding is an exit code, which is less specific than
// a reason.
func isExitCode(f *Finding) bool { return f.Term != nil && f.Term.HasUsage(glossary.ExitCode) }

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// otherProgram reports whether a finding comes from the log of a program, and all findings in g
// come from the logs of other programs. If so, the finding is a separate issue.
func otherProgram(f *Finding, g []*Finding) bool {
	return f.place == observe.Log && f.From != "" && !slices.ContainsFunc(g, func(other *Finding) bool {
		return other.place != observe.Log || other.From == "" || other.From == f.From
	})
}
