package diagnose

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/diagnose/match"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/stable"
)

// A messageMatch is a rule whose template matches a message.
type messageMatch = match.Match[*recognition]

// maxReasons is the maximum number of reasons that are recognized in a message.
const maxReasons = 64

// messages returns the terms whose templates match the message, the cause first. A match inside
// the open slot of another match is the cause of that match. If two matches overlap in any
// other way, the more specific one wins.
func (r *recognizer) messages(o *observe.Observation) []hit {
	if o.Message == "" || o.Nodes < 0 {
		return nil
	}
	message := o.Message
	if before, _, ok := strings.Cut(message, " preemption: "); ok {
		message = before // the rest repeats the same nodes
	}
	var room [8]messageMatch
	kept, framed := room[:0:4], room[4:4]
next:
	for _, m := range r.matcher.Match(message) {
		if !applies(m, o) {
			continue
		}
		if len(m.Rule.seen.Within) > 0 {
			framed = append(framed, m)
			continue
		}
		for _, k := range kept {
			if k.Rule.term == m.Rule.term || k.Span.Overlaps(m.Span) && !k.Encloses(m.Span) && !m.Encloses(k.Span) {
				continue next
			}
		}
		kept = append(kept, m)
	}
	// A match that counts only within another match replaces other matches of its term.
	frames := kept
	for _, m := range framed {
		if !slices.ContainsFunc(frames, func(k messageMatch) bool { return slices.Contains(m.Rule.seen.Within, k.Rule.term.ID) }) {
			continue
		}
		kept = slices.DeleteFunc(slices.Clone(kept), func(k messageMatch) bool { return k.Rule.term == m.Rule.term && len(k.Rule.seen.Within) == 0 })
		if !slices.ContainsFunc(kept, func(k messageMatch) bool { return k.Rule.term == m.Rule.term }) {
			kept = append(kept, m)
		}
	}
	var hits []hit
	for _, m := range kept {
		inside := slices.ContainsFunc(kept, func(k messageMatch) bool { return k.Template != m.Template && k.Encloses(m.Span) })
		if len(m.Rule.seen.Within) == 0 && inside && r.dependent[m.Rule.term] {
			continue
		}
		hits = append(hits, hit{recognition: m.Rule, rank: byMessage, literal: m.Literal, captured: withFrames(m, kept)})
	}
	// The innermost match is the cause.
	depth := func(h hit) int {
		n := 0
		for _, k := range kept {
			if k.Rule != h.recognition && k.Encloses(spanOf(kept, h)) {
				n++
			}
		}
		return n
	}
	if len(hits) > 1 {
		stable.Sort(hits, func(a, b *hit) int { return depth(*b) - depth(*a) })
	}
	return hits
}

// withFrames returns the values captured by a match and by the matches around it.
func withFrames(m messageMatch, all []messageMatch) map[string]string {
	captured := m.Captured()
	for _, k := range all {
		if k.Template == m.Template || !k.Encloses(m.Span) {
			continue
		}
		for slot, value := range k.Captured() {
			if captured[slot] == "" && !match.IsOpen(strings.TrimRight(slot, "0123456789")) {
				captured[slot] = value
			}
		}
	}
	return captured
}

// applies reports whether a matching template is meant for the kind of object and the
// event or condition of an observation.
func applies(m messageMatch, o *observe.Observation) bool {
	s := m.Rule.seen
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

func spanOf(kept []messageMatch, h hit) match.Span {
	for _, k := range kept {
		if k.Rule == h.recognition {
			return k.Span
		}
	}
	return match.Span{}
}

// reasonWords returns the container reasons that a message contains as words in
// Kubernetes' spelling: OOMKilled, CrashLoopBackOff.
func (r *recognizer) reasonWords(message string) []hit {
	var hits []hit
	for i := 0; i < len(message) && len(hits) < maxReasons; {
		if !isAlnum(message[i]) {
			i++
			continue
		}
		start, upper, lower := i, 0, 0 // upper: the number of capitals after the first character
		for ; i < len(message) && isAlnum(message[i]); i++ {
			switch c := message[i]; {
			case 'a' <= c && c <= 'z':
				lower++
			case c > '9' && i > start:
				upper++
			}
		}
		if i-start < 6 || upper == 0 || lower == 0 {
			continue
		}
		for _, rec := range r.states[strings.ToLower(message[start:i])] {
			if !slices.ContainsFunc(hits, func(h hit) bool { return h.term == rec.term }) {
				hits = append(hits, hit{recognition: rec, rank: byStatus})
			}
		}
	}
	return hits
}

func isAlnum(c byte) bool { return c < 0x80 && fold.IsLowerAlnum(c|0x20) }
