package sorted

import (
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	all := []string{"", "a", "ab", "b", "ノード", "ポッド"}
	for n := range len(all) + 1 {
		s := Of(all[:n])
		table := NewTable(s)
		if s.Len() != n {
			t.Fatalf("got %d strings, want %d", s.Len(), n)
		}
		for _, want := range append(all, "aa", "zz", "ン") {
			i, ok := s.Find(want)
			at, found := slices.BinarySearch(all[:n], want)
			if i != at || ok != found || ok && s.At(i) != want {
				t.Errorf("Find(%q) among %d: got %d, %v, want %d, %v", want, n, i, ok, at, found)
			}
			if i, ok := table.Find(want); ok != found || ok && i != at {
				t.Errorf("Table.Find(%q) among %d: got %d, %v, want %d, %v", want, n, i, ok, at, found)
			}
		}
	}
}

func TestMultimap(t *testing.T) {
	var pairs []Pair
	want := make(map[uint32][]int)
	for i := range uint32(1000) {
		key := i * i % 97 << 25
		pairs = append(pairs, Pair{key, i})
		want[key] = append(want[key], int(i))
	}
	m := MultimapOf(pairs)
	for _, key := range []uint32{0, 1, 4 << 25, 5 << 25, 96 << 25, 1<<32 - 1} {
		if got := slices.Collect(m.Find(key)); !slices.Equal(got, want[key]) {
			t.Errorf("Find(%d): got %v, want %v", key, got, want[key])
		}
	}
}

func TestHash(t *testing.T) {
	two, again, one := Hash("a", "b"), Hash("a", "b"), Hash("ab")
	if two == one || two != again {
		t.Errorf("got %d and %d for the same words, and %d for other words", two, again, one)
	}
}
