package paste

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxParsed is the number of bytes at the beginning of a text that are read by the
// parser of YAML. It takes 20 ms for them; what stands behind is read line by line.
const maxParsed = 128 << 10

// parseYAML returns the value of a whole document, and nil if it is none.
func parseYAML(lines []line) *node {
	last := lines[len(lines)-1]
	if last.offset+len(last.text) > maxParsed {
		return nil
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(b.String()), &doc) != nil || len(doc.Content) != 1 {
		return nil
	}
	return treeOf(doc.Content[0], lines, 0)
}

// maxDepth is the depth from which values of a manifest are left out. Status fields lie
// less than ten deep.
const maxDepth = 64

// treeOf converts a value. An alias is left out, since it may stand for any number of
// values; kubectl prints none.
func treeOf(y *yaml.Node, lines []line, depth int) *node {
	n := &node{line: lines[min(max(y.Line-1, 0), len(lines)-1)].number}
	if depth > maxDepth {
		return n
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.text = y.Value
		if y.Tag == "!!null" {
			n.text = ""
		}
	case yaml.SequenceNode:
		n.list = true
		n.kids = make([]*node, 0, len(y.Content))
		for _, c := range y.Content {
			n.kids = append(n.kids, treeOf(c, lines, depth+1))
		}
	case yaml.MappingNode:
		n.kids = make([]*node, 0, len(y.Content)/2)
		for i := 0; i+1 < len(y.Content); i += 2 {
			k := treeOf(y.Content[i+1], lines, depth+1)
			k.key = y.Content[i].Value
			k.line = lines[min(max(y.Content[i].Line-1, 0), len(lines)-1)].number
			n.kids = append(n.kids, k)
		}
	}
	return n
}

// A frame is a value that is open while lines are read: that of a key, or an element of a
// list.
type frame struct {
	*node
	indent int
	item   bool
}

// readYAML reads YAML line by line, whatever is missing or broken of it.
func readYAML(lines []line) *node {
	root := &node{line: lines[0].number}
	stack := []frame{{root, -1, false}}
	for i := 0; i < len(lines); i++ {
		indent, s := lines[i].indent(), strings.TrimSpace(lines[i].text)
		if s == "" || s[0] == '#' {
			continue
		}
		for s == "-" || strings.HasPrefix(s, "- ") {
			top := stack[len(stack)-1]
			for top.indent > indent || top.item && top.indent == indent {
				stack = stack[:len(stack)-1]
				top = stack[len(stack)-1]
			}
			top.list = true
			n := &node{line: lines[i].number}
			top.kids = append(top.kids, n)
			stack = append(stack, frame{n, indent, true})
			rest := strings.TrimLeft(s[1:], " ")
			indent += len(s) - len(rest)
			s = rest
			if len(stack) > maxDepth {
				return root
			}
		}
		if s == "" {
			continue
		}
		key, value, ok := yamlKey(s)
		if !ok {
			if top := stack[len(stack)-1]; len(top.kids) == 0 && len(stack) > 1 && len(top.text) < maxLine { // a scalar that goes on, or is an element
				top.text = strings.TrimLeft(top.text+" "+unquote(s), " ")
			}
			continue
		}
		top := stack[len(stack)-1]
		for len(stack) > 1 && (top.indent >= indent || !top.item && top.text != "") {
			stack = stack[:len(stack)-1]
			top = stack[len(stack)-1]
		}
		n := &node{key: key, line: lines[i].number}
		top.kids = append(top.kids, n)
		if len(stack) < maxDepth {
			stack = append(stack, frame{n, indent, false})
		}
		i += n.scalar(value, lines[i+1:], indent)
	}
	return root
}

// scalar reads the value of a key on its own line, and returns how many of the lines
// below belong to it too.
func (n *node) scalar(value string, below []line, indent int) int {
	switch {
	case value == "":
		return 0
	case value[0] == '|' || value[0] == '>':
		join := "\n"
		if value[0] == '>' {
			join = " "
		}
		return n.join("", join, below, func(l line) bool { return l.text == "" || l.indent() > indent })
	case value[0] == '"' || value[0] == '\'':
		if quoteEnd(value) > 0 {
			n.text = unquote(value[:quoteEnd(value)])
			return 0
		}
		closed := false
		used := n.join(value, " ", below, func(l line) bool {
			if closed || l.text != "" && l.indent() <= indent {
				return false
			}
			closed = strings.HasSuffix(l.text, value[:1])
			return true
		})
		n.text = unquote(n.text)
		return used
	case value[0] == '{' || value[0] == '[':
		if tree, _ := readJSON([]line{{text: value, number: n.line}}); tree != nil {
			n.kids, n.list = tree.kids, tree.list
			if tree.key != "" {
				n.kids = []*node{tree}
			}
		}
		return 0
	case value == "null" || value == "~":
		return 0
	}
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimRight(value[:i], " ")
	}
	return n.join(value, " ", below, func(l line) bool {
		t := strings.TrimSpace(l.text)
		if t == "" || l.indent() <= indent || t[0] == '#' || strings.HasPrefix(t, "- ") {
			return false
		}
		_, _, key := yamlKey(t)
		return !key
	})
}

// join sets the text to its beginning and the lines that belong to it.
func (n *node) join(text, sep string, below []line, belongs func(line) bool) int {
	used := 0
	for used < len(below) && belongs(below[used]) {
		used++
	}
	if used == 0 {
		n.text = text
		return 0
	}
	parts := make([]string, 0, used+1)
	if text != "" {
		parts = append(parts, text)
	}
	for _, l := range below[:used] {
		parts = append(parts, strings.TrimSpace(l.text))
	}
	n.text = strings.TrimSpace(strings.Join(parts, sep))
	return used
}

// quoteEnd returns the length of the quoted scalar at the beginning of s, and 0 if it does
// not end.
func quoteEnd(s string) int {
	if s[0] == '"' {
		return stringEnd(s)
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
