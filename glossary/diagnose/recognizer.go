package diagnose

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
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
		for i := range t.Seen {
			s := t.Seen[i]
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
	cell     observe.Cell // that shows it
}

// recognize returns the terms that an observation shows, the cause first.
func (r *recognizer) recognize(o observe.Observation) []hit {
	hits := r.messages(o)
	add := func(rank int, list []*recognition, ok func(*recognition) bool) {
		for _, rec := range best(list, o) {
			if ok == nil || ok(rec) {
				hits = append(hits, hit{recognition: rec, rank: rank})
			}
		}
	}
	switch o.Place {
	case observe.Row:
		hits = append(hits, r.row(o)...)
	case observe.Event:
		add(byReason, r.events[strings.ToLower(o.Reason)], nil)
	case observe.Condition:
		if o.Reason != "" && o.Verdict != observe.Healthy {
			add(byReason, r.reasons[strings.ToLower(o.Reason)], nil)
		}
		add(byStatus, r.conditions[strings.ToLower(o.Field)], func(rec *recognition) bool {
			return rec.seen.Status == "" || strings.EqualFold(rec.seen.Status, o.Value)
		})
	case observe.State:
		if o.Value != "" && o.Value != "0" {
			add(byReason, r.states[o.Value], nil)
		}
		add(byStatus, r.states[strings.ToLower(o.Reason)], nil)
	case observe.Error:
		add(byReason, r.errors[strings.ToLower(o.Reason)], nil)
	}
	return hits
}

// best returns the recognitions of the object's kind, and if none is, those of any kind.
func best(list []*recognition, o observe.Observation) []*recognition {
	var own, any []*recognition
	for _, rec := range list {
		switch rec.seen.Of {
		case "":
			any = append(any, rec)
		case o.Object.Kind:
			own = append(own, rec)
		default:
			if o.Object.Kind == "" {
				any = append(any, rec)
			}
		}
	}
	if len(own) > 0 {
		return own[:1]
	}
	return any[:min(1, len(any))]
}

// messages returns the terms whose templates match the message, the cause first: what
// stands in the open slot of another match is its cause, and of two that overlap the
// longer one holds.
func (r *recognizer) messages(o observe.Observation) []hit {
	if o.Message == "" || o.Nodes < 0 {
		return nil
	}
	var kept, framed []match
next:
	for _, m := range r.matcher.match(o.Message) {
		if !m.applies(o) {
			continue
		}
		if len(m.seen.seen.Within) > 0 {
			framed = append(framed, m)
			continue
		}
		for _, k := range kept {
			if k.seen.term == m.seen.term || overlap(k.span, m.span) && !k.open(m.span) && !m.open(k.span) {
				continue next
			}
		}
		kept = append(kept, m)
	}
	// A match that counts only within another one replaces what its term means elsewhere.
	frames := kept
	for _, m := range framed {
		if !slices.ContainsFunc(frames, func(k match) bool { return slices.Contains(m.seen.seen.Within, k.seen.term.ID) }) {
			continue
		}
		kept = slices.DeleteFunc(slices.Clone(kept), func(k match) bool { return k.seen.term == m.seen.term && len(k.seen.seen.Within) == 0 })
		if !slices.ContainsFunc(kept, func(k match) bool { return k.seen.term == m.seen.term }) {
			kept = append(kept, m)
		}
	}
	var hits []hit
	for _, m := range kept {
		inside := slices.ContainsFunc(kept, func(k match) bool { return k.template != m.template && k.open(m.span) })
		if len(m.seen.seen.Within) == 0 && inside && r.dependent[m.seen.term] {
			continue
		}
		hits = append(hits, hit{recognition: m.seen, rank: byMessage, literal: m.literal, captured: withFrames(m, kept)})
	}
	// The innermost is the cause.
	depth := func(h hit) int {
		n := 0
		for _, k := range kept {
			if k.seen != h.recognition && k.open(spanOf(kept, h)) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return depth(b) - depth(a) })
	return hits
}

// withFrames returns what a match captured, and what the matches around it did.
func withFrames(m match, all []match) map[string]string {
	captured := m.captured
	for _, k := range all {
		if k.template == m.template || !k.open(m.span) {
			continue
		}
		captured = maps.Clone(captured)
		for slot, value := range k.captured {
			if captured[slot] == "" && !isOpen(strings.TrimRight(slot, "0123456789")) {
				captured[slot] = value
			}
		}
	}
	return captured
}

// applies reports whether a template counts in an observation: about this kind of object,
// in this event or condition.
func (m match) applies(o observe.Observation) bool {
	s := m.seen.seen
	if s.Of != "" && o.Object.Kind != "" && s.Of != o.Object.Kind {
		return false
	}
	reason := s.Reason == "" || strings.EqualFold(s.Reason, o.Reason)
	switch s.In {
	case glossary.SeenInEvent:
		return o.Place == observe.Event && reason
	case glossary.SeenInCondition:
		return (o.Place == observe.Condition || o.Place == observe.Row) && reason && (s.Type == "" || strings.EqualFold(s.Type, o.Field))
	}
	return true
}

func spanOf(kept []match, h hit) span {
	for _, k := range kept {
		if k.seen == h.recognition {
			return k.span
		}
	}
	return span{}
}

func overlap(a, b span) bool { return a.start < b.end && b.start < a.end }

// open reports whether a span lies within what an open slot of the match holds.
func (m match) open(s span) bool {
	for name, value := range m.captured {
		if !isOpen(strings.TrimRight(name, "0123456789")) || value == "" {
			continue
		}
		// The value's place: slots hold parts of the message, in their order.
		start := m.slotStart(name)
		if start <= s.start && s.end <= start+len(value) && s.end-s.start < m.span.end-m.span.start {
			return true
		}
	}
	return false
}

// slotStart returns where the value of a slot begins in the message.
func (m match) slotStart(slot string) int {
	at := m.span.start
	for _, p := range m.pieces {
		if p.slot == slot {
			return at
		}
		if p.slot != "" {
			at += len(m.captured[p.slot])
		} else {
			at += len(p.literal)
		}
	}
	return at
}

// row returns the terms that the cells of a row show: its status before its numbers.
func (r *recognizer) row(o observe.Observation) []hit {
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
		if found == nil && c.Verdict == observe.Trouble {
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

// A comparison compares a cell with another cell or a constant.
type comparison struct{ column, operator, other string }

// parseComparisons parses comparisons that are joined by "and": READY < DESIRED.
func parseComparisons(s string) ([]comparison, error) {
	var all []comparison
	for part := range strings.SplitSeq(s, " and ") {
		ok := false
		for _, op := range []string{" != ", " = ", " < ", " > "} {
			if left, right, found := strings.Cut(part, op); found {
				all = append(all, comparison{strings.TrimSpace(left), strings.TrimSpace(op), strings.TrimSpace(right)})
				ok = true
				break
			}
		}
		if !ok {
			return nil, fmt.Errorf("comparison %q: write COLUMN < COLUMN, with <, >, = or !=", part)
		}
	}
	return all, nil
}

// holds reports whether all comparisons hold for a row, and returns the cells that were
// compared, by column in lower case.
func holds(when []comparison, o observe.Observation) (map[string]string, bool) {
	captured := make(map[string]string)
	for _, c := range when {
		left, ok := cellValue(o, c.column)
		if !ok {
			return nil, false
		}
		right, isColumn := cellValue(o, c.other)
		if !isColumn {
			right = strings.Trim(c.other, `"`)
		}
		captured[slotOf(c.column)] = left
		if isColumn {
			captured[slotOf(c.other)] = right
		}
		if !compare(left, c.operator, right) {
			return nil, false
		}
	}
	return captured, true
}

// slotOf returns the slot under which a sentence shows a column: ready, ready_of.
func slotOf(column string) string {
	return slotCharacters.Replace(strings.ToLower(column))
}

var slotCharacters = strings.NewReplacer(" ", "_", "-", "_", ".", "_", "(", "", ")", "")

// cellValue returns the value of a column. Of a ratio, it is the first number, and that
// of "READY.of" the second.
func cellValue(o observe.Observation, column string) (string, bool) {
	name, of := strings.CutSuffix(column, ".of")
	for _, c := range o.Cells {
		if c.Column != name {
			continue
		}
		left, right, isRatio := strings.Cut(c.Value, "/")
		switch {
		case of:
			return right, isRatio
		case isRatio && isNumber(left) && isNumber(strings.Fields(right + " x")[0]):
			return left, true
		}
		return c.Value, true
	}
	return "", false
}

func isNumber(s string) bool { _, err := strconv.Atoi(s); return err == nil }

func compare(left, operator, right string) bool {
	a, err := strconv.Atoi(strings.TrimSuffix(left, "%"))
	b, err2 := strconv.Atoi(right)
	if err != nil || err2 != nil {
		la, lb := observe.ParseAge(left), observe.ParseAge(right)
		if la == 0 || lb == 0 || operator == "=" || operator == "!=" {
			equal := strings.EqualFold(left, right) || right == "-" && left == ""
			return equal == (operator == "=") && (operator == "=" || operator == "!=")
		}
		a, b = int(la/time.Second), int(lb/time.Second)
	}
	switch operator {
	case "<":
		return a < b
	case ">":
		return a > b
	case "=":
		return a == b
	}
	return a != b
}
