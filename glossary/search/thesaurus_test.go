package search

import (
	"os"
	"strings"
	"testing"

	"k8sbot/glossary/search/token"
)

// TestThesaurus checks that the terms contain the words to which token/thesaurus.tsv maps everyday
// expressions. Others would find nothing.
func TestThesaurus(t *testing.T) {
	data, err := os.ReadFile("token/thesaurus.tsv")
	if err != nil {
		t.Fatal(err)
	}
	index := &readEmbedded().Corpus
	for line := range strings.Lines(string(data)) {
		_, words, _ := strings.Cut(strings.TrimSpace(line), "\t")
		for word := range strings.FieldsSeq(words) {
			found := false
			for _, w := range token.Of(word) {
				_, ok := index.Tokens.Find(w)
				found = found || ok
			}
			if !found {
				t.Errorf("no term contains %q, which is in the line %q", word, line)
			}
		}
	}
}
