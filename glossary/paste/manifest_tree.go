package paste

import "strings"

// A node is a value of a manifest or of the status in a description: a scalar in text, or
// a map or list in kids. The kids of a list have no key.
type node struct {
	key, text string
	kids      []*node
	list      bool
	line      int // number of its line
}

// get returns the value below a path of keys, and nil if there is none. A nil node has no
// values.
func (n *node) get(path ...string) *node {
next:
	for _, key := range path {
		if n == nil {
			return nil
		}
		for _, k := range n.kids {
			if k.key == key && !n.list {
				n = k
				continue next
			}
		}
		return nil
	}
	return n
}

// str returns the scalar below a path of keys, and "" if there is none.
func (n *node) str(path ...string) string {
	if n = n.get(path...); n == nil || n.text == "null" || n.text == "~" {
		return ""
	}
	return n.text
}

// has reports whether there is anything below a path of keys.
func (n *node) has(path ...string) bool {
	n = n.get(path...)
	return n != nil && (n.text != "" && n.text != "null" || len(n.kids) > 0)
}

// items returns the elements of a list. kubectl describe prints lists of maps without a
// mark between the elements: there, a key that comes again begins the next one.
// https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go (printUnstructuredContent)
func (n *node) items() []*node {
	if n == nil {
		return nil
	}
	if n.list || len(n.kids) == 0 {
		return n.kids
	}
	var all []*node
	var seen map[string]bool
	for _, k := range n.kids {
		if len(all) == 0 || seen[k.key] {
			all = append(all, &node{line: k.line})
			seen = make(map[string]bool)
		}
		seen[k.key] = true
		last := all[len(all)-1]
		last.kids = append(last.kids, k)
	}
	return all
}

// first returns the first scalar that is not empty below one of the keys.
func (n *node) first(keys ...string) string {
	for _, k := range keys {
		if s := n.str(k); s != "" {
			return s
		}
	}
	return ""
}

// yamlKey splits "key: value", and reports false for any other line. Keys have no blanks
// unless they are quoted.
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
