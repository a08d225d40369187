package diagnose

import (
	"maps"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/compare"
	"k8sbot/glossary/diagnose/match"
	"k8sbot/glossary/paste/observe"
)

// A recognition is one rule for recognizing a term in a paste.
type recognition struct {
	term *glossary.Term
	seen glossary.Seen
	when compare.Rule
}

// places returns how many restrictions a rule has besides its text: one if it is restricted to a
// kind of object, and one if it is restricted to an event or a condition.
func (r *recognition) places() int {
	n := 0
	if r.seen.Of != "" {
		n++
	}
	if r.seen.In != glossary.SeenInMessage {
		n++
	}
	return n
}

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
				if tmpl, err := match.New(s.Text, rec, rec.places()); err == nil {
					templates = append(templates, tmpl)
				}
			}
			add := func(m map[string][]*recognition, key string) { m[key] = append(m[key], rec) }
			switch {
			case s.In == glossary.SeenInCell && s.When != "":
				if when, err := compare.Parse(s.When); err == nil {
					rec.when = when
					for _, column := range when.Columns() {
						r.values[column] = true
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
	r.matcher = match.NewMatcher(templates)
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
		return h.when.Captured(o)
	}
	return h.captured
}

// captures reports whether values returns the given values.
func (h *hit) captures(o *observe.Observation, values map[string]string) bool {
	if h.when == nil {
		return maps.Equal(h.captured, values)
	}
	return h.when.Captures(o, values)
}
