package diagnose

import (
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/numbers"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// maxParts is the number of observations at which a finding is too common to be split by its
// objects. Nobody can read that many causes.
const maxParts = 256

// findings collects the findings in a paste, one for each term and variant. Findings without a term
// are distinguished by their facts.
type findings struct {
	all    []*Finding
	at     map[findingKey]*Finding // those with a term
	byFact map[string]*Finding     // the others
	ids    *numbers.Objects
	room   []Finding                 // findings that are not yet used
	sizes  map[class]int             // the numbers of findings in byFact
	more   map[glossary.Severity]int // the numbers of findings without a term that were only counted
}

// A class consists of the findings without a term that are equally bad.
type class struct {
	severity glossary.Severity
	rank     int
}

// maxUnknown is the maximum number of findings without a term in a class. Nobody reads that many, so more
// are only counted.
const maxUnknown = 1000

type findingKey struct {
	term     *glossary.Term
	variant  string
	severity glossary.Severity // "" except for rows about which another rule says something less or more severe
}

func newFindings(ids *numbers.Objects) *findings {
	return &findings{at: make(map[findingKey]*Finding), byFact: make(map[string]*Finding), ids: ids, sizes: make(map[class]int), more: make(map[glossary.Severity]int)}
}

// new adds an empty finding.
func (fs *findings) new() *Finding {
	if len(fs.room) == 0 {
		fs.room = make([]Finding, min(len(fs.all)+1, maxRoom))
	}
	f := &fs.room[0]
	fs.room = fs.room[1:]
	fs.all = append(fs.all, f)
	f.order = len(fs.all)
	return f
}

// maxRoom is the maximum number of findings for which room is made at once.
const maxRoom = 64

// maxSeenIn is the maximum number of observations recorded in a finding.
const maxSeenIn = 64

// shows reports whether the terms of all hits have been found already.
func (fs *findings) shows(hits []hit) bool {
	return !slices.ContainsFunc(hits, func(h hit) bool { return fs.at[findingKey{h.term, h.seen.Variant, ""}] == nil })
}

// maxFurther is the maximum number of errors of a kind that are kept in addition to the first.
const maxFurther = 20

// count handles a hit that can change its finding only by adding an object: it adds the object and
// returns true. For any other hit, it does nothing and returns false. A table may have thousands of
// rows with the same status, or of events with the same reason.
func (fs *findings) count(p part) bool {
	have := fs.at[findingKey{p.hit.term, p.hit.seen.Variant, ""}]
	if have != nil && have.Severity != p.severity {
		have = fs.at[findingKey{p.hit.term, p.hit.seen.Variant, p.severity}]
	}
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
	if have.indexOf(id) < 0 {
		if have.place == observe.Row && len(have.Objects) > 0 && have.say != nil && p.hit != have.hit && !p.hit.captures(p.observation, have.Captured) {
			have.say = nil // the values of one row do not apply to other rows
		}
		if len(have.Rows) < maxRows {
			have.Rows = joinRows(have.Rows, p.rows())
		}
	}
	have.addObject(id, object, fs.ids.More(len(have.Objects)))
	return true
}

// addUnmatched adds a finding about o from an observation that no rule matches.
func (fs *findings) addUnmatched(f Finding, o observe.Object) { fs.add(&f, o, part{}) }

// add adds the finding f of a part about o, or merges it into an existing finding with the same key.
// It may change f.
func (fs *findings) add(f *Finding, o observe.Object, p part) {
	key, text := findingKey{f.Term, f.Variant, ""}, f.Fact
	var have *Finding
	if f.Term != nil {
		if have = fs.at[key]; have != nil && saysOther(f, have) {
			key.severity = f.Severity
			have = fs.at[key]
		}
	} else {
		if f.place == observe.Error || f.place == observe.Log {
			text = lex.WithoutErrorWord(text) // a program may print an error both with and without the word
		}
		if have = fs.byFact[text]; have == nil && fs.sizes[class{f.Severity, f.rank}] >= maxUnknown {
			fs.more[f.Severity]++
			return
		}
	}
	var earlier []int
	var rows []Row
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
			if have = fs.new(); f.Term != nil {
				fs.at[key] = have
			} else {
				fs.byFact[text] = have
				fs.sizes[class{f.Severity, f.rank}]++
			}
		}
		f.order = have.order
		*have = *f
		have.Objects = nil
	} else if f.place == observe.Condition && have.place == observe.Row && f.Severity == have.Severity && f.rank <= have.rank && strings.Contains(f.Fact, ": ") && !strings.Contains(have.Fact, ": ") {
		have.Fact = f.Fact // the condition explains why
	} else if f.Severity == have.Severity && f.rank > have.rank && have.say != nil && (f.say == nil || len(f.Captured) < len(have.Captured)) {
		have.rank = f.rank // keep the sentence with more values
	} else if f.Severity == have.Severity && (f.rank > have.rank || have.info && !f.info && f.rank == have.rank || have.place == observe.Line && f.place != observe.Line || f.rank == have.rank && (f.literal > have.literal || f.place == observe.Error && have.place == observe.Error) && f.say != nil && have.say == nil) {
		objects, positions, order := have.Objects, have.positions, have.order
		*have = *f
		have.Objects, have.positions, have.order = objects, positions, order
	}
	if f.Severity == have.Severity && f.place == observe.Row && have.place == observe.Row {
		have.Rows = joinRows(rows, f.Rows)
	}
	id := fs.ids.Of(&o)
	known := o.Name != "" && have.indexOf(id) >= 0
	if f.place == observe.Row && have.place != observe.Error && len(have.Objects) > 0 && o.Name != "" && !known && have.say != nil && !maps.Equal(f.Captured, have.Captured) {
		have.say = nil // the values of one row do not apply to other rows
	}
	if have.parts = parts; len(earlier) < maxSeenIn {
		have.seenIn = append(earlier, f.seenIn...)
	}
	if known || f.Severity == have.Severity && o.Name != "" {
		have.addObject(id, o, fs.ids.More(len(have.Objects)))
	}
}

// saysOther reports whether two findings of a term come from rows to which the term says different things
// of different severity: a volume is degraded, and another one is faulted.
func saysOther(a, b *Finding) bool {
	return a.place == observe.Row && b.place == observe.Row && a.Severity != b.Severity && a.hit != nil && b.hit != nil && a.hit.seen.Say != (glossary.Text{}) && b.hit.seen.Say != (glossary.Text{}) && a.hit.seen.Say != b.hit.seen.Say
}

// indexOf returns the index of the object with a number, or -1 if the finding does not have it.
func (f *Finding) indexOf(id int32) int {
	if f.positions == nil {
		return -1
	}
	return f.positions.Of(id)
}

// addObject adds an object with its number. If there is no room for it, addObject makes room for the
// given number of objects. If the finding has the object already, addObject adds only the object's
// container, which a later line may name.
func (f *Finding) addObject(id int32, o observe.Object, room int) {
	if at := f.indexOf(id); at >= 0 {
		if o.Container != "" && f.Objects[at] == o.Whole() {
			f.Objects[at] = o
		}
		return
	}
	if f.positions == nil {
		f.positions = new(numbers.Index)
	}
	f.positions.Add(id)
	if len(f.Objects) == cap(f.Objects) {
		f.Objects = slices.Grow(f.Objects, room)
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
