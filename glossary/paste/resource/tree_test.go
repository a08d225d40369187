package resource

import (
	"strconv"
	"testing"
)

// TestGetOfMany checks that Get finds the first child with a key in a map with many children, to
// which more are added.
func TestGetOfMany(t *testing.T) {
	t.Parallel()
	n := new(Node)
	for i := range 3 * manyChildren {
		n.Children = append(n.Children, &Node{Key: strconv.Itoa(i / 2), Text: strconv.Itoa(i)})
		for k := 0; k <= i/2; k++ {
			if got, want := n.Str(strconv.Itoa(k)), strconv.Itoa(2*k); got != want {
				t.Fatalf("%d children: the value of %d is %q, want %q", i+1, k, got, want)
			}
		}
		if n.Get(strconv.Itoa(i/2+1)) != nil {
			t.Fatalf("%d children: a missing key has a value", i+1)
		}
	}
}
