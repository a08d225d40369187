package parse

import (
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// A Parser holds what is known while a text is read. Its zero value is ready for use.
type Parser struct {
	Text    observe.Text     // what was found so far
	Command *observe.Command // the last one, whose output the lines are; nil if unknown
	Object  observe.Object   // the last one that was described; events below are about it
	same    map[string]int   // lines that no reader took, by their index in the observations
}

// A Reader reads the lines from the first one as far as they have its form, and returns
// how many these are; 0 if not even the first has.
type Reader func(p *Parser, lines []line.Line) int

// AddLine keeps a line that no reader took.
func (p *Parser) AddLine(l line.Line) {
	text := strings.TrimSpace(l.Text)
	if strings.Trim(text, "-=_*#.~+|`: ") == "" || sections[text] {
		return // a rule or dots, or the head of a section
	}
	if i, ok := p.same[text]; ok {
		p.Text.Observations[i].Count = max(p.Text.Observations[i].Count, 1) + 1
		return
	}
	if p.same == nil {
		p.same = make(map[string]int)
	}
	p.same[text] = len(p.Text.Observations)
	prose := !l.Fenced && line.IsProse(text)
	p.mention(text, l.Number)
	p.Add(observe.Observation{Place: observe.Line, Message: text, Prose: prose, Line: l.Number, Object: p.NamespaceOnly()})
}

// mention takes a command that a sentence names as the one whose output follows: "I ran
// kubectl describe svc web -n shop and got:".
func (p *Parser) mention(text string, number int) {
	i := strings.Index(text, "kubectl ")
	if i < 0 {
		return
	}
	c := line.Command(strings.Trim(text[i:], "`\"'.:,"))
	if c == nil || c.Object.Kind == "" && c.Object.Namespace == "" {
		return
	}
	if c.Object.Name != "" && c.Object.Namespace == "" && c.Object.Kind == "" {
		c.Object.Name = ""
	}
	c.Line = number
	p.Text.Commands = append(p.Text.Commands, *c)
	p.Command, p.Object = c, observe.Object{}
}

// sections are heads of descriptions that people copy without what stands below.
var sections = lex.Set("Events:", "Conditions:", "Containers:", "Status:", "Events", "...")

// NamespaceOnly returns the namespace of the command, since messages below it are about
// objects there.
func (p *Parser) NamespaceOnly() observe.Object {
	if p.Command == nil {
		return observe.Object{}
	}
	return observe.Object{Namespace: p.Command.Object.Namespace}
}

// Add adds an observation. Its object gets the namespace of the command if it has none.
func (p *Parser) Add(o observe.Observation) {
	o.Object = o.Object.Valid()
	if o.Object.Namespace == "" && p.Command != nil && observe.Namespaced(o.Object.Kind) {
		o.Object.Namespace = p.Command.Object.Namespace
	}
	if !observe.Namespaced(o.Object.Kind) {
		o.Object.Namespace = ""
	}
	if len(p.Text.Observations) == cap(p.Text.Observations) {
		p.Text.Observations = slices.Grow(p.Text.Observations, len(p.Text.Observations)+64)
	}
	p.Text.Observations = append(p.Text.Observations, o)
}
