package resource

// A Node is a value of a manifest or of the status in a description: a scalar in Text, or
// a map or list in Kids. The kids of a list have no key.
type Node struct {
	Key, Text string
	Kids      []*Node
	List      bool
	Line      int // number of its line
}

// Get returns the value below a path of keys, and nil if there is none. A nil node has no
// values.
func (n *Node) Get(path ...string) *Node {
next:
	for _, key := range path {
		if n == nil {
			return nil
		}
		for _, k := range n.Kids {
			if k.Key == key && !n.List {
				n = k
				continue next
			}
		}
		return nil
	}
	return n
}

// Str returns the scalar below a path of keys, and "" if there is none.
func (n *Node) Str(path ...string) string {
	if n = n.Get(path...); n == nil || n.Text == "null" || n.Text == "~" {
		return ""
	}
	return n.Text
}

// Has reports whether there is anything below a path of keys.
func (n *Node) Has(path ...string) bool {
	n = n.Get(path...)
	return n != nil && (n.Text != "" && n.Text != "null" || len(n.Kids) > 0)
}

// items returns the elements of a list. kubectl describe prints lists of maps without a
// mark between the elements: there, a key that comes again begins the next one.
// https://github.com/kubernetes/kubectl/blob/v0.34.1/pkg/describe/describe.go (printUnstructuredContent)
func (n *Node) items() []*Node {
	if n == nil {
		return nil
	}
	if n.List || len(n.Kids) == 0 {
		return n.Kids
	}
	var all []*Node
	var seen map[string]bool
	for _, k := range n.Kids {
		if len(all) == 0 || seen[k.Key] {
			all = append(all, &Node{Line: k.Line})
			seen = make(map[string]bool)
		}
		seen[k.Key] = true
		last := all[len(all)-1]
		last.Kids = append(last.Kids, k)
	}
	return all
}

// First returns the first scalar that is not empty below one of the keys.
func (n *Node) First(keys ...string) string {
	for _, k := range keys {
		if s := n.Str(k); s != "" {
			return s
		}
	}
	return ""
}

// nested returns a scalar that lies one level deeper: health.status.
func (n *Node) nested(field string, keys ...string) string {
	if n = n.Get(field); n == nil || n.List {
		return ""
	}
	return n.First(keys...)
}

// MaxDepth is the depth from which values of a manifest are left out. Status fields lie
// less than ten deep.
const MaxDepth = 64

// A Frame is a value that is open while lines are read: that of a key, or an element of a
// list.
type Frame struct {
	*Node
	Indent int
	Item   bool
}
