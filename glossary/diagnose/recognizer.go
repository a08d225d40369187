package diagnose

import (
	"maps"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/match"
	"k8sbot/glossary/paste/observe"
	grammar "k8sbot/glossary/template"
)

// A recognizer is an index of all terms' recognition rules.
type recognizer struct {
	cells      map[string][]*recognition // keyed by column and value, such as "STATUS pending"
	columns    map[string]bool           // the columns in the keys of cells
	values     map[string]bool           // the columns whose values the rules for rows use
	compared   map[string][]*recognition // keyed by kind
	events     map[string][]*recognition // keyed by reason; this and the keys below are in lower case
	conditions map[string][]*recognition // keyed by type
	reasons    map[string][]*recognition // keyed by a condition's reason
	states     map[string][]*recognition // keyed by a container's reason or exit code
	errors     map[string][]*recognition // keyed by reason
	matcher    *match.Matcher[*recognition]
	dependent  map[*glossary.Term]bool // terms with a rule that applies only within other messages
	beside     *recognizer             // for a team's own terms; nil if there are none
}

func newRecognizer(g *glossary.Glossary) *recognizer {
	r := &recognizer{
		cells: make(map[string][]*recognition), columns: make(map[string]bool), values: map[string]bool{"READY": true, "REASON": true, "STATUS": true}, compared: make(map[string][]*recognition), events: make(map[string][]*recognition),
		conditions: make(map[string][]*recognition), reasons: make(map[string][]*recognition), states: make(map[string][]*recognition),
		errors: make(map[string][]*recognition), dependent: make(map[*glossary.Term]bool),
	}
	var templates []*match.Template[*recognition]
	for _, t := range g.All() {
		for _, s := range seenOf(t) {
			rec := &recognition{term: t, seen: s}
			if len(s.Within) > 0 {
				r.dependent[t] = true
			}
			if s.Text != "" {
				// Package lint reports invalid templates.
				if tmpl, err := match.Parse(s.Text, rec, rec.places()); err == nil {
					templates = append(templates, tmpl)
				}
			}
			add := func(m map[string][]*recognition, key string) { m[key] = append(m[key], rec) }
			switch {
			case s.In == glossary.SeenInCell && s.When != "":
				if when, err := grammar.ParseComparisons(s.When); err == nil {
					rec.when = comparisonsOf(when)
					for _, c := range rec.when {
						r.values[c.left.column], r.values[c.right.column] = true, true
					}
					add(r.compared, s.Of)
				}
			case s.In == glossary.SeenInCell:
				add(r.cells, s.Column+" "+strings.ToLower(s.Is))
				r.columns[s.Column], r.values[s.Column] = true, true
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
	r.matcher = match.New(templates)
	return r
}

// The ranks of hits, least specific first: a message is more specific than a reason, a reason
// more specific than a status, and a status more specific than a number.
const (
	byNumber = iota
	byStatus
	byReason
	byMessage
)

// A hit is a recognition that matches an observation.
type hit struct {
	*recognition
	rank     int
	literal  int               // bytes of literal text in the template
	captured map[string]string // by the template
	cell     observe.Cell      // the matching cell of a row
}

// values returns the values that the hit has captured in the observation.
func (h *hit) values(o *observe.Observation) map[string]string {
	if h.recognition != nil && h.when != nil {
		return compared(h.when, o)
	}
	return h.captured
}

// captures reports whether values returns the given values.
func (h *hit) captures(o *observe.Observation, values map[string]string) bool {
	if h.when == nil {
		return maps.Equal(h.captured, values)
	}
	for _, c := range h.when {
		for _, operand := range [...]operand{c.left, c.right} {
			if v, ok := operand.value(o); ok && values[operand.slot] != v {
				return false
			}
		}
	}
	return true
}
