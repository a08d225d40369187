package paste

import (
	"context"
	"slices"
	"strings"
)

// A parser holds what is known while a text is read.
type parser struct {
	ctx     context.Context
	text    Text
	command *Command       // whose output the lines are; nil if unknown
	object  Object         // that was described last
	same    map[string]int // lines that no reader took, by their index in the observations
}

// line keeps a line that no reader took.
func (p *parser) line(l line) {
	text := strings.TrimSpace(l.text)
	if strings.Trim(text, "-=_*#.~+|`: ") == "" || sections[text] {
		return // a rule or dots, or the head of a section
	}
	if i, ok := p.same[text]; ok {
		p.text.Observations[i].Count = max(p.text.Observations[i].Count, 1) + 1
		return
	}
	if p.same == nil {
		p.same = make(map[string]int)
	}
	p.same[text] = len(p.text.Observations)
	prose := !l.fenced && isProse(text)
	p.mention(text, l.number)
	p.add(Observation{Place: Line, Message: text, Prose: prose, Line: l.number, Object: p.namespaceOnly()})
}

// mention takes a command that a sentence names as the one whose output follows: "I ran
// kubectl describe svc web -n shop and got:".
func (p *parser) mention(text string, number int) {
	i := strings.Index(text, "kubectl ")
	if i < 0 {
		return
	}
	c := command(strings.Trim(text[i:], "`\"'.:,"))
	if c == nil || c.Object.Kind == "" && c.Object.Namespace == "" {
		return
	}
	if c.Object.Name != "" && c.Object.Namespace == "" && c.Object.Kind == "" {
		c.Object.Name = ""
	}
	c.Line = number
	p.text.Commands = append(p.text.Commands, *c)
	p.command, p.object = c, Object{}
}

// sections are heads of descriptions that people copy without what stands below.
var sections = setOf("Events:", "Conditions:", "Containers:", "Status:", "Events", "...")

// namespaceOnly returns the namespace of the command, since messages below it are about
// objects there.
func (p *parser) namespaceOnly() Object {
	if p.command == nil {
		return Object{}
	}
	return Object{Namespace: p.command.Object.Namespace}
}

// add adds an observation. Its object gets the namespace of the command if it has none.
func (p *parser) add(o Observation) {
	o.Object = o.Object.valid()
	if o.Object.Namespace == "" && p.command != nil && Namespaced(o.Object.Kind) {
		o.Object.Namespace = p.command.Object.Namespace
	}
	if !Namespaced(o.Object.Kind) {
		o.Object.Namespace = ""
	}
	if len(p.text.Observations) == cap(p.text.Observations) {
		p.text.Observations = slices.Grow(p.text.Observations, len(p.text.Observations)+64)
	}
	p.text.Observations = append(p.text.Observations, o)
}

// finish joins what was read: the talk, the namespace of objects that only other lines
// tell, and what is over.
func (p *parser) finish() {
	var talk []string
	for _, o := range p.text.Observations {
		if o.Place == Line && o.Prose {
			talk = append(talk, o.Message)
		}
	}
	p.text.Talk = strings.Join(talk, "\n")
	if !p.text.Output {
		return
	}
	p.inferNamespaces()
	p.inferObjects()
	p.markOver()
}

// inferObjects gives events without an object that of the only command, if a sentence
// names it behind them.
func (p *parser) inferObjects() {
	if len(p.text.Commands) != 1 || p.text.Commands[0].Object.Name == "" {
		return
	}
	about := p.text.Commands[0].Object
	for i := range p.text.Observations {
		if o := &p.text.Observations[i]; o.Place == Event && o.Object.Name == "" && o.Object.Kind == "" {
			o.Object = about
		}
	}
}

// inferNamespaces gives an object without a namespace the one under which another line
// has an object of that kind and name.
func (p *parser) inferNamespaces() {
	known := make(map[[2]string]string)
	for _, o := range p.text.Observations {
		for _, obj := range append([]Object{o.Object}, o.Related...) {
			if obj.Name != "" && obj.Namespace != "" {
				known[[2]string{obj.Kind, obj.Name}] = obj.Namespace
			}
		}
	}
	for i := range p.text.Observations {
		if o := &p.text.Observations[i].Object; o.Namespace == "" && o.Name != "" {
			o.Namespace = known[[2]string{o.Kind, o.Name}]
		}
	}
}
