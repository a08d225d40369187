package search

import (
	"slices"
	"strings"
	"testing"

	"k8sbot/glossary"
)

func TestComplete(t *testing.T) {
	x := embeddedIndex(t)
	for _, tt := range []struct {
		text  string
		first []string // the first completions, in this order
	}{
		{"Pod", []string{"pod"}},
		{"crash", []string{"crashloopbackoff"}},
		{"くらっしゅ", []string{"crashloopbackoff"}},
		{"svc", []string{"service"}},
		{"node", []string{"node"}},
		{"imagepullb", []string{"imagepullbackoff"}},
		{"スケジューラ", []string{"kube-scheduler"}},
	} {
		var ids []string
		for _, m := range x.Complete(tt.text, 25) {
			ids = append(ids, m.Term.ID)
		}
		if len(ids) < len(tt.first) || !slices.Equal(ids[:len(tt.first)], tt.first) {
			t.Errorf("Complete(%q) = %v, want %v first", tt.text, ids, tt.first)
		}
		if slices.Sort(ids); len(slices.Compact(ids)) != len(ids) {
			t.Errorf("Complete(%q) = %v, want each term once", tt.text, ids)
		}
	}
	// Matches in a summary come after matches in a name.
	ids := make(map[string]int)
	for i, m := range x.Complete("image", 25) {
		ids[m.Term.ID] = i + 1
	}
	if ids["container-image"] == 0 || ids["kubelet"] != 0 && ids["kubelet"] < ids["container-image"] {
		t.Errorf("Complete(image) ranks %v, want container-image before kubelet", ids)
	}
	for _, text := range []string{"", " ", "--", "zzzzzz", strings.Repeat("x", 10_000)} {
		if found := x.Complete(text, 25); len(found) > 0 {
			t.Errorf("Complete(%.10q): got %d terms, want none", text, len(found))
		}
	}
	if n := len(x.Complete("co", 7)); n != 7 {
		t.Errorf("Complete(co, 7): got %d terms, want 7", n)
	}
}

// TestCompleteOrder checks the order of the kinds of matches.
func TestCompleteOrder(t *testing.T) {
	term := func(id, name, alias, summary string) *glossary.Term {
		t := &glossary.Term{ID: id, Tier: 1, Name: glossary.Text{EN: name}, Summary: glossary.Text{EN: summary, JA: summary}}
		if alias != "" {
			t.Aliases = []string{alias}
		}
		return t
	}
	x := New(glossary.New([]*glossary.Term{
		term("f-letters", "Wax Ion Duo Gas Elm Tan", "", "x"),
		term("e-content", "Other", "", "a kind of widget"),
		term("d-holds", "Little Widget", "", "x"),
		term("c-prefix", "Widgetry", "", "x"),
		term("b-folded", "WIDGET", "", "x"),
		term("a-alias", "Something", "widget", "x"),
	}))
	var ids []string
	for _, m := range x.Complete("widget", 25) {
		ids = append(ids, m.Term.ID)
	}
	want := []string{"a-alias", "b-folded", "c-prefix", "d-holds", "e-content", "f-letters"}
	if !slices.Equal(ids, want) {
		t.Errorf("Complete(widget) = %v, want %v", ids, want)
	}
}

func FuzzComplete(f *testing.F) {
	x := embeddedIndex(f)
	for _, s := range []string{"po", "くら", "ー", "\xff", "a b", "ﾎﾟ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		seen := make(map[string]bool)
		found := x.Complete(text, 25)
		for _, m := range found {
			if seen[m.Term.ID] {
				t.Errorf("Complete(%q) repeats %s", text, m.Term.ID)
			}
			seen[m.Term.ID] = true
		}
		if len(found) > 25 {
			t.Errorf("Complete(%q): got %d terms, want at most 25", text, len(found))
		}
	})
}

func BenchmarkComplete(b *testing.B) {
	x := embeddedIndex(b)
	for b.Loop() {
		x.Complete("ima", 25)
	}
}
