package diagnose

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// This file splits findings about several objects: an object must not be listed under a cause that
// only another object has.

// split splits each finding by the more specific findings about its objects, and by the names in
// its messages. Two Pods with the event FailedMount remain one finding only if the same Secret is
// missing for both. Objects of one workload stay together.
func (l linker) split(all []*Finding) []*Finding {
	if len(all) > maxLinked {
		return all
	}
	isSymptom := func(f *Finding) bool {
		return slices.ContainsFunc(all, func(other *Finding) bool {
			return other.rank == f.rank && l.causes(other.Term, f.Term) && !l.causes(f.Term, other.Term)
		})
	}
	var done []*Finding
	for rank := byMessage; rank >= byNumber; rank-- {
		for _, symptoms := range [...]bool{false, true} {
			problems := l.problems(done)
			for _, f := range all {
				if f.rank == rank && isSymptom(f) == symptoms {
					done = append(done, divide(f, problems)...)
				}
			}
		}
	}
	if len(done) > maxLinked {
		return all
	}
	slices.SortStableFunc(done, func(a, b *Finding) int { return a.order - b.order })
	return done
}

// problems groups findings that are about the same problem.
func (l linker) problems(all []*Finding) [][]*Finding {
	var groups [][]*Finding
	for _, f := range all {
		group := []*Finding{f}
		groups = slices.DeleteFunc(groups, func(g []*Finding) bool {
			same := slices.ContainsFunc(g, func(other *Finding) bool { return shareObservation(f, other) || l.sameIssue(f, other) })
			if same {
				group = append(group, g...)
			}
			return same
		})
		groups = append(groups, group)
	}
	return groups
}

func shareObservation(a, b *Finding) bool {
	return slices.ContainsFunc(a.seenIn, func(o int) bool { return slices.Contains(b.seenIn, o) })
}

// maxNamed is the maximum number of findings into which the names in its messages split one. If
// the image of each Pod is refused, they most likely have one cause.
const maxNamed = 3

// divide splits a finding into one finding for each set of problems that its objects have.
func divide(f *Finding, problems [][]*Finding) []*Finding {
	if len(f.parts) < 2 || len(f.parts) >= maxParts {
		return []*Finding{f}
	}
	type workload struct {
		problems map[int]bool
		about    string
		parts    []part
	}
	var workloads []*workload
	at := make(map[observe.Object]*workload)
	named := make(map[string]bool)
	for _, p := range f.parts {
		id := p.object.Workload()
		w := at[id]
		if w == nil {
			w = &workload{problems: make(map[int]bool), about: p.about()}
			at[id] = w
			workloads = append(workloads, w)
			named[w.about] = true
		}
		for i, problem := range problems {
			if slices.ContainsFunc(problem, func(other *Finding) bool { return p.touches(other) }) {
				w.problems[i] = true
			}
		}
		w.parts = append(w.parts, p)
	}
	if len(workloads) == 1 {
		return []*Finding{f}
	}
	var keys []string
	classes := make(map[string][]part)
	for _, w := range workloads {
		key := ""
		for _, i := range slices.Sorted(maps.Keys(w.problems)) {
			key += strconv.Itoa(i) + " "
		}
		if len(named) <= maxNamed {
			key += w.about
		}
		if classes[key] == nil {
			keys = append(keys, key)
		}
		classes[key] = append(classes[key], w.parts...)
	}
	var out []*Finding
	for _, key := range keys {
		out = append(out, join(f, classes[key]))
	}
	return out
}

// join returns the finding with only some of its parts. If their messages name different things,
// its sentence and its commands name none of them.
func join(f *Finding, parts []part) *Finding {
	joined := f
	if len(parts) < len(f.parts) {
		fs := newFindings()
		for _, p := range parts {
			fs.add(p.Finding, p.object)
		}
		joined = fs.all[0]
		joined.order = f.order
	}
	if slices.ContainsFunc(parts, func(p part) bool {
		return p.about() != parts[0].about() && p.object.Workload() != parts[0].object.Workload()
	}) {
		joined.say = glossary.Text{}
		joined.Captured = maps.Clone(joined.Captured)
		maps.DeleteFunc(joined.Captured, func(slot, value string) bool {
			return slices.ContainsFunc(parts, func(p part) bool { return p.Captured[slot] != value })
		})
	}
	return joined
}

// touches reports whether a finding is about the object of p, its owner or what it owns, or comes
// from the same observation.
func (p part) touches(f *Finding) bool {
	return shareObservation(&p.Finding, f) || p.object.Name != "" && slices.ContainsFunc(f.Objects, func(o observe.Object) bool {
		return sameObject(p.object, o) || owns(p.object, o) || owns(o, p.object) || waitsFor(p.object, o) || waitsFor(o, p.object)
	})
}

// about returns the names of the other objects and of the image in the message of p, without the
// names of its own object.
func (p part) about() string {
	if p.rank != byMessage && p.place != observe.Event {
		return ""
	}
	var names []string
	for slot, value := range p.Captured {
		switch strings.TrimRight(slot, "0123456789") {
		case "secret", "configmap", "claim", "image", "service", "serviceaccount", "name":
			if !strings.HasPrefix(p.object.Name, value) && !strings.HasPrefix(value, p.object.Name) {
				names = append(names, slot+"="+value)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
