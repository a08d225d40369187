package trie

import (
	"strconv"
	"testing"
)

type node struct {
	value    int
	children Children[node]
}

func TestChildren(t *testing.T) {
	var root node
	if got := root.children.Find("a"); got != nil {
		t.Fatalf("no children: got %v", got)
	}
	added := make(map[string]*node)
	for i := range 3 * maxList {
		unit := strconv.Itoa(i)
		n := root.children.Add(unit)
		n.value, added[unit] = i, n
		n.children.Add("x").value = -i
		for unit, want := range added {
			if got := root.children.Find(unit); got != want {
				t.Fatalf("after %d children: Find(%q) = %p, want %p", i+1, unit, got, want)
			}
			if got := root.children.Add(unit); got != want || got.children.Find("x").value != -got.value {
				t.Fatalf("after %d children: Add(%q) = %p, want %p", i+1, unit, got, want)
			}
		}
		if got := root.children.Find("x"); got != nil {
			t.Fatalf("after %d children: Find(x) = %v, want none", i+1, got)
		}
	}
}
