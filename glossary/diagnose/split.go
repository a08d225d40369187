package diagnose

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"k8sbot/glossary/diagnose/numbers"
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
			var problems [][]*Finding // the findings in done, grouped by issue
			linked := false
			var found []*Finding
			for _, f := range all {
				switch {
				case f.rank != rank || isSymptom(f) != symptoms:
				case len(f.Objects) < 2:
					found = append(found, f)
				default:
					if !linked {
						problems, linked = l.linked(done), true
					}
					found = append(found, divide(f, problems)...)
				}
			}
			done = append(done, found...)
		}
	}
	if len(done) > maxLinked {
		return all
	}
	slices.SortStableFunc(done, func(a, b *Finding) int { return a.order - b.order })
	return done
}

// maxNamed is the maximum number of findings into which a finding is split by the names in its
// messages. If many Pods cannot pull their images, for example, there is most likely one cause.
const maxNamed = 3

// A workload contains the parts of a finding that are about one workload, such as the Pods of a
// Deployment.
type workload struct {
	parts []part
	about string // see part.about
}

// byWorkload groups the parts of a finding by workload.
func byWorkload(f *Finding) []*workload {
	var all []*workload
	at := make(map[observe.Object]*workload)
	for _, p := range f.parts {
		id := p.object().Workload()
		w := at[id]
		if w == nil {
			w = new(workload)
			at[id] = w
			all = append(all, w)
		}
		if w.about == "" { // a row names nothing
			w.about = p.about()
		}
		w.parts = append(w.parts, p)
	}
	return all
}

// divide splits a finding into one finding for each set of problems that its workloads have.
func divide(f *Finding, problems [][]*Finding) []*Finding {
	if len(f.parts) >= maxParts || len(problems) == 0 && f.aboutOne() {
		return []*Finding{f}
	}
	all := byWorkload(f)
	if len(all) < 2 {
		return []*Finding{f}
	}
	names := make(map[string]bool)
	for _, w := range all {
		names[w.about] = true
	}
	var keys []string
	classes := make(map[string][]*workload)
	for _, w := range all {
		key := ""
		for i, problem := range problems {
			if slices.ContainsFunc(problem, w.touches) {
				key += strconv.Itoa(i) + " "
			}
		}
		if len(names) <= maxNamed {
			key += w.about
		}
		if classes[key] == nil {
			keys = append(keys, key)
		}
		classes[key] = append(classes[key], w)
	}
	var out []*Finding
	for _, key := range keys {
		out = append(out, join(f, classes[key], len(keys) == 1))
	}
	return out
}

// join reduces a finding to the given workloads. whole is set if these are all of its workloads. If
// the messages of the workloads name different things, the sentence and the commands of the result
// name none of them.
func join(f *Finding, all []*workload, whole bool) *Finding {
	joined := f
	if !whole {
		fs := newFindings(numbers.New(len(f.Objects)))
		for _, w := range all {
			for _, p := range w.parts {
				f := p.finding()
				fs.add(&f, p.object(), p)
			}
		}
		joined = fs.all[0]
		joined.order = f.order
	}
	if !slices.ContainsFunc(all, func(w *workload) bool { return w.about != all[0].about }) {
		return joined
	}
	joined.say = nil
	joined.Captured = maps.Clone(joined.Captured)
	for _, w := range all {
		for _, p := range w.parts {
			captured := p.captured()
			maps.DeleteFunc(joined.Captured, func(slot, value string) bool { return captured[slot] != value })
		}
	}
	return joined
}

// touches reports whether a finding is about an object of the workload.
func (w *workload) touches(f *Finding) bool {
	return slices.ContainsFunc(w.parts, func(p part) bool { return p.touches(f) })
}

// touches reports whether a finding comes from the same observation as p, is about p's object, or is
// about an object that depends on p's object or that p's object depends on.
func (p part) touches(f *Finding) bool {
	object := p.object()
	return p.hit != nil && slices.Contains(f.seenIn, p.at) || object.Name != "" && slices.ContainsFunc(f.Objects, func(o observe.Object) bool {
		return object.RelatedTo(&o)
	})
}

// aboutOne reports whether the messages of all parts of a finding name the same things.
func (f *Finding) aboutOne() bool {
	about := f.parts[0].about()
	return !slices.ContainsFunc(f.parts[1:], func(p part) bool { return p.about() != about })
}

// about returns the names in p's message, such as the names of an image and a Secret, but not the
// name of p's own object.
func (p part) about() string {
	if p.hit == nil || rankOf(p.observation, p.hit) != byMessage && p.observation.Place != observe.Event {
		return ""
	}
	var names []string
	object := p.object()
	for slot, value := range p.hit.captured {
		switch strings.TrimRight(slot, "0123456789") {
		case "secret", "configmap", "claim", "image", "service", "serviceaccount", "name":
			if !strings.HasPrefix(object.Name, value) && !strings.HasPrefix(value, object.Name) {
				names = append(names, slot+"="+value)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
