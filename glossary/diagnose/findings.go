package diagnose

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/numbers"
	"k8sbot/glossary/paste/observe"
)

// maxParts is the number of observations at which a finding is too common to be split by its
// objects. Nobody can read that many causes.
const maxParts = 256

// findings collects the findings in a paste, one for each term and variant. Findings without a term
// are distinguished by their facts.
type findings struct {
	all []*Finding
	at  map[findingKey]*Finding
	ids *numbers.Objects
}

type findingKey struct {
	term    *glossary.Term
	variant string
	fact    string // the fact, if there is no term
}

func newFindings(ids *numbers.Objects) *findings {
	return &findings{at: make(map[findingKey]*Finding), ids: ids}
}

// maxSeenIn is the maximum number of observations recorded in a finding.
const maxSeenIn = 64

// shows reports whether the terms of all hits have been found already.
func (fs *findings) shows(hits []hit) bool {
	return !slices.ContainsFunc(hits, func(h hit) bool { return fs.at[findingKey{h.term, h.seen.Variant, ""}] == nil })
}

// maxFurther is the maximum number of errors of a kind that are kept in addition to the first.
const maxFurther = 20

// errorWord matches "error: " or "fatal: " at the beginning of an error. That word adds nothing.
var errorWord = regexp.MustCompile(`^(?i:error|fatal): `)

// count handles a hit that can change its finding only by adding an object: it adds the object and
// returns true. For any other hit, it does nothing and returns false. A table may have thousands of
// rows with the same status, or of events with the same reason.
func (fs *findings) count(p part) bool {
	have := fs.at[findingKey{p.hit.term, p.hit.seen.Variant, ""}]
	if have == nil || have.Severity != p.severity || have.rank < rankOf(p.observation, p.hit) || have.place != p.observation.Place || have.literal < p.hit.literal {
		return false
	}
	if len(have.parts) < maxParts {
		have.parts = append(have.parts, p)
	}
	if len(have.seenIn) < maxSeenIn {
		have.seenIn = append(have.seenIn, p.at)
	}
	object := p.object()
	if object.Name == "" {
		return true
	}
	id := fs.ids.Of(&object)
	if have.positions.Of(id) < 0 {
		if have.place == observe.Row && len(have.Objects) > 0 && have.say != (glossary.Text{}) && p.hit != have.hit && !p.hit.captures(p.observation, have.Captured) {
			have.say = glossary.Text{} // the values of one row do not apply to other rows
		}
		if len(have.Rows) < maxRows {
			have.Rows = joinRows(have.Rows, p.rows())
		}
	}
	have.addObject(id, object)
	return true
}

// addUnmatched adds a finding about o from an observation that no rule matches.
func (fs *findings) addUnmatched(f Finding, o observe.Object) { fs.add(&f, o, part{}) }

// add adds the finding f of a part about o, or merges it into an existing finding with the same key.
// It may change f.
func (fs *findings) add(f *Finding, o observe.Object, p part) {
	key := findingKey{f.Term, f.Variant, ""}
	var earlier []int
	var rows []Row
	if f.Term == nil {
		key.fact = f.Fact
		if f.place == observe.Error || f.place == observe.Log {
			key.fact = errorWord.ReplaceAllString(f.Fact, "") // a program may print an error both with and without the word
		}
	}
	have := fs.at[key]
	var parts []part
	if have != nil {
		earlier, parts = have.seenIn, have.parts
		if have.Severity == f.Severity {
			rows = have.Rows
		}
	}
	if len(parts) < maxParts && (p.hit != nil || len(fs.all) <= 2*maxLinked) { // split divides at most maxLinked findings
		if p.hit == nil {
			p.unmatched = &unmatched{*f, o}
		}
		parts = append(parts, p)
	}
	if have != nil && have.place == observe.Error && f.place == observe.Error && f.Term != nil && f.Fact != have.Fact && len(have.Further) < maxFurther && !slices.Contains(have.Further, f.Fact) {
		further := f.Fact
		if f.Severity.Rank() < have.Severity.Rank() || f.Severity == have.Severity && f.rank > have.rank {
			further = have.Fact
		}
		f.Further = append(slices.Clone(have.Further), further)
		have.Further = f.Further
	}
	if have == nil || f.Severity.Rank() < have.Severity.Rank() {
		if have == nil {
			have = &Finding{order: len(fs.all) + 1}
			fs.all = append(fs.all, have)
			fs.at[key] = have
		}
		f.order = have.order
		*have = *f
		have.Objects = nil
	} else if f.place == observe.Condition && have.place == observe.Row && f.Severity == have.Severity && f.rank <= have.rank && strings.Contains(f.Fact, ": ") && !strings.Contains(have.Fact, ": ") {
		have.Fact = f.Fact // the condition explains why
	} else if f.Severity == have.Severity && f.rank > have.rank && have.say != (glossary.Text{}) && (f.say == (glossary.Text{}) || len(f.Captured) < len(have.Captured)) {
		have.rank = f.rank // keep the sentence with more values
	} else if f.Severity == have.Severity && (f.rank > have.rank || have.place == observe.Line && f.place != observe.Line || f.rank == have.rank && (f.literal > have.literal || f.place == observe.Error && have.place == observe.Error) && f.say != (glossary.Text{}) && have.say == (glossary.Text{})) {
		objects, positions, order := have.Objects, have.positions, have.order
		*have = *f
		have.Objects, have.positions, have.order = objects, positions, order
	}
	if f.Severity == have.Severity && f.place == observe.Row && have.place == observe.Row {
		have.Rows = joinRows(rows, f.Rows)
	}
	id := fs.ids.Of(&o)
	known := o.Name != "" && have.positions.Of(id) >= 0
	if f.place == observe.Row && have.place != observe.Error && len(have.Objects) > 0 && o.Name != "" && !known && have.say != (glossary.Text{}) && !maps.Equal(f.Captured, have.Captured) {
		have.say = glossary.Text{} // the values of one row do not apply to other rows
	}
	if have.parts = parts; len(earlier) < maxSeenIn {
		have.seenIn = append(earlier, f.seenIn...)
	}
	if known || f.Severity == have.Severity && o.Name != "" {
		have.addObject(id, o)
	}
}

// addObject adds an object with its number. If the finding has the object already, addObject adds
// only the object's container, which a later line may name.
func (f *Finding) addObject(id int32, o observe.Object) {
	if at := f.positions.Of(id); at >= 0 {
		if o.Container != "" && f.Objects[at] == o.Whole() {
			f.Objects[at] = o
		}
		return
	}
	f.positions.Add(id)
	if len(f.Objects) == cap(f.Objects) { // append would grow a long list by only a quarter
		f.Objects = slices.Grow(f.Objects, len(f.Objects)+1)
	}
	f.Objects = append(f.Objects, o)
}

// objects returns the numbers of the objects that any finding is about.
func (fs *findings) objects() map[int32]bool {
	all := make(map[int32]bool)
	for _, f := range fs.all {
		for _, o := range f.Objects {
			all[fs.ids.Of(&o)] = true
		}
	}
	return all
}
