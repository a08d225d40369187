// Package command recognizes kubectl commands among queries.
package command

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// kubectl matches a kubectl command with a kind: its verb, its kind, and what follows.
var kubectl = lazyregexp.New(`(?i)^(?:\$ )?(?:kubectl|k|oc) ([a-z-]+) ([a-z.]+)((?:/\S+)?(?: .*)?)$`)

// Parse returns the verb and the kind of a kubectl command, such as get and pods. The kind may be
// another argument. ok is false if the text is not a command, or if it is a sentence that begins
// with one, such as "kubectl top just errors out", "kubectl get nodes shows NotReady" or
// "kubectl get pods が遅い".
func Parse(text string) (verb, kind string, ok bool) {
	m := kubectl.FindStringSubmatch(text)
	if m == nil || isTalk(m[2], m[3]) {
		return "", "", false
	}
	return m[1], m[2], true
}

// isTalk reports whether the kind of a command, or the arguments after it, contain words that only a
// person writes.
func isTalk(kind, arguments string) bool {
	if fold.HasJapanese(arguments) || fold.IsStopWord(kind) && !isKind[kind] {
		return true
	}
	isValue := false // of the flag before it
	for word := range strings.FieldsSeq(arguments) {
		isFlag := strings.HasPrefix(word, "-")
		if !isFlag && !isValue && (len(word) > 1 && fold.IsStopWord(word) || isStatus(word)) {
			return true
		}
		isValue = isFlag
	}
	return false
}

// isKind contains the stop words that kubectl takes for kinds: no is the short name of nodes.
var isKind = map[string]bool{"no": true, "all": true}

// isStatus reports whether a word is written like a status, with a capital letter after a lower-case
// one. Objects have no such names.
func isStatus(word string) bool {
	for i := 1; i < len(word); i++ {
		if 'A' <= word[i] && word[i] <= 'Z' && 'a' <= word[i-1] && word[i-1] <= 'z' {
			return !strings.Contains(word, "=")
		}
	}
	return false
}
