package question

import (
	_ "embed"
	"strings"
	"sync"

	"k8sbot/glossary/zipped"
)

// phrasesData is phrases.tsv, compressed: the phrases that people put before and after a term in a question.
//
//go:generate zopfli --i15 phrases.tsv
//go:embed phrases.tsv.gz
var phrasesData string

// affixes are the phrases before a term by their first byte, and those after it by their last byte.
type affixes struct{ starts, ends [256][]string }

var phrases = sync.OnceValue(func() *affixes {
	a := new(affixes)
	for line := range strings.Lines(zipped.Text(phrasesData)) {
		kind, list, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || kind[0] == '#' {
			continue
		}
		for phrase := range strings.SplitSeq(list, "|") {
			if first, last := phrase[0], phrase[len(phrase)-1]; kind == "start" {
				a.starts[first] = append(a.starts[first], phrase)
			} else {
				a.ends[last] = append(a.ends[last], phrase)
			}
		}
	}
	return a
})
