package manifest

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/resource"
)

// yamlKey splits "key: value". It returns false for any other line. Only quoted keys can
// contain spaces.
func yamlKey(s string) (key, value string, ok bool) {
	if s == "" {
		return "", "", false
	}
	if q := s[0]; q == '"' || q == '\'' {
		end := strings.IndexByte(s[1:], q)
		if end < 0 || end+2 >= len(s) || s[end+2] != ':' || end+3 < len(s) && s[end+3] != ' ' {
			return "", "", false
		}
		return s[1 : end+1], strings.TrimSpace(s[end+3:]), true
	}
	for i := range len(s) {
		switch s[i] {
		case ' ', '#':
			return "", "", false
		case ':':
			if i == 0 {
				return "", "", false
			}
			if i+1 == len(s) || s[i+1] == ' ' {
				return s[:i], strings.TrimSpace(s[i+1:]), true
			}
		}
	}
	return "", "", false
}

// MaxParsed is the offset in bytes up to which a paste is read by the YAML parser, which takes 20
// ms for this size. Documents that end after this offset are read line by line. The parser takes as
// long to start as for documentCost bytes, so each document lowers the offset.
const MaxParsed, documentCost = 128 << 10, 512

// parseYAML parses a document, and returns nil if it is not valid YAML.
func parseYAML(lines []line.Line) *resource.Node {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(b.String()), &doc) != nil || len(doc.Content) != 1 {
		return nil
	}
	return treeOf(doc.Content[0], lines, 0)
}

// treeOf converts a YAML node. It ignores aliases, because a few of them can expand to a huge
// document, and kubectl does not print any.
func treeOf(y *yaml.Node, lines []line.Line, depth int) *resource.Node {
	n := &resource.Node{Line: lines[min(max(y.Line-1, 0), len(lines)-1)].Number}
	if depth > resource.MaxDepth {
		return n
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.Text = y.Value
		if y.Tag == "!!null" {
			n.Text = ""
		}
	case yaml.SequenceNode:
		n.List = true
		n.Children = make([]*resource.Node, 0, len(y.Content))
		for _, c := range y.Content {
			n.Children = append(n.Children, treeOf(c, lines, depth+1))
		}
	case yaml.MappingNode:
		n.Children = make([]*resource.Node, 0, len(y.Content)/2)
		for i := 0; i+1 < len(y.Content); i += 2 {
			k := treeOf(y.Content[i+1], lines, depth+1)
			k.Key = y.Content[i].Value
			k.Line = lines[min(max(y.Content[i].Line-1, 0), len(lines)-1)].Number
			n.Children = append(n.Children, k)
		}
	}
	return n
}

// readYAML reads YAML line by line, and tolerates missing or broken parts.
func readYAML(lines []line.Line) *resource.Node {
	root := &resource.Node{Line: lines[0].Number}
	stack := []resource.Frame{{Node: root, Indent: -1, Item: false}}
	var joiner lex.Joiner
	for i := 0; i < len(lines); i++ {
		indent, s := lines[i].Indent(), strings.TrimSpace(lines[i].Text)
		if s == "" || s[0] == '#' {
			continue
		}
		for s == "-" || strings.HasPrefix(s, "- ") {
			top := stack[len(stack)-1]
			for top.Indent > indent || top.Item && top.Indent == indent {
				stack = stack[:len(stack)-1]
				top = stack[len(stack)-1]
			}
			top.List = true
			n := &resource.Node{Line: lines[i].Number}
			top.Children = append(top.Children, n)
			stack = append(stack, resource.Frame{Node: n, Indent: indent, Item: true})
			rest := strings.TrimLeft(s[1:], " ")
			indent += len(s) - len(rest)
			s = rest
			if len(stack) > resource.MaxDepth {
				return root
			}
		}
		if s == "" {
			continue
		}
		key, value, ok := yamlKey(s)
		if !ok {
			if top := stack[len(stack)-1]; len(top.Children) == 0 && len(stack) > 1 && len(top.Text) < line.MaxLine { // a continued scalar, or a scalar element
				top.Text = strings.TrimLeft(joiner.Append(top.Text, " ", unquote(s)), " ")
			}
			continue
		}
		top := stack[len(stack)-1]
		for len(stack) > 1 && (top.Indent >= indent || !top.Item && top.Text != "") {
			stack = stack[:len(stack)-1]
			top = stack[len(stack)-1]
		}
		n := &resource.Node{Key: key, Line: lines[i].Number}
		top.Children = append(top.Children, n)
		if len(stack) < resource.MaxDepth {
			stack = append(stack, resource.Frame{Node: n, Indent: indent, Item: false})
		}
		i += readScalar(n, value, lines[i+1:], indent)
	}
	return root
}

// readScalar sets the value of n, which begins with value on the line of its key. It returns
// the number of lines below that belong to the value.
func readScalar(n *resource.Node, value string, below []line.Line, indent int) int {
	switch {
	case value == "":
		return 0
	case value[0] == '|' || value[0] == '>':
		join := "\n"
		if value[0] == '>' {
			join = " "
		}
		return joinLines(n, "", join, below, func(l line.Line) bool { return l.Text == "" || l.Indent() > indent })
	case value[0] == '"' || value[0] == '\'':
		if quoteEnd(value) > 0 {
			n.Text = unquote(value[:quoteEnd(value)])
			return 0
		}
		closed := false
		used := joinLines(n, value, " ", below, func(l line.Line) bool {
			if closed || l.Text != "" && l.Indent() <= indent {
				return false
			}
			closed = strings.HasSuffix(l.Text, value[:1])
			return true
		})
		n.Text = unquote(n.Text)
		return used
	case value[0] == '{' || value[0] == '[':
		if tree, _ := readJSON([]line.Line{{Text: value, Number: n.Line}}); tree != nil {
			n.Children, n.List = tree.Children, tree.List
			if tree.Key != "" {
				n.Children = []*resource.Node{tree}
			}
		}
		return 0
	case value == "null" || value == "~":
		return 0
	}
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimRight(value[:i], " ")
	}
	return joinLines(n, value, " ", below, func(l line.Line) bool {
		t := strings.TrimSpace(l.Text)
		if t == "" || l.Indent() <= indent || t[0] == '#' || strings.HasPrefix(t, "- ") {
			return false
		}
		_, _, key := yamlKey(t)
		return !key
	})
}

// joinLines sets the text of n to text and those lines in below that belong to it, joined with sep.
// It returns the number of lines that it took from below.
func joinLines(n *resource.Node, text, sep string, below []line.Line, belongs func(line.Line) bool) int {
	used := 0
	for used < len(below) && belongs(below[used]) {
		used++
	}
	if used == 0 {
		n.Text = text
		return 0
	}
	parts := make([]string, 0, used+1)
	if text != "" {
		parts = append(parts, text)
	}
	for _, l := range below[:used] {
		parts = append(parts, strings.TrimSpace(l.Text))
	}
	n.Text = strings.TrimSpace(strings.Join(parts, sep))
	return used
}

// quoteEnd returns the length of the quoted scalar at the start of s, or 0 if the closing
// quote is missing.
func quoteEnd(s string) int {
	if s[0] == '"' {
		return lex.QuoteEnd(s)
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '\'' {
			i++
			continue
		}
		return i + 1
	}
	return 0
}

// unquote returns a scalar without its quotes. https://yaml.org/spec/1.2.2/#73-flow-scalar-styles
func unquote(s string) string {
	if len(s) < 2 || s[0] != s[len(s)-1] || s[0] != '"' && s[0] != '\'' {
		return strings.Trim(s, `"`)
	}
	if s[0] == '\'' {
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	}
	return unescape.Replace(s[1 : len(s)-1])
}

var unescape = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n", `\t`, " ", `\/`, "/")
