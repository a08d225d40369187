package lazyregexp

import "testing"

// TestNew checks that an expression is compiled once, and that New panics in tests if the
// expression is invalid.
func TestNew(t *testing.T) {
	r := New(`a+`)
	if first := r.compiled(); first != r.compiled() {
		t.Error("the expression is compiled twice")
	}
	if got := r.ReplaceAllString("caat", "u"); got != "cut" {
		t.Errorf("ReplaceAllString = %q, want cut", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("New(`(`) does not panic in a test")
		}
	}()
	New(`(`)
}
