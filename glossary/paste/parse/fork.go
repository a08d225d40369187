package parse

import "k8sbot/glossary/paste/observe"

// This file lets two parsers read two parts of a paste at the same time. The second one guesses the
// state in which the first one will be at the end of its part.

// Fork returns a parser that reads later lines, and guesses that p will then still be in its current
// state.
func (p *Parser) Fork() *Parser {
	return &Parser{
		Text: observe.Text{Lines: p.Text.Lines}, Command: p.Command, Object: p.Object, Documents: p.Documents,
		fork: true, hadFailed: p.Failed(), said: p.said,
	}
}

// A Mark is the state of a parser before it reads a line.
type Mark struct {
	number                 int32 // of the line
	observations, commands int
	command                *observe.Command
	object                 observe.Object
	said                   said
}

// Mark returns the state of a fork before it reads the line with the given number. The fork adds the
// lines that it has seen so far again, because [Parser.Join] may leave out those before the mark.
func (p *Parser) Mark(number int32) Mark {
	p.same.reset()
	p.marked = p.Text.Observations.Len()
	return Mark{number, p.marked, len(p.Text.Commands), p.Command, p.Object, p.said}
}

// At reports whether p is in the state of a mark: both parsers would read the next lines alike, unless
// they ask about lines further above.
func (p *Parser) At(m Mark) bool {
	if p.Object != m.object || p.said != m.said {
		return false
	}
	if last := p.Text.Observations.Last(); last != nil && last.Place == observe.Event && last.Object.Name == "" {
		return false // a later event may name its object
	}
	return p.Command == m.command || p.Command != nil && m.command != nil && *p.Command == *m.command
}

// Join adds what the fork q has added since a mark at which p is. It returns false and adds nothing if q
// has asked about lines above the mark.
func (p *Parser) Join(q *Parser, m Mark) bool {
	if q.asked && p.Failed() != (q.hadFailed || q.failsBefore(m.observations)) {
		return false
	}
	for _, at := range q.doubts {
		if at >= m.observations && (at < q.marked || p.has(q.Text.Observations.At(at).Message)) {
			return false
		}
	}
	left := q.marked - m.observations // what q may have added again
	p.Text.Observations.Take(&q.Text.Observations, m.observations, func(o *observe.Observation) bool {
		left--
		if o.Place == observe.Line {
			hash := hashOf(o.Message)
			if at := p.same.find(&p.Text.Observations, o.Message, hash); at >= 0 {
				p.repeat(at, int(max(o.Count, 1)))
				return false
			}
			if left >= 0 {
				p.same.add(hash, p.Text.Observations.Len())
			}
		}
		return true
	})
	p.Text.Commands = append(p.Text.Commands, q.Text.Commands[m.commands:]...)
	p.Text.Output = p.Text.Output || q.accepted >= m.number
	return true
}

// failsBefore reports whether one of the first n observations is a failure.
func (p *Parser) failsBefore(n int) bool {
	for i := range n {
		if p.Text.Observations.At(i).Verdict == observe.Unhealthy {
			return true
		}
	}
	return false
}

// has reports whether p has added a Line with a text.
func (p *Parser) has(text string) bool {
	return p.same.find(&p.Text.Observations, text, hashOf(text)) >= 0
}
