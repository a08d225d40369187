package sorted

import (
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	all := []string{"", "a", "ab", "b", "ノード", "ポッド"}
	for n := range len(all) + 1 {
		s := Of(all[:n])
		if s.Len() != n {
			t.Fatalf("got %d strings, want %d", s.Len(), n)
		}
		for _, want := range append(all, "aa", "zz", "ン") {
			i, ok := s.Find(want)
			at, found := slices.BinarySearch(all[:n], want)
			if i != at || ok != found || ok && s.At(i) != want {
				t.Errorf("Find(%q) among %d: got %d, %v, want %d, %v", want, n, i, ok, at, found)
			}
		}
	}
}
