package observe

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestList compares random lists with slices.
func TestList(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var lists [2]List
		var want [2][]int32
		next := int32(0)
		for k := range lists {
			for range r.IntN(3 * partSize) {
				next++
				lists[k].Add(&Observation{Line: next})
				want[k] = append(want[k], next)
			}
		}
		l := &lists[0]
		if i := r.IntN(len(want[1]) + 1); r.IntN(2) == 0 {
			l.Take(&lists[1], i, func(o *Observation) bool { return o.Line%3 != 0 })
			want[0] = append(want[0], slices.DeleteFunc(slices.Clone(want[1][i:]), func(n int32) bool { return n%3 == 0 })...)
		}
		for range r.IntN(2 * firstSize) {
			next++
			if o := l.New(); o.Line != 0 {
				t.Fatalf("a new observation is %+v, want an empty one", *o)
			}
			l.Last().Line = next
			want[0] = append(want[0], next)
		}
		check(t, l, want[0], r.IntN(len(want[0])+1))
	}
}

// check fails the test if the lines of a list differ from want, read in each way.
func check(t *testing.T, l *List, want []int32, from int) {
	t.Helper()
	var all, slice, at, rest []int32
	for i, o := range l.All() {
		if i != len(all) {
			t.Fatalf("All returns index %d, want %d", i, len(all))
		}
		all = append(all, o.Line)
		at = append(at, l.At(i).Line)
	}
	for _, o := range l.Slice() {
		slice = append(slice, o.Line)
	}
	for _, o := range l.From(from) {
		rest = append(rest, o.Line)
	}
	if l.Len() != len(want) || !slices.Equal(all, want) || !slices.Equal(at, want) || !slices.Equal(slice, want) || !slices.Equal(rest, want[from:]) {
		t.Errorf("got %d observations: All %v, At %v, Slice %v, From(%d) %v, want %v", l.Len(), all, at, slice, from, rest, want)
	}
	if last := l.Last(); (last == nil) != (len(want) == 0) || last != nil && last.Line != want[len(want)-1] {
		t.Errorf("Last returns %+v, want the last of %v", last, want)
	}
}
