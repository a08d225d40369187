package parse

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/observe"
)

// A Parser holds the state while a paste is read. Its zero value is ready for use.
type Parser struct {
	Text        observe.Text     // the result so far
	Command     *observe.Command // the last command, which printed the current lines; nil if unknown
	Documents   int              // number of YAML documents so far
	Object      observe.Object   // the last described object, which events below its description are about
	same        lineIndex        // of the lines that no reader accepted
	joiner      lex.Joiner       // of messages on several lines
	failed      int              // the index of the first failure, or of the first observation not yet examined
	cells       []observe.Cell   // cells that no row uses yet
	fields      []string         // the words of the current row
	rows        []foundRow       // room for the rows in a line
	columns     []string         // of the last table
	columnsKind string           // the kind with these columns
	lastHead    parsedHead       // see head
	said        said             // of the last observation; empty after a line that no reader accepted
	accepted    int32            // number of the last line that a reader accepted

	// These are for forks.
	fork      bool
	hadFailed bool  // an earlier line reports a failure
	asked     bool  // whether an earlier line reports a failure
	doubts    []int // the indexes of Lines on which something depends, unless p has seen them before
	marked    int   // the number of observations at the last mark
}

// A said is what readers ask about the observation above a line.
type said struct {
	place observe.Place
	from  string
}

// A Reader reads lines in its format, starting with the first line, adds their observations to p,
// and returns the number of lines that it has read. It returns 0 if the first line is not in its
// format. The first line is never empty.
type Reader func(p *Parser, lines []line.Line) int

// AddLine adds a line that no reader accepted. Repeated lines become one observation with
// a count.
func (p *Parser) AddLine(l line.Line) { p.AddLines(l, 1) }

// AddLines adds n lines with the same text that no reader accepted.
func (p *Parser) AddLines(l line.Line, n int) {
	text := strings.TrimSpace(l.Text)
	if isRule(text) || sections[text] {
		return // a horizontal rule, an ellipsis or a section header
	}
	p.said = said{}
	p.mention(text, l.Number)
	hash := hashOf(text)
	if i := p.same.find(&p.Text.Observations, text, hash); i >= 0 {
		p.repeat(i, n)
		return
	}
	p.same.add(hash, p.Text.Observations.Len())
	o := p.Text.Observations.New()
	o.Place, o.Message, o.Line = observe.Line, text, l.Number
	o.Prose = !l.Fenced && line.IsProse(text)
	o.Object = p.NamespaceOnly()
}

// repeat counts n more lines like the Line with index i.
func (p *Parser) repeat(i, n int) {
	o := p.Text.Observations.At(i)
	o.Count = max(o.Count, 1) + int32(n)
}

// isRule reports whether a line consists of characters that draw lines and borders.
func isRule(text string) bool {
	if text == "" || fold.IsAlnum(text[0]) {
		return text == ""
	}
	if title := strings.Trim(text, "-=*#~"); len(title) <= maxTitle && strings.HasPrefix(text, text[:1]+text[:1]+text[:1]) && strings.HasSuffix(text, text[:1]+text[:1]+text[:1]) {
		return true // a title between two rules
	}
	return strings.Trim(text, "-=_*#.~+|`: ─━═│┌┐└┘├┤╭╮╰╯╔╗╚╝") == ""
}

// maxTitle is the maximum length of a title between two rules in bytes.
const maxTitle = 40

// mention looks for a kubectl command in a sentence and assumes that the lines below are
// its output: "I ran kubectl describe svc web -n shop and got:".
func (p *Parser) mention(text string, number int32) {
	i := strings.Index(text, "kubectl ")
	if i < 0 {
		return
	}
	c := line.Command(strings.Trim(line.WithoutTalk(text[i:]), "`\"'.:,()"))
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

// sections are section headers of descriptions that people copy without the content.
var sections = lex.Set("Events:|Conditions:|Containers:|Status:|Events|...|[...]|(...)|<...>|<snip>|[snip]|...[repeating]...|<truncated>|[truncated]")

// NamespaceOnly returns an object with only the namespace of the command, for messages
// that name no object.
func (p *Parser) NamespaceOnly() observe.Object {
	if p.Command == nil {
		return observe.Object{}
	}
	return observe.Object{Namespace: p.Command.Object.Namespace}
}

// Add adds an observation. If a namespaced object lacks a namespace, Add sets the namespace to the
// command's namespace.
func (p *Parser) Add(o observe.Observation) {
	o.Object = o.Object.Valid()
	switch {
	case o.Object.Namespace == "" && (p.Command == nil || p.Command.Object.Namespace == ""):
	case !observe.Namespaced(o.Object.Kind):
		o.Object.Namespace = ""
	case o.Object.Namespace == "":
		o.Object.Namespace = p.Command.Object.Namespace
	}
	p.Text.Observations.Add(&o)
	p.said = said{o.Place, o.From}
}

// LastIs reports whether ok accepts the place and the program of the last observation. It returns false after
// a line that no reader accepted.
func (p *Parser) LastIs(ok func(place observe.Place, from string) bool) bool {
	return p.said != said{} && ok(p.said.place, p.said.from)
}

// AddError adds the error of an object, which a program has reported on the line with the given number.
func (p *Parser) AddError(from, message string, object observe.Object, number int32) {
	p.Add(observe.Observation{Place: observe.Error, Message: message, From: from, Object: object, Verdict: observe.Unhealthy, Line: number})
}

// AddCondition adds a condition without a reason.
func (p *Parser) AddCondition(object observe.Object, field, value, message string, number int32) {
	p.Add(observe.Observation{Place: observe.Condition, Object: object, Field: field, Value: value, Message: message, Verdict: observe.JudgeCondition(object.Kind, field, value, ""), Line: number})
}

// Accepted records that a reader has accepted the line with the given number.
func (p *Parser) Accepted(number int32) { p.Text.Output, p.accepted = true, number }

// Failed reports whether an earlier line reports a failure.
func (p *Parser) Failed() bool {
	p.asked = true
	for ; p.failed < p.Text.Observations.Len(); p.failed++ {
		if p.Text.Observations.At(p.failed).Verdict == observe.Unhealthy {
			return true
		}
	}
	return p.hadFailed
}
