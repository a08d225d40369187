package query

import (
	"fmt"
	"testing"
)

func TestSplitPage(t *testing.T) {
	for text, want := range map[string]struct {
		name string
		page int
	}{
		"networking 2": {"networking", 2}, "ノードの状態　3": {"ノードの状態", 3}, "node components": {"node components", 1},
		"networking": {"networking", 1}, "networking 0": {"networking 0", 1}, "2": {"2", 1}, "": {"", 1},
	} {
		if name, page := SplitPage(text); name != want.name || page != want.page {
			t.Errorf("%q: got %q, %d, want %q, %d", text, name, page, want.name, want.page)
		}
	}
}

// TestCategories checks names that are abbreviated or misspelled.
func TestCategories(t *testing.T) {
	for text, want := range map[string]string{
		"networking": "networking true", "ネットワーク": "networking true", "node": "node true",
		"netw": "networking false", "netwroking": "networking false", "ネット": "networking false", "observabilty": "observability false",
		"con": "control-plane configuration concepts false", "s": "false", "zzz": "false", "": "false",
	} {
		found, exact := Categories(text)
		got := ""
		for _, c := range found {
			got += string(c) + " "
		}
		if got += fmt.Sprint(exact); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
