package token

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed synonyms.tsv
var data string

// Synonyms returns the tokens that the documentation uses instead of the given token, or nil if
// there are none. For machine, it returns the tokens of node; for node, it does not return the
// token of machine.
func Synonyms(token string) []string { return synonyms()[token] }

var synonyms = sync.OnceValue(func() map[string][]string {
	all := make(map[string][]string)
	for line := range strings.Lines(data) {
		everyday, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for _, from := range Of(everyday) {
			all[from] = append(all[from], Of(words)...)
		}
	}
	return all
})
