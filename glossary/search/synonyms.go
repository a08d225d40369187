package search

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed synonyms.tsv
var synonymsData string

// synonyms returns, by token, the tokens that mean the same in the documentation.
var synonyms = sync.OnceValue(func() map[string][]string {
	all := make(map[string][]string)
	for line := range strings.Lines(synonymsData) {
		everyday, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, from := range tokenize(everyday) {
			all[from] = append(all[from], tokenize(words)...)
		}
	}
	return all
})
