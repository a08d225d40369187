package sorted

import (
	"cmp"
	"slices"
	"sort"
)

// A Multimap maps 32-bit keys, such as hashes, to numbers.
type Multimap struct {
	Keys, Values Numbers // sorted by key
}

// A Pair is a key with one of its values.
type Pair struct{ Key, Value uint32 }

// MultimapOf returns a map of pairs. The values of a key stay in their order.
func MultimapOf(pairs []Pair) Multimap {
	slices.SortStableFunc(pairs, func(a, b Pair) int { return cmp.Compare(a.Key, b.Key) })
	keys, values := make([]uint32, len(pairs)), make([]uint32, len(pairs))
	for i, p := range pairs {
		keys[i], values[i] = p.Key, p.Value
	}
	return Multimap{NumbersOf(keys), NumbersOf(values)}
}

// Find yields the values of a key.
func (m *Multimap) Find(key uint32) func(yield func(value int) bool) {
	return func(yield func(int) bool) {
		n := m.Keys.Len()
		for i := sort.Search(n, func(i int) bool { return m.Keys.At(i) >= int(key) }); i < n && m.Keys.At(i) == int(key); i++ {
			if !yield(m.Values.At(i)) {
				return
			}
		}
	}
}

// Hash returns the hash of words: FNV-1a (https://www.rfc-editor.org/rfc/rfc9923), with a space after
// each word.
func Hash(words ...string) uint32 {
	h := uint32(2166136261)
	for _, w := range words {
		for i := range len(w) {
			h = (h ^ uint32(w[i])) * 16777619
		}
		h = (h ^ ' ') * 16777619
	}
	return h
}
