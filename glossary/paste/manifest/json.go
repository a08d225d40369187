package manifest

import (
	"encoding/json"
	"slices"
	"strings"

	"k8sbot/glossary/paste/lex"
	"k8sbot/glossary/paste/line"
	"k8sbot/glossary/paste/resource"
)

// jsonPeek is the number of lines that isJSON examines.
const jsonPeek = 6

// jsonKeys are keys of manifests. Every JSON manifest contains at least one of them near its
// beginning.
var jsonKeys = []string{`"apiVersion"`, `"kind"`, `"metadata"`, `"items"`, `"status"`, `"conditions"`, `"containerStatuses"`, `"initContainerStatuses"`, `"lastTransitionTime"`, `"phase"`, `"state"`, `"lastState"`, `"involvedObject"`}

// logKeys are keys of JSON log lines that no manifest has near its beginning.
var logKeys = []string{`"level"`, `"msg"`, `"severity"`, `"ts"`, `"logger"`, `"lvl"`, `"log"`, `"auditID"`}

// isJSON reports whether the first line begins a JSON manifest or a field of one. It examines
// only a few lines, because the caller tries the next line if isJSON returns false.
func isJSON(lines []line.Line) bool {
	first := strings.TrimSpace(lines[0].Text)
	if first[0] == '"' {
		return slices.ContainsFunc(jsonKeys, func(k string) bool {
			rest, ok := strings.CutPrefix(first, k)
			rest = strings.TrimSpace(rest)
			return ok && strings.HasPrefix(rest, ":") && strings.ContainsAny(rest[len(rest)-1:], "{[,\"}]")
		})
	}
	seen := false
	for _, l := range lines[:min(jsonPeek, len(lines))] {
		if slices.ContainsFunc(logKeys, func(k string) bool { return hasKey(l.Text, k) }) {
			return false
		}
		seen = seen || slices.ContainsFunc(jsonKeys, func(k string) bool { return hasKey(l.Text, k) })
		if t := strings.TrimSpace(l.Text); t == "" || len(t) > 80 && t[len(t)-1] == '}' {
			break // an object on one line
		}
	}
	return seen
}

// hasKey reports whether s contains a JSON key. key includes the quotes.
func hasKey(s, key string) bool {
	for {
		i := strings.Index(s, key)
		if i < 0 {
			return false
		}
		s = s[i+len(key):]
		if strings.HasPrefix(strings.TrimLeft(s, " "), ":") {
			return true
		}
	}
}

// maxJoined is the maximum number of lines that a string wrapped by a terminal can span.
const maxJoined = 50

// maxDepth is the maximum depth of nested values. No object of Kubernetes comes near it, and it bounds the
// memory that hostile text needs. Deeper text is read as if it were cut off there.
const maxDepth = 1000

// A jsonReader parses JSON (https://www.rfc-editor.org/rfc/rfc8259) that may be cut off
// anywhere.
type jsonReader struct {
	lines []line.Line
	at    int // index into lines
	rest  string
	stack []*resource.Node
	key   string
	keyed bool
}

// readJSON parses the value that begins on the first line, and returns it with its number of
// lines. If the value was cut off, it ends with the last line that can be JSON. For fields
// without an enclosing object, readJSON returns an object with these fields.
func readJSON(lines []line.Line) (*resource.Node, int) {
	root := &resource.Node{Line: lines[0].Number}
	r := &jsonReader{lines: lines, stack: []*resource.Node{root}}
	bare := strings.HasPrefix(strings.TrimSpace(lines[0].Text), `"`)
	for ; r.at < len(lines); r.at++ {
		r.rest = strings.TrimSpace(lines[r.at].Text)
		if r.rest == "" {
			if bare && len(r.stack) == 1 {
				break
			}
			continue
		}
		if !jsonLine(r.rest) || bare && len(r.stack) == 1 && r.at > 0 && !strings.ContainsAny(r.rest[:1], `"}]`) {
			break
		}
		if r.line(); len(r.stack) == 1 && !bare || len(r.stack) > maxDepth {
			r.at++
			break
		}
	}
	n := min(r.at, len(lines))
	for n > 0 && lines[n-1].Text == "" {
		n--
	}
	if !bare && len(root.Children) == 1 {
		root = root.Children[0]
	}
	return root, max(n, 1)
}

// jsonLine reports whether a line can be part of indented JSON.
func jsonLine(s string) bool {
	switch c := s[0]; c {
	case '{', '}', '[', ']', '"', ',':
		return true
	case 't', 'f', 'n', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		word := strings.TrimRight(s, ", ]}")
		return word == "true" || word == "false" || word == "null" || strings.Trim(word, "0123456789.eE+-") == ""
	}
	return false
}

// line reads the tokens of a line.
func (r *jsonReader) line() {
	for r.rest != "" {
		c := r.rest[0]
		switch c {
		case ' ', ',', ':':
			r.rest = r.rest[1:]
		case '{', '[':
			n := r.value()
			n.List = c == '['
			if r.stack = append(r.stack, n); len(r.stack) > maxDepth {
				return // like text that was cut off here
			}
			r.rest = r.rest[1:]
		case '}', ']':
			if len(r.stack) > 1 {
				r.stack = r.stack[:len(r.stack)-1]
			}
			r.rest, r.keyed = r.rest[1:], false
			if len(r.stack) == 1 && r.stack[0].Children != nil && r.stack[0].Children[0].Key == "" {
				return // the value is complete
			}
		case '"':
			s := r.string()
			if top := r.stack[len(r.stack)-1]; !top.List && !r.keyed && strings.HasPrefix(strings.TrimLeft(r.rest, " "), ":") {
				r.key, r.keyed = s, true
				continue
			}
			r.value().Text = s
		default:
			end := strings.IndexAny(r.rest, ",:]}{[\" ")
			if end < 0 {
				end = len(r.rest)
			}
			r.value().Text = r.rest[:end]
			r.rest = r.rest[end:]
		}
	}
}

// value adds a new value to the innermost open object or list, and returns it.
func (r *jsonReader) value() *resource.Node {
	n := &resource.Node{Line: r.lines[min(r.at, len(r.lines)-1)].Number}
	if r.keyed {
		n.Key, r.keyed = r.key, false
	}
	top := r.stack[len(r.stack)-1]
	top.Children = append(top.Children, n)
	return n
}

// string reads a string, which spans several lines if a terminal has wrapped it.
func (r *jsonReader) string() string {
	for joined := 0; ; joined++ {
		if end := lex.QuoteEnd(r.rest); end > 0 {
			raw := r.rest[:end]
			r.rest = r.rest[end:]
			if !strings.Contains(raw, `\`) {
				return raw[1 : len(raw)-1]
			}
			var s string
			if json.Unmarshal([]byte(raw), &s) != nil {
				return raw[1 : len(raw)-1]
			}
			return s
		}
		next := ""
		if r.at+1 < len(r.lines) && joined < maxJoined {
			next = strings.TrimSpace(r.lines[r.at+1].Text)
		}
		if next == "" || strings.ContainsAny(next[:1], `"{}[]`) {
			s := r.rest[1:]
			r.rest = ""
			return s
		}
		r.rest += next
		r.at++
	}
}
