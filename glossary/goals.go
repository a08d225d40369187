package glossary

import (
	"slices"
	"strings"
)

// A Goal says what commands of a certain shape show.
type Goal struct {
	// Run is the shape: the words that the command starts with, followed by flags, or a ">", that it
	// contains anywhere, each with its value, if any. A word may list alternatives, such as pod|pods.
	// An alternative may end in the wildcard *. Quotes are ignored.
	Run string `yaml:"run"`
	// EN and JA are the goal as an imperative.
	EN string `yaml:"en"`
	JA string `yaml:"ja"`
}

// Matches reports whether the command run has the shape of the goal.
func (g Goal) Matches(run string) bool { return g.matches(commandWords(run)) }

// commandWords splits a command into words and drops quotes.
func commandWords(run string) []string { return strings.Fields(noQuotes.Replace(run)) }

var noQuotes = strings.NewReplacer("'", "", `"`, "")

func (g Goal) matches(words []string) bool {
	next := 0
	for want := range strings.FieldsSeq(g.Run) {
		if strings.HasPrefix(want, "-") || want == ">" {
			next = slices.IndexFunc(words, func(word string) bool { return matchesWord(want, word) })
			if next < 0 {
				return false
			}
		} else if next >= len(words) || !matchesWord(want, words[next]) {
			return false
		}
		next++
	}
	return true
}

// matchesWord reports whether a word is one of the alternatives. It ignores the value of a flag
// after "=".
func matchesWord(alternatives, word string) bool {
	for want := range strings.SplitSeq(alternatives, "|") {
		prefix, open := strings.CutSuffix(want, "*")
		switch {
		case word == want, open && strings.HasPrefix(word, prefix):
			return true
		case strings.HasPrefix(want, "-") && strings.HasPrefix(word, want+"="):
			return true
		}
	}
	return false
}
