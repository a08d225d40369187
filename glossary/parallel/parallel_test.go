package parallel

import "testing"

func TestAhead(t *testing.T) {
	t.Parallel()
	n := 0
	if wait := Ahead(func() { n++ }); !wait() || n != 1 {
		t.Errorf("Ahead called do %d times, want once", n)
	}
	if wait := Ahead(func() { panic("no") }); wait() {
		t.Error("Ahead reports success for a panic")
	}
}
