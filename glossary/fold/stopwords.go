package fold

import (
	"regexp"
	"strings"
)

// stopWords are English words that carry no meaning in a search.
var stopWords = WordSet(`a an the this that these those it its i me my we our you your they their he she one ones
	is are was were be been being am do does did doing done has have had having can could will would shall should may might must
	and or but if then so than as of in on at by to for from with without into onto over under up down out off about between
	not no nor any some all each every both other another such only own same too very just also still again already now here there
	what which who whom whose when where why how whats what's isn't doesn't don't won't can't i'm it's
	thing things something way kind of get gets got getting`)

// IsStopWord reports whether a lower-case word is an English stop word.
func IsStopWord(word string) bool { return stopWords[word] }

// WordSet returns the set of the words in a list separated by white space.
func WordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// IsAge reports whether a word is an age as kubectl prints it: 5m, 3d4h.
func IsAge(word string) bool {
	return word != "" && '0' <= word[0] && word[0] <= '9' && age.MatchString(word)
}

var age = regexp.MustCompile(`^(?:\d+[smhdy])+$`)
