package diagnose

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/numbers"
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
	// If Fact is a cell of a table, Rows quotes the rows of the first objects, at most [maxRows].
	// Otherwise, it is nil.
	Rows []Row
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

	hit       *hit           // that has captured the values; nil if none
	say       *glossary.Text // nil if none
	rank      int
	literal   int
	age       time.Duration
	related   []observe.Object
	order     int
	positions *numbers.Index // of Objects; nil if there are none
	seenIn    []int          // indexes of the observations
	parts     []part         // what each observation reports; at most maxParts
	nodes     int32
	place     observe.Place
	info      bool // whether the finding comes from a log line with level info
}

// A Row quotes the restarts and the age of an object in a row of a table.
type Row struct {
	Object observe.Object
	Fact   string
}

// maxRows is the maximum number of rows that a finding quotes.
const maxRows = 5

// joinRows returns the rows in a, and those in b whose objects have no row in a; at most [maxRows].
func joinRows(a, b []Row) []Row {
	a = slices.Clip(a)
	for _, row := range b {
		if len(a) < maxRows && !slices.ContainsFunc(a, func(have Row) bool { return have.Object.Whole() == row.Object.Whole() }) {
			a = append(a, row)
		}
	}
	return a
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
	if f.say != nil {
		if s := fillSlots(f.say.In(l), f.Captured); s != "" {
			return s
		}
	}
	if f.Term == nil {
		return ""
	}
	if v, ok := f.Term.Variant(f.Variant); ok {
		return v.Summary.In(l)
	}
	return f.Term.Summary.In(l)
}

// fillSlots replaces the slots of a sentence with captured values in backticks. A value inside code
// is part of that code. It returns "" if a value is missing.
func fillSlots(text string, captured map[string]string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	inCode := false
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		inCode = inCode != (strings.Count(before, "`")%2 == 1)
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
		value = strings.ReplaceAll(lex.Shorten(value, 120), "`", "'")
		if !inCode {
			value = "`" + value + "`"
		}
		b.WriteString(value)
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
		s := cell.Column + " " + cmp.Or(cell.Value, "(empty)")
		if h.recognition == nil {
			parts := append(make([]string, 0, manyParts), s)
			for i := range o.Cells {
				if c := &o.Cells[i]; c.Verdict == observe.Unhealthy && c.Column != cell.Column && !observe.IsProgress(c.Column) && c.Value != o.Message && c.Value != o.Reason {
					parts = append(parts, ", ", c.Column, " ", cmp.Or(c.Value, "(empty)"))
				}
			}
			s = strings.Join(parts, "")
		}
		if h.recognition != nil {
			s += h.when.Others(o, cell.Column)
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

// manyParts is the number of parts of the facts about most rows.
const manyParts = 16

func worstCell(o *observe.Observation) observe.Cell {
	var worst observe.Cell
	for _, c := range o.Cells {
		if c.Verdict > worst.Verdict || c.Verdict == worst.Verdict && c.Verdict == observe.Unhealthy && (observe.IsProgress(worst.Column) || observe.Wanted(worst.Column, worst.Value) == "" && observe.Wanted(c.Column, c.Value) != "") {
			worst = c
		}
	}
	return worst
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

// A part is what one observation contributes to a finding: a hit or, if no rule matches the
// observation, a finding.
type part struct {
	observation *observe.Observation
	at          int // index of the observation
	hit         *hit
	severity    glossary.Severity
	unmatched   *unmatched // nil if there is a hit
}

// An unmatched is a finding from an observation that no rule matches.
type unmatched struct {
	Finding
	object observe.Object
}

// object returns the object that the part is about.
func (p *part) object() observe.Object {
	if p.hit == nil {
		return p.unmatched.object
	}
	return objectOf(p.observation, p.hit.captured)
}

// finding returns the part as a finding of its own.
func (p *part) finding() Finding {
	if p.hit == nil {
		return p.unmatched.Finding
	}
	o, h, object := p.observation, p.hit, p.object()
	f := Finding{
		hit: h, Term: h.term, Variant: h.seen.Variant, Severity: p.severity, Captured: h.values(o), say: sayOf(h),
		Fact: fact(o, h), Rows: p.rows(), From: o.From, rank: rankOf(o, h), literal: h.literal, nodes: o.Nodes, age: o.Age, related: slices.Clone(o.Related),
		seenIn: []int{p.at}, place: o.Place, info: o.Place == observe.Log && o.Value == "info" || o.Place == observe.Error && o.Verdict == observe.Waiting,
	}
	if _, ok := h.term.Variant(ofProgram); ok && f.Variant == "" && o.Place == observe.Log && (object.Kind == "pod" || observe.IsCustom(object.Kind)) {
		f.Variant = ofProgram
	}
	return f
}

// sayOf returns the sentence of a hit's rule, or nil if it has none.
func sayOf(h *hit) *glossary.Text {
	if h.seen.Say == (glossary.Text{}) {
		return nil
	}
	return &h.seen.Say
}

// rows quotes the part's observation if it is a row, and returns nil if it shows neither restarts nor
// an age.
func (p *part) rows() []Row {
	if fact := p.observation.RowFact(); fact != "" {
		return []Row{{p.object(), fact}}
	}
	return nil
}

// captured returns the values that the part has captured.
func (p *part) captured() map[string]string {
	if p.hit == nil {
		return p.unmatched.Captured
	}
	return p.hit.values(p.observation)
}

// ofProgram is the ID of the term variant for log lines from a program in a Pod.
const ofProgram = "program"

// readiness contains the conditions that show that an object is not ready, but not why.
var readiness = map[string]bool{"Ready": true, "ContainersReady": true, "Initialized": true, "PodScheduled": true, "Available": true, "Progressing": true}

// rankOf returns the rank of a hit in an observation. The rank is lower than the hit's own rank
// if something else in the observation is more specific. For example, the exit code of a
// container is more specific than the reason Error.
func rankOf(o *observe.Observation, h *hit) int {
	switch {
	case h.rank == byMessage && h.seen.In == glossary.SeenInEvent:
		return byReason
	case h.rank == byMessage && h.term.HasUsage(glossary.ExitCode):
		return byStatus
	case o.Place == observe.State && h.term.ID == "error":
		return byNumber
	case o.Place == observe.Condition && h.rank == byStatus && readiness[o.Field] && o.Object.Kind != "node":
		return byNumber // says that something is not ready, but not why
	}
	return h.rank
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
