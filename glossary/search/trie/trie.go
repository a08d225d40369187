// Package trie stores the children of the nodes of a trie, whose keys are sequences of words or
// characters.
package trie

// Children are the children of a node of type N, by the unit that leads to each. Most nodes have few
// children, for which a list takes less time and memory than a map. The zero value has none.
type Children[N any] struct {
	first *child[N]     // nil if there is an index
	index map[string]*N // nil if there are at most maxList children
}

// A child is an element of a list of children.
type child[N any] struct {
	unit string
	node N
	next *child[N]
}

// maxList is the maximum number of children in a list.
const maxList = 8

// Find returns the child that a unit leads to, or nil.
func (c *Children[N]) Find(unit string) *N {
	for at := c.first; at != nil; at = at.next {
		if at.unit == unit {
			return &at.node
		}
	}
	return c.index[unit]
}

// Add returns the child that a unit leads to. It adds the child if there is none.
func (c *Children[N]) Add(unit string) *N {
	if found := c.Find(unit); found != nil {
		return found
	}
	if c.index != nil {
		added := new(N)
		c.index[unit] = added
		return added
	}
	added := &child[N]{unit: unit, next: c.first}
	c.first = added
	n := 0
	for at := c.first; at != nil; at = at.next {
		n++
	}
	if n > maxList {
		c.index = make(map[string]*N, 2*n)
		for at := c.first; at != nil; at = at.next {
			c.index[at.unit] = &at.node
		}
		c.first = nil
	}
	return &added.node
}
