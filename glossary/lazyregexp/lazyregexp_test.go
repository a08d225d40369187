package lazyregexp

import "testing"

// TestNew checks that an expression is compiled once, and that a wrong one fails every test of
// its package.
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
