package search

import (
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/search/command"
	"k8sbot/glossary/search/sound"
)

// objectName matches a kind with the name of an object, as in deploy/web.
var objectName = lazyregexp.New(`(^|[\s　、。「(])([A-Za-z][A-Za-z.]*)/([a-z0-9][a-z0-9.-]*)`)

// findObject finds the kind in the name of an object, or in a command, or the command that is called
// without kubectl, such as exec.
func (x *Index) findObject(text string) []Match {
	if found := x.object(text); len(found) > 0 {
		return found
	}
	if found := x.findCommand(text); found != nil {
		return found
	}
	return scored(x.names.command(text), scoreSuggest)
}

// kindNamed finds the terms that are kinds of objects and have the given name or alias.
func (x *Index) kindNamed(name string) []Match {
	return slices.DeleteFunc(x.names.exact(name), func(m Match) bool { return m.Term.Resource == nil })
}

// object finds the kind in an object's name such as deploy/web.
func (x *Index) object(text string) []Match {
	m := objectName.FindStringSubmatch(text)
	if m == nil || m[0] != text {
		return nil
	}
	return scored(x.kindNamed(m[2]), scoreCompound)
}

// withoutObjects replaces the name of each object in text with its kind: svc/web becomes svc.
func (x *Index) withoutObjects(text string) string {
	return objectName.ReplaceAllStringFunc(text, func(s string) string {
		m := objectName.FindStringSubmatch(s)
		if len(x.kindNamed(m[2])) == 0 {
			return s
		}
		return m[1] + m[2]
	})
}

// findCommand finds the kind and the kubectl command in a shell command. The person may mean
// either, so both are suggestions.
func (x *Index) findCommand(text string) []Match {
	verb, kind, ok := command.Parse(text)
	if !ok {
		return nil
	}
	var found []Match
	for i, matches := range [][]Match{x.kindNamed(kind), x.names.exact("kubectl " + verb)} {
		for _, m := range matches {
			if i == 0 || m.Term.HasUsage(glossary.KubectlCommand) {
				found = keepBest(found, Match{m.Term, scoreSuggest - 0.01*float64(i), Scanned})
			}
		}
	}
	return found
}

// plain returns a sentence in a form that is easier to search: it replaces the name of an object
// with its kind, converts names in hiragana to katakana, and writes each name in one script.
func (x *Index) plain(text string) string {
	return x.inOneScript(fold.NamesInKatakana(x.withoutObjects(text), minHiraganaName, x.isKey))
}

// inOneScript writes each name in the text in one script: headlessサービス becomes headlessservice.
func (x *Index) inOneScript(text string) string { return sound.Mixed(text, x.isKey) }

// isKey reports whether a key is that of a name.
func (x *Index) isKey(key string) bool { return x.names.keys[key] != nil }

// minHiraganaName is the minimum length in runes of a name that is recognized in hiragana. Shorter
// names may be particles or verbs.
const minHiraganaName = 3
