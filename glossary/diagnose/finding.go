package diagnose

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/observe"
)

// A Finding is a term recognized in a paste, or an error that no term explains.
type Finding struct {
	// Term is nil if no term explains the fact.
	Term *glossary.Term
	// Variant is the ID of the term's variant, "" for the term itself.
	Variant  string
	Severity glossary.Severity
	// Objects are the objects that the finding is about, in the order of the text, without
	// duplicates.
	Objects []observe.Object
	// Captured are the values of the slots in the matching template, by slot name.
	Captured map[string]string
	// Fact quotes the paste: a message, or a column with its value.
	Fact string
	// If Fact is a cell of a table, Row quotes the restarts and the age in the same row. Otherwise,
	// Row is "". RowOf is the object of that row, and one of Objects.
	Row   string
	RowOf observe.Object
	// Further contains more errors of the same kind from the paste, without duplicates.
	Further []string
	// Name is a title for a finding that no term explains: the reason of an event, the type
	// of a condition, or the kind of the object in a row.
	Name string
	// From is the component that reported the finding, such as kubelet, kubectl or helm, or "".
	From string
	// For a finding without a term, Field is the column or condition with an unexpected value,
	// and Want is the expected value. They are "" if unknown.
	Field, Want string

	say     glossary.Text
	rank    int
	literal int
	nodes   int
	age     time.Duration
	related []observe.Object
	order   int
	seenIn  []int  // indexes of the observations
	parts   []part // what each observation reports; at most maxParts
	place   observe.Place
	info    bool // whether the finding comes from a log line with level info
}

// IsCondition reports whether the finding comes from a condition of an object.
func (f *Finding) IsCondition() bool { return f.place == observe.Condition }

// IsError reports whether the finding is an error that a command printed.
func (f *Finding) IsError() bool { return f.place == observe.Error }

// IsMessage reports whether the term is recognized by the text of a message.
func (f *Finding) IsMessage() bool { return f.Term != nil && f.rank == byMessage }

// Sentence returns one sentence about the finding in l: the term's sentence with the captured
// values filled in or, if there is no such sentence, the term's summary. It returns "" if no
// term explains the finding.
func (f *Finding) Sentence(l glossary.Lang) string {
	if s := fillSlots(f.say.In(l), f.Captured); s != "" {
		return s
	}
	if f.Term == nil {
		return ""
	}
	if v, ok := f.Term.Variant(f.Variant); ok {
		return v.Summary.In(l)
	}
	return f.Term.Summary.In(l)
}

// fillSlots replaces the slots of a sentence with captured values in backticks. It returns
// "" if a value is missing.
func fillSlots(text string, captured map[string]string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		value := strings.TrimSpace(captured[slot])
		if value == "" {
			return ""
		}
		if slot == "kind" {
			value = cmp.Or(observe.ResourceName(value), value)
		}
		b.WriteString("`" + strings.ReplaceAll(lex.Shorten(value, 120), "`", "'") + "`")
		text = after
	}
}

// maxFact is the maximum length of a quoted message in bytes.
const maxFact = 300

// fact quotes the part of an observation that the hit is about.
func fact(o *observe.Observation, h *hit) string {
	switch o.Place {
	case observe.Row:
		if h.rank == byMessage {
			if c := worstCell(o); c.Verdict == observe.Unhealthy && !strings.Contains(c.Value, " ") && c.Value != "" && !strings.Contains(o.Message, c.Value) {
				return c.Column + " " + c.Value + ": " + lex.Shorten(o.Message, maxFact)
			}
			return lex.Shorten(o.Message, maxFact)
		}
		cell := h.cell
		if cell.Column == "" {
			cell = worstCell(o)
		}
		if cell.Column == "" {
			return lex.Shorten(o.Message, maxFact)
		}
		s := cell.Column + " " + emptyAs(cell.Value, "(empty)")
		if h.recognition == nil {
			for _, c := range o.Cells {
				if c.Verdict == observe.Unhealthy && c.Column != cell.Column && !observe.IsProgress(c.Column) && c.Value != o.Message && c.Value != o.Reason {
					s += ", " + c.Column + " " + emptyAs(c.Value, "(empty)")
				}
			}
		}
		if h.recognition != nil {
			for _, c := range h.when {
				for _, x := range [...]operand{c.left, c.right} {
					if v := o.Cell(x.column); v != "" && x.column != cell.Column && !x.of {
						s += ", " + x.column + " " + v
					}
				}
			}
		}
		if o.Reason != "" && o.Reason != cell.Value {
			s += ", " + o.Reason
		}
		if o.Message != "" && o.Message != cell.Value {
			s += ": " + lex.Shorten(o.Message, maxFact)
		}
		return s
	case observe.Condition:
		s := o.Field + " " + o.Value
		if o.Reason != "" {
			s += ", " + o.Reason
		}
		if o.Message != "" {
			s += ": " + lex.Shorten(o.Message, maxFact)
		}
		return s
	case observe.State:
		s := o.Reason
		if o.Value != "" {
			s = strings.TrimPrefix(s+", exit code "+o.Value, ", ")
		}
		if o.Message != "" {
			s += ": " + lex.Shorten(o.Message, maxFact)
		}
		return s
	case observe.Event:
		if o.Message == "" {
			return o.Reason
		}
		return o.Reason + ": " + lex.Shorten(o.Message, maxFact)
	}
	return lex.Shorten(o.Message, maxFact)
}

func worstCell(o *observe.Observation) observe.Cell {
	var worst observe.Cell
	for _, c := range o.Cells {
		if c.Verdict > worst.Verdict || c.Verdict == worst.Verdict && c.Verdict == observe.Unhealthy && (observe.IsProgress(worst.Column) || observe.Wanted(worst.Column, worst.Value) == "" && observe.Wanted(c.Column, c.Value) != "") {
			worst = c
		}
	}
	return worst
}

func emptyAs(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

// severityOf returns how bad a hit is in an observation.
func severityOf(o *observe.Observation, h *hit) glossary.Severity {
	s := h.term.Severity
	if h.seen.Severity != "" {
		s = h.seen.Severity
	}
	if s == "" {
		s = glossary.Warning
	}
	if v, ok := h.term.Variant(h.seen.Variant); ok && v.ID != "" && s.Rank() >= glossary.Transient.Rank() {
		s = glossary.Failure
	}
	switch {
	case o.Place == observe.Log && o.Verdict == observe.Waiting:
		return glossary.Transient
	case o.From == "kubeadm" && o.Value == "warning" && s == glossary.Failure: // a check that it ignores
		return glossary.Warning
	case s == glossary.Transient && h.term.OverdueAfter > 0 && o.Place == observe.Row && o.Age > time.Duration(h.term.OverdueAfter):
		return glossary.Warning
	case o.Place == observe.Row && h.when != nil && h.cell.Verdict == observe.Waiting:
		return glossary.Transient
	case o.Place == observe.Row && h.cell.Verdict == observe.Unhealthy && s.Rank() >= glossary.Transient.Rank() && h.seen.Severity == "":
		return glossary.Warning
	case h.rank != byMessage && o.Place == observe.Row && h.cell.Verdict == observe.Healthy && (h.cell.Column != "REASON" || o.Object.Kind != "pod") && h.when == nil && s.Rank() < glossary.Transient.Rank():
		return glossary.Normal
	case o.Place == observe.Condition && o.Verdict == observe.Healthy && h.rank != byMessage && s.Rank() < glossary.Transient.Rank():
		return glossary.Normal
	case o.Place == observe.Condition && o.Verdict == observe.Unhealthy && s.Rank() >= glossary.Transient.Rank():
		return glossary.Warning
	}
	return s
}

// A part is a finding as one observation reports it.
type part struct {
	*Finding
	object observe.Object
}

// maxParts is the maximum number of observations of a finding that is split by its objects. A
// finding that occurs more often is not split, since nobody can read that many causes.
const maxParts = 256

// findings collects the findings of a text, one for each term and variant. Findings without a term
// are distinguished by their facts.
type findings struct {
	all []*Finding
	at  map[findingKey]*Finding
	has map[*Finding]map[observe.Object]bool
}

type findingKey struct {
	term    *glossary.Term
	variant string
	fact    string // the fact, if there is no term
}

func newFindings() *findings {
	return &findings{at: make(map[findingKey]*Finding), has: make(map[*Finding]map[observe.Object]bool)}
}

// maxSeenIn is the maximum number of observations recorded in a finding.
const maxSeenIn = 64

// shows reports whether the terms of all hits have been found already.
func (fs *findings) shows(hits []hit) bool {
	return !slices.ContainsFunc(hits, func(h hit) bool { return fs.at[findingKey{h.term, h.seen.Variant, ""}] == nil })
}

// maxFurther is the maximum number of errors of a kind that are kept in addition to the first.
const maxFurther = 20

// errorWord matches the word "error: " or "fatal: " at the beginning of an error. The word adds
// nothing.
var errorWord = regexp.MustCompile(`^(?i:error|fatal): `)

// count adds only the object of a hit in a row, if the hit cannot change its finding in any other
// way. Otherwise, it returns false. A table may have thousands of rows with the same status.
func (fs *findings) count(h *hit, s glossary.Severity, rank int, o observe.Object) bool {
	have := fs.at[findingKey{h.term, h.seen.Variant, ""}]
	if have == nil || len(have.parts) < maxParts || have.Severity != s || have.rank < rank || have.place != observe.Row || have.say != (glossary.Text{}) {
		return false
	}
	if whole := o.Whole(); o.Name != "" && !fs.has[have][whole] {
		have.Objects = append(have.Objects, o)
		fs.has[have][whole] = true
	}
	return true
}

// add adds a finding about an object, or merges it into an existing finding with the same key.
func (fs *findings) add(f Finding, o observe.Object) {
	key := findingKey{f.Term, f.Variant, ""}
	var earlier []int
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
	}
	if len(parts) < maxParts {
		own := f
		parts = append(parts, part{&own, o})
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
			have = &Finding{}
			fs.all = append(fs.all, have)
			fs.at[key] = have
			f.order = len(fs.all)
		} else {
			f.order = have.order
		}
		*have = f
		have.Objects = nil
		fs.has[have] = make(map[observe.Object]bool)
	} else if f.place == observe.Condition && have.place == observe.Row && f.Severity == have.Severity && f.rank <= have.rank && strings.Contains(f.Fact, ": ") && !strings.Contains(have.Fact, ": ") {
		have.Fact = f.Fact // the condition explains why
	} else if f.Severity == have.Severity && f.rank > have.rank && have.say != (glossary.Text{}) && (f.say == (glossary.Text{}) || len(f.Captured) < len(have.Captured)) {
		have.rank = f.rank // keep the sentence with more values
	} else if f.Severity == have.Severity && (f.rank > have.rank || have.place == observe.Line && f.place != observe.Line || f.rank == have.rank && (f.literal > have.literal || f.place == observe.Error && have.place == observe.Error) && f.say != (glossary.Text{}) && have.say == (glossary.Text{})) {
		objects, order := have.Objects, have.order
		*have = f
		have.Objects, have.order = objects, order
	}
	whole, has := o.Whole(), fs.has[have]
	known := o.Name != "" && has[whole]
	if f.place == observe.Row && have.place != observe.Error && len(have.Objects) > 0 && o.Name != "" && !known && have.say != (glossary.Text{}) && !maps.Equal(f.Captured, have.Captured) {
		have.say = glossary.Text{} // the values of one row do not apply to other rows
	}
	if have.parts = parts; len(earlier) < maxSeenIn {
		have.seenIn = append(earlier, f.seenIn...)
	}
	if f.Severity == have.Severity && o.Name != "" && !known {
		have.Objects = append(have.Objects, o)
		has[whole] = true
	} else if o.Container != "" {
		// A later line may name the container.
		for i := range have.Objects {
			if have.Objects[i] == whole {
				have.Objects[i] = o
			}
		}
	}
}

// hasObject reports whether any finding is about one of the objects.
func (fs *findings) hasObject(objects []observe.Object) bool {
	for _, has := range fs.has {
		for _, o := range objects {
			if has[o.Whole()] {
				return true
			}
		}
	}
	return false
}

// objectOf returns the object of an observation, completed with captured values.
func objectOf(o *observe.Observation, captured map[string]string) observe.Object {
	obj := o.Object
	if obj.Name == "" {
		for _, slot := range []struct{ slot, kind string }{{"pod", "pod"}, {"node", "node"}, {"claim", "persistentvolumeclaim"}, {"service", "service"}} {
			if v := captured[slot.slot]; v != "" && observe.IsName(v) {
				obj.Kind, obj.Name = slot.kind, v
				break
			}
		}
	}
	if ns := captured["namespace"]; obj.Namespace == "" && ns != "" && observe.IsName(ns) && observe.Namespaced(obj.Kind) {
		obj.Namespace = ns
	}
	if c := captured["container"]; obj.Container == "" && obj.Kind == "pod" && observe.IsName(c) {
		obj.Container = c
	}
	return obj
}
