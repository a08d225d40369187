package parse

import (
	"strconv"
	"testing"

	"k8sbot/glossary/paste/observe"
)

// TestLineIndex checks that a Line is found if and only if it was added, even if hashes are equal.
func TestLineIndex(t *testing.T) {
	t.Parallel()
	for name, hash := range map[string]func(string) uint64{
		"hashes":       hashOf,
		"equal hashes": func(text string) uint64 { return uint64(len(text)) << 32 },
	} {
		var all observe.List
		var x lineIndex
		for i := range 1000 {
			text := strconv.Itoa(i)
			if at := x.find(&all, text, hash(text)); at >= 0 {
				t.Fatalf("%s: found line %s at %d before it was added", name, text, at)
			}
			x.add(hash(text), all.Len())
			all.New().Message = text
		}
		for i := range 1000 {
			text := strconv.Itoa(i)
			if at := x.find(&all, text, hash(text)); at != i {
				t.Errorf("%s: found line %s at %d, want %d", name, text, at, i)
			}
		}
		if x.reset(); x.find(&all, "1", hash("1")) >= 0 {
			t.Errorf("%s: found a line after reset", name)
		}
	}
}
