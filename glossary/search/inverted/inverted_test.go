package inverted

import (
	"slices"
	"testing"

	"k8sbot/glossary"
	"k8sbot/glossary/search/document"
)

// TestNew compares the index of the built-in terms with their documents.
func TestNew(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	terms := g.Words()[:200]
	all := make([]document.Document, len(terms))
	for i := range all {
		all[i] = document.Of(terms[i])
	}
	x := New(all)
	if x.Documents() != len(all) {
		t.Fatalf("got %d documents, want %d", x.Documents(), len(all))
	}
	weights := make([]map[string]float32, len(all))
	lines := make([][]string, x.Len())
	for i := range x.Tokens.Len() {
		list, documents := x.List(i), 0
		for _, at := range list.AppendLines(nil) {
			line := int(at)
			document := 0
			for _, to := x.LinesOf(document); line >= to; _, to = x.LinesOf(document) {
				document++
			}
			if weights[document] == nil {
				weights[document] = make(map[string]float32)
			}
			if weights[document][x.Tokens.At(i)] == 0 {
				documents++
			}
			weights[document][x.Tokens.At(i)] += float32(x.Weights[line])
			lines[line] = append(lines[line], x.Tokens.At(i))
		}
		if list.Documents != documents {
			t.Errorf("token %q: got %d documents, want %d", x.Tokens.At(i), list.Documents, documents)
		}
	}
	for i, d := range all {
		length := float32(0)
		for _, w := range d.Tokens {
			if got := weights[i][w.Token]; got != w.Weight {
				t.Errorf("%s: token %q: got weight %v, want %v", terms[i].ID, w.Token, got, w.Weight)
			}
			length += weights[i][w.Token]
		}
		if x.Length(i) != length || len(weights[i]) != len(d.Tokens) {
			t.Errorf("%s: got %d tokens and length %v, want %d and %v", terms[i].ID, len(weights[i]), x.Length(i), len(d.Tokens), length)
		}
		from, to := x.LinesOf(i)
		if to-from != len(d.Lines) {
			t.Fatalf("%s: got %d lines, want %d", terms[i].ID, to-from, len(d.Lines))
		}
		for j, tokens := range d.Lines {
			var want []string
			for _, at := range tokens {
				want = append(want, d.Tokens[at].Token)
			}
			if !slices.Equal(lines[from+j], want) {
				t.Errorf("%s, line %d: got %q, want %q", terms[i].ID, j, lines[from+j], want)
			}
		}
	}
}
