package resource

// A Node is a value in a manifest or in the status of a description: a scalar in Text, or a map
// or list in Children. List elements have no key.
type Node struct {
	Key, Text string
	Children  []*Node
	List      bool
	Line      int32 // number of the line, from 1

	index *index // of Children; see child
}

// An index contains the first of the children with each key. Children may have been added since.
type index struct {
	first map[string]*Node
	n     int // the number of children in the index
}

// manyChildren is the number of children up to which child needs no index.
const manyChildren = 32

// child returns the first child with a key, or nil if there is none.
func (n *Node) child(key string) *Node {
	if len(n.Children) <= manyChildren {
		for _, k := range n.Children {
			if k.Key == key {
				return k
			}
		}
		return nil
	}
	if n.index == nil {
		n.index = &index{first: make(map[string]*Node, len(n.Children))}
	}
	x := n.index
	for ; x.n < len(n.Children); x.n++ {
		if k := n.Children[x.n]; x.first[k.Key] == nil {
			x.first[k.Key] = k
		}
	}
	return x.first[key]
}

// Get returns the value at a path of keys, or nil if there is none. n may be nil.
func (n *Node) Get(path ...string) *Node {
	for _, key := range path {
		if n == nil || n.List {
			return nil
		}
		n = n.child(key)
	}
	return n
}

// Str returns the scalar at a path of keys, or "" if there is none. Inlining Str, Has and Add into
// their hundreds of callers would add 110 kB to the binary.
//
//go:noinline
func (n *Node) Str(path ...string) string {
	if n = n.Get(path...); n == nil || n.Text == "null" || n.Text == "~" {
		return ""
	}
	return n.Text
}

// Has reports whether the value at a path of keys exists and is neither empty nor null.
//
//go:noinline
func (n *Node) Has(path ...string) bool {
	n = n.Get(path...)
	return n != nil && (n.Text != "" && n.Text != "null" || len(n.Children) > 0)
}

// items returns the elements of a list. kubectl describe prints lists of maps without
// separators, so a repeated key begins the next element.
// https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go (printUnstructuredContent)
func (n *Node) items() []*Node {
	if n == nil {
		return nil
	}
	if n.List || len(n.Children) == 0 {
		return n.Children
	}
	var all []*Node
	var seen map[string]bool
	for _, k := range n.Children {
		if len(all) == 0 || seen[k.Key] {
			all = append(all, &Node{Line: k.Line})
			seen = make(map[string]bool)
		}
		seen[k.Key] = true
		last := all[len(all)-1]
		last.Children = append(last.Children, k)
	}
	return all
}

// First returns the first non-empty scalar under one of the keys, or "".
func (n *Node) First(keys ...string) string {
	for _, k := range keys {
		if s := n.Str(k); s != "" {
			return s
		}
	}
	return ""
}

// nested returns the first non-empty scalar below a field, such as health.status, or "".
func (n *Node) nested(field string, keys ...string) string {
	if n = n.Get(field); n == nil || n.List {
		return ""
	}
	return n.First(keys...)
}

// MaxDepth is the maximum depth of values in a manifest. Deeper values are ignored. Status
// fields are less than ten levels deep.
const MaxDepth = 64

// A Frame is an open value on the stack of a line-by-line reader: the value of a key, or an
// element of a list.
type Frame struct {
	*Node
	Indent int
	Item   bool
}
