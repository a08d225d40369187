package paste

import (
	"context"
	"slices"
	"strings"
)

// A reader reads the lines from the first one as far as they have its form, and returns
// how many these are; 0 if not even the first has.
type reader func(p *parser, lines []line) int

// readers are the readers in the order in which they are tried. A form that could be
// taken for another one stands before it.
var readers []reader

func init() { // an init function, since readers call each other through parser.read
	readers = []reader{
		readCommand,
		readEvents,
		readTool,
		readLog,
		readTable,
		readManifest,
		readError,
		readEventRow,
		readRow,
		readDescribe,
	}
}

// A parser holds what is known while a text is read.
type parser struct {
	ctx     context.Context
	text    Text
	command *Command       // whose output the lines are; nil if unknown
	object  Object         // that was described last
	same    map[string]int // lines that no reader took, by their index in the observations
}

// checkEvery is the number of lines after which a context is checked.
const checkEvery = 64

// Read reads a text. It stops early if ctx ends, and Read tells how far it came.
func Read(ctx context.Context, text string) Text {
	lines := clean(decodeText(text))
	p := &parser{ctx: ctx, text: Text{Lines: len(lines), Read: len(text)}}
	for i := 0; i < len(lines); {
		if i%checkEvery == 0 && ctx.Err() != nil {
			p.text.Read = lines[i].offset
			break
		}
		l := lines[i]
		if l.text == "" {
			i++
			p.blank(lines[i:])
			continue
		}
		n := 0
		for _, read := range readers {
			if n = read(p, lines[i:]); n > 0 {
				break
			}
		}
		if n == 0 {
			p.line(l)
			n = 1
		} else {
			p.text.Output = true
		}
		i += n
	}
	p.finish()
	return p.text
}

// blank ends what a blank line ends: the description of an object, unless the next line
// goes on with it.
func (p *parser) blank([]line) {}

// line keeps a line that no reader took.
func (p *parser) line(l line) {
	text := strings.TrimSpace(l.text)
	if strings.Trim(text, "-=_*#.~+|`: ") == "" {
		return // a rule or dots
	}
	if i, ok := p.same[text]; ok {
		p.text.Observations[i].Count++
		return
	}
	if p.same == nil {
		p.same = make(map[string]int)
	}
	p.same[text] = len(p.text.Observations)
	p.add(Observation{Place: Line, Message: text, Count: 1, Prose: !l.fenced && isProse(text), Line: l.number, Object: p.namespaceOnly()})
}

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

// readCommand reads a typed command.
func readCommand(p *parser, lines []line) int {
	c := command(lines[0].text)
	if c == nil {
		return 0
	}
	c.Line = lines[0].number
	n := 1
	for strings.HasSuffix(lines[n-1].text, "\\") && n < len(lines) {
		c.Text = strings.TrimSuffix(c.Text, "\\") + strings.TrimSpace(lines[n].text)
		n++
	}
	if n > 1 {
		joined := command(c.Text)
		if joined != nil {
			joined.Line = c.Line
			c = joined
		}
	}
	p.text.Commands = append(p.text.Commands, *c)
	p.command, p.object = c, Object{}
	return n
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
	p.markOver()
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

// LooksLikeOutput reports whether a text has the form of output: a table, a description,
// an event, an error or a log. A typed command alone is none.
func LooksLikeOutput(text string) bool {
	if !strings.ContainsAny(text, "\n:/=") || len(text) < 8 {
		return false
	}
	head := text[:cutAt(text, min(len(text)-1, maxLook))]
	if len(text) <= maxLook {
		head = text
	}
	for _, o := range Read(context.Background(), head).Observations {
		if o.Place != Line || strings.Contains(o.Message, "nodes are available:") {
			return true
		}
	}
	return false
}

// maxLook is the number of bytes in which output must begin.
const maxLook = 4 << 10

// Separator is a line between two parts of a text that was cut. Tables and descriptions
// go on behind it.
const Separator = "---"
