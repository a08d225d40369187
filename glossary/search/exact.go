package search

import (
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/scan"
)

// exact finds the terms with a name or alias that has the same key as the text or its singular. If
// the text has as many words as a term's name, names and aliases with more or fewer words do not
// count: "node affinity" is only the field, but NodeAffinity is also a status.
func (n *names) exact(text string) []Match {
	key := fold.Key(text)
	spellings := n.keys[key]
	for _, singular := range fold.Singulars(key) {
		if len(spellings) > 0 {
			break
		}
		spellings = n.keys[singular]
	}
	asWritten := func(s scan.Spelling) bool { return len(fold.Spans(s.Text)) == len(fold.Spans(text)) }
	named := len(spellings) > 1 && slices.ContainsFunc(spellings, func(s scan.Spelling) bool { return s.IsName && asWritten(s) })
	var found []Match
	for _, s := range spellings {
		if named && !asWritten(s) {
			continue
		}
		m := Match{s.Term, scoreFolded, Folded}
		switch {
		case s.Text != text:
		case s.IsName:
			m.Score, m.Kind = scoreExact, Exact
		default:
			m.Score, m.Kind = scoreAlias, Alias
		}
		found = keepBest(found, m)
	}
	return found
}

// command finds the kubectl command with the given name, such as exec.
func (n *names) command(name string) []Match {
	if strings.Contains(name, " ") {
		return nil
	}
	return slices.DeleteFunc(n.exact("kubectl "+name), func(m Match) bool { return !m.Term.HasUsage(glossary.KubectlCommand) })
}
