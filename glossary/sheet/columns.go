package sheet

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// A column defines which field in a term's file its cells set.
type column struct {
	path  []string                // path of the field; nil if the column is read-only
	value func(string) *yaml.Node // returns the value for a cell
}

// columns contains all columns of the export, keyed by name.
var columns = map[string]column{
	"id": {}, "category": {}, "team_note_en": {}, "team_note_ja": {}, "team_runbook": {}, "do": {},
	"tier":       {[]string{"tier"}, number},
	"name_en":    {[]string{"name", "en"}, text},
	"name_ja":    {[]string{"name", "ja"}, text},
	"reading":    {[]string{"reading"}, text},
	"aliases":    {[]string{"aliases"}, list},
	"layers":     {[]string{"layers"}, kinds},
	"severity":   {[]string{"severity"}, text},
	"summary_en": {[]string{"summary", "en"}, text},
	"summary_ja": {[]string{"summary", "ja"}, text},
	"meaning_en": {[]string{"meaning", "en"}, sentences},
	"meaning_ja": {[]string{"meaning", "ja"}, sentences},
	"docs_en":    {[]string{"docs", "en"}, text},
	"docs_ja":    {[]string{"docs", "ja"}, text},
	"seen":       {[]string{"seen"}, messages},
}

// order is the order of the fields in a new file.
var order = []string{
	"name_en", "name_ja", "reading", "aliases", "layers", "summary_en", "summary_ja", "meaning_en", "meaning_ja", "severity",
	"docs_en", "docs_ja", "tier", "seen",
}

func text(cell string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: cell}
}

// number returns the value of a cell unchanged. Lint reports a value that is not a number.
func number(cell string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: cell} }

// list returns the entries in a cell, which are separated by semicolons.
func list(cell string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for entry := range strings.SplitSeq(strings.ReplaceAll(cell, "；", ";"), ";") {
		if entry = strings.TrimSpace(entry); entry != "" {
			n.Content = append(n.Content, text(entry))
		}
	}
	return n
}

// kinds returns usages with the kinds in a cell.
func kinds(cell string) *yaml.Node {
	n := list(cell)
	for i, kind := range n.Content {
		n.Content[i] = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{text("kind"), kind}}
	}
	return n
}

// messages returns rules that recognize the messages in a cell, which are separated by " ; " or are on
// lines of their own.
func messages(cell string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for line := range strings.Lines(strings.ReplaceAll(cell, " ; ", "\n")) {
		if line = strings.TrimSpace(line); line != "" {
			n.Content = append(n.Content, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{text("in"), text("message"), text("text"), text(line)}})
		}
	}
	return n
}

// sentences returns the text in cell, with one sentence per line.
func sentences(cell string) *yaml.Node {
	if !strings.Contains(cell, "\n") {
		cell = strings.ReplaceAll(cell, "。", "。\n")
		for _, end := range []string{". ", "? ", "! "} {
			cell = strings.ReplaceAll(cell, end, end[:1]+"\n")
		}
	}
	var lines []string
	for line := range strings.Lines(cell) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	n := text(strings.Join(lines, "\n"))
	if len(lines) > 1 {
		n.Value += "\n"
		n.Style = yaml.LiteralStyle
	}
	return n
}

// set sets a field in the mapping of a file. It keeps comments.
func set(mapping *yaml.Node, path []string, value *yaml.Node) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value != path[0] {
			continue
		}
		if len(path) == 1 {
			value.LineComment, value.HeadComment, value.FootComment = mapping.Content[i+1].LineComment, mapping.Content[i+1].HeadComment, mapping.Content[i+1].FootComment
			mapping.Content[i+1] = value
			return
		}
		if mapping.Content[i+1].Kind != yaml.MappingNode {
			mapping.Content[i+1] = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		}
		set(mapping.Content[i+1], path[1:], value)
		return
	}
	for i := len(path) - 1; i > 0; i-- {
		value = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{text(path[i]), value}}
	}
	mapping.Content = append(mapping.Content, text(path[0]), value)
}
