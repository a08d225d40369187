package search

import (
	"k8sbot/glossary/fold"
	"k8sbot/glossary/search/task"
)

// exact finds the terms with a name or alias that has the same key as the text or its singular.
func (n *names) exact(text string) []Match {
	key := fold.Key(text)
	if key == "" {
		return nil
	}
	spellings := n.keys[key]
	for _, singular := range fold.Singulars(key) {
		if len(spellings) > 0 {
			break
		}
		spellings = n.keys[singular]
	}
	var found []Match
	for _, s := range spellings {
		m := Match{s.term, scoreFolded, Folded}
		switch {
		case s.text != text:
		case s.isName:
			m.Score, m.Kind = scoreExact, Exact
		default:
			m.Score, m.Kind = scoreAlias, Alias
		}
		found = keepBest(found, m)
	}
	return found
}

// taskNamed returns the task with the given name or alias as a match, or nil.
func taskNamed(tasks *task.Index, name string) []Match {
	if t := tasks.Named(name); t != nil {
		return []Match{{t, scoreFolded, Folded}}
	}
	return nil
}
