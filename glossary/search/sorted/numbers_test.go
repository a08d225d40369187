package sorted

import "testing"

func TestNumbers(t *testing.T) {
	for _, all := range [][]uint32{nil, {0}, {1, 255, 0}, {256, 65535, 3}, {1 << 16, 1<<24 - 1}, {1<<32 - 1, 0, 1 << 24}} {
		n := NumbersOf(all)
		if n.Len() != len(all) {
			t.Fatalf("%v: got %d numbers, want %d", all, n.Len(), len(all))
		}
		for i, want := range all {
			if got := n.At(i); got != int(want) {
				t.Errorf("%v: At(%d) = %d, want %d", all, i, got, want)
			}
		}
	}
	if n := (Numbers("")).Len(); n != 0 {
		t.Errorf("the zero Numbers: got length %d, want 0", n)
	}
}
