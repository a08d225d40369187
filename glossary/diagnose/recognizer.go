package diagnose

import (
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// A recognition is one way in which a term is seen.
type recognition struct {
	term *glossary.Term
	seen glossary.Seen
	when []comparison
}

// A recognizer knows how all terms are seen.
type recognizer struct {
	cells      map[string][]*recognition // by column and value: "STATUS pending"
	compared   map[string][]*recognition // by kind
	events     map[string][]*recognition // by reason in lower case, as all below
	conditions map[string][]*recognition // by type
	reasons    map[string][]*recognition // of conditions
	states     map[string][]*recognition // by reason or exit code
	errors     map[string][]*recognition // by reason
	matcher    *matcher
	dependent  map[*glossary.Term]bool // terms that mean something else within other messages
}

func newRecognizer(g *glossary.Glossary) *recognizer {
	r := &recognizer{
		cells: make(map[string][]*recognition), compared: make(map[string][]*recognition), events: make(map[string][]*recognition),
		conditions: make(map[string][]*recognition), reasons: make(map[string][]*recognition), states: make(map[string][]*recognition),
		errors: make(map[string][]*recognition), dependent: make(map[*glossary.Term]bool),
	}
	var templates []*template
	for _, t := range g.All() {
		for _, s := range seenOf(t) {
			rec := &recognition{term: t, seen: s}
			if len(s.Within) > 0 {
				r.dependent[t] = true
			}
			if s.Text != "" {
				// A template that cannot be parsed is reported by lint.
				if tmpl, err := parseTemplate(s.Text); err == nil {
					tmpl.seen = rec
					templates = append(templates, tmpl)
				}
			}
			add := func(m map[string][]*recognition, key string) { m[key] = append(m[key], rec) }
			switch {
			case s.In == glossary.SeenInCell && s.When != "":
				if when, err := parseComparisons(s.When); err == nil {
					rec.when = when
					add(r.compared, s.Of)
				}
			case s.In == glossary.SeenInCell:
				add(r.cells, s.Column+" "+strings.ToLower(s.Is))
			case s.Text != "":
			case s.In == glossary.SeenInEvent:
				add(r.events, strings.ToLower(s.Reason))
			case s.In == glossary.SeenInCondition && s.Type != "":
				add(r.conditions, strings.ToLower(s.Type))
			case s.In == glossary.SeenInCondition:
				add(r.reasons, strings.ToLower(s.Reason))
			case s.In == glossary.SeenInState:
				add(r.states, strings.ToLower(s.Reason+s.Is))
			case s.In == glossary.SeenInError:
				add(r.errors, strings.ToLower(s.Reason))
			}
		}
	}
	r.matcher = newMatcher(templates)
	return r
}

// How specific a recognition is: a message says more than a reason, a reason more than a
// status, a status more than a number.
const (
	byNumber = iota
	byStatus
	byReason
	byMessage
)

// A hit is a term that an observation shows.
type hit struct {
	*recognition
	rank     int
	literal  int // bytes of literal text of the template
	captured map[string]string
	cell     paste.Cell // that shows it
}

// recognize returns the terms that an observation shows, the cause first.
func (r *recognizer) recognize(o paste.Observation) []hit {
	hits := r.messages(o)
	add := func(rank int, list []*recognition, ok func(*recognition) bool) {
		for _, rec := range best(list, o) {
			if ok == nil || ok(rec) {
				hits = append(hits, hit{recognition: rec, rank: rank})
			}
		}
	}
	switch o.Place {
	case paste.Log, paste.Line, paste.Error:
		if !o.Prose {
			hits = append(hits, r.reasonWords(o.Message)...)
		}
	}
	switch o.Place {
	case paste.Row:
		hits = append(hits, r.row(o)...)
	case paste.Event:
		reason := strings.ToLower(o.Reason)
		if r.events[reason] == nil {
			add(byStatus, r.states[reason], nil) // a status, reported by another program
		}
		add(byReason, r.events[reason], nil)
	case paste.Condition:
		if o.Reason != "" && o.Verdict != paste.Healthy {
			add(byReason, r.reasons[strings.ToLower(o.Reason)], nil)
		}
		add(byStatus, r.conditions[strings.ToLower(o.Field)], func(rec *recognition) bool {
			return rec.seen.Status == "" || strings.EqualFold(rec.seen.Status, o.Value)
		})
	case paste.State:
		if o.Value != "" && o.Value != "0" {
			add(byReason, r.states[o.Value], nil)
		}
		add(byStatus, r.states[strings.ToLower(o.Reason)], nil)
	case paste.Error:
		add(byReason, r.errors[strings.ToLower(o.Reason)], nil)
	}
	return hits
}

// best returns the recognitions of the object's kind, and if none is, those of any kind.
func best(list []*recognition, o paste.Observation) []*recognition {
	var own, any, others []*recognition
	for _, rec := range list {
		switch rec.seen.Of {
		case "":
			any = append(any, rec)
		case o.Object.Kind:
			own = append(own, rec)
		case "pod":
			if o.Object.Kind == "" { // most texts without a kind are about Pods
				own = append(own, rec)
			}
		default:
			if o.Object.Kind == "" && o.Place != paste.Row {
				others = append(others, rec)
			}
		}
	}
	if len(own) > 0 {
		return own[:1]
	}
	any = append(any, others...)
	return any[:min(1, len(any))]
}

// row returns the terms that the cells of a row show: its status before its numbers.
func (r *recognizer) row(o paste.Observation) []hit {
	var hits []hit
	for _, rec := range r.compared[o.Object.Kind] {
		if captured, ok := holds(rec.when, o); ok {
			h := hit{recognition: rec, rank: byNumber, captured: captured}
			for _, c := range o.Cells {
				if c.Column == rec.when[0].column {
					h.cell = c
				}
			}
			hits = append(hits, h)
		}
	}
	for _, c := range o.Cells {
		if c.Value == "" {
			continue
		}
		value := strings.ToLower(c.Value)
		found := best(r.cells[c.Column+" "+value], o)
		if found == nil {
			// Init:Error, Ready,SchedulingDisabled
			for part := range strings.SplitSeq(strings.TrimPrefix(value, "init:"), ",") {
				if part != value {
					found = append(found, best(r.cells[c.Column+" "+part], o)...)
				}
			}
			if code, ok := strings.CutPrefix(strings.TrimPrefix(value, "init:"), "exitcode:"); ok {
				found = r.states[code]
			}
		}
		if found == nil && c.Verdict == paste.Trouble {
			for _, rec := range best(r.cells[c.Column+" *"], o) {
				hits = append(hits, hit{recognition: rec, rank: byNumber, cell: c})
			}
		}
		for _, rec := range found {
			hits = append(hits, hit{recognition: rec, rank: byStatus, cell: c})
		}
		if c.Column == "REASON" || c.Column == "STATUS" {
			for _, rec := range best(r.reasons[value], o) {
				hits = append(hits, hit{recognition: rec, rank: byReason, cell: c})
			}
		}
	}
	return hits
}
