package paste

import (
	"context"
	"strings"

	"k8sbot/glossary/paste/describe"
	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/logs"
	"k8sbot/glossary/paste/manifest"
	"k8sbot/glossary/paste/observe"
	"k8sbot/glossary/paste/parse"
	"k8sbot/glossary/paste/tools"
)

// readers are the readers in the order in which they are tried. A form that could be
// taken for another one stands before it.
var readers = []parse.Reader{
	parse.ReadCommand,
	parse.ReadEvents,
	tools.Read,
	logs.Read,
	parse.ReadTable,
	manifest.Read,
	parse.ReadError,
	parse.ReadEventRow,
	parse.ReadRow,
	describe.Read,
	tools.ReadReport,
}

// checkEvery is the number of lines after which a context is checked.
const checkEvery = 64

// Read reads a text. It stops early if ctx ends, and Read tells how far it came.
func Read(ctx context.Context, text string) observe.Text {
	lines := line.Clean(text)
	p := &parse.Parser{Text: observe.Text{Lines: len(lines), Read: len(text)}}
	for i := 0; i < len(lines); {
		if i%checkEvery == 0 && ctx.Err() != nil {
			p.Text.Read = lines[i].Offset
			break
		}
		l := lines[i]
		if l.Text == "" {
			i++
			continue
		}
		n := 0
		for _, read := range readers {
			if n = read(p, lines[i:]); n > 0 {
				break
			}
		}
		if n == 0 {
			p.AddLine(l)
			n = 1
		} else {
			p.Text.Output = true
		}
		i += n
	}
	finish(p)
	return p.Text
}

// maxTalk is the number of bytes in which people write something beside the output.
const maxTalk = 16 << 10

// Talk returns what people wrote beside the output at the beginning of a text.
func Talk(text string) string {
	if len(text) > maxTalk {
		text = text[:lex.CutAt(text, maxTalk)]
	}
	return Read(context.Background(), text).Talk
}

// LooksLikeOutput reports whether a text has the form of output: a table, a description,
// an event, an error or a log. A typed command alone is not.
func LooksLikeOutput(text string) bool {
	if !strings.ContainsAny(text, "\n:/=") || len(text) < 8 {
		return false
	}
	head := text[:lex.CutAt(text, min(len(text)-1, maxLook))]
	if len(text) <= maxLook {
		head = text
	}
	for _, o := range Read(context.Background(), head).Observations {
		if o.Place != observe.Line || strings.Contains(o.Message, "nodes are available:") {
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
