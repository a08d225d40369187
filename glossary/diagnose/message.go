package diagnose

import (
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// messages returns the terms whose templates match the message, the cause first: what
// stands in the open slot of another match is its cause, and of two that overlap the
// longer one holds.
func (r *recognizer) messages(o observe.Observation) []hit {
	if o.Message == "" || o.Nodes < 0 {
		return nil
	}
	message := o.Message
	if before, _, ok := strings.Cut(message, " preemption: "); ok {
		message = before // it says of the same nodes that others need not leave
	}
	var kept, framed []match
next:
	for _, m := range r.matcher.match(message) {
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

// reasonWords returns the reasons of containers whose names stand in a message as words,
// as Kubernetes writes them: OOMKilled, CrashLoopBackOff.
func (r *recognizer) reasonWords(message string) []hit {
	var hits []hit
	for word := range strings.FieldsFuncSeq(message, func(c rune) bool { return c > 'z' || !isWord(byte(c)|0x20) }) {
		if len(word) < 6 || strings.ToLower(word[1:]) == word[1:] || strings.ToUpper(word) == word {
			continue
		}
		for _, rec := range r.states[strings.ToLower(word)] {
			if !slices.ContainsFunc(hits, func(h hit) bool { return h.term == rec.term }) {
				hits = append(hits, hit{recognition: rec, rank: byStatus})
			}
		}
		if len(hits) >= maxMatches {
			break
		}
	}
	return hits
}
