package diagnose

import (
	"maps"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// messages returns the terms whose templates match the message, the cause first. A match inside
// the open slot of another match is the cause of that match. If two matches overlap in any
// other way, the more specific one wins.
func (r *recognizer) messages(o observe.Observation) []hit {
	if o.Message == "" || o.Nodes < 0 {
		return nil
	}
	message := o.Message
	if before, _, ok := strings.Cut(message, " preemption: "); ok {
		message = before // the rest repeats the same nodes
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
	// A match that counts only within another match replaces other matches of its term.
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
	// The innermost match is the cause.
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

// withFrames returns the values captured by a match and by the matches around it.
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

// applies reports whether a matching template is meant for the kind of object and the
// event or condition of an observation.
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

// open reports whether a span lies within the value of an open slot of the match.
func (m match) open(s span) bool {
	for name, value := range m.captured {
		if !isOpen(strings.TrimRight(name, "0123456789")) || value == "" {
			continue
		}
		// The slot's value is a part of the message, so its position is known.
		start := m.slotStart(name)
		if start <= s.start && s.end <= start+len(value) && s.end-s.start < m.span.end-m.span.start {
			return true
		}
	}
	return false
}

// slotStart returns the offset at which the value of a slot begins in the message.
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

// reasonWords returns the container reasons that a message contains as words in
// Kubernetes' spelling: OOMKilled, CrashLoopBackOff.
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
