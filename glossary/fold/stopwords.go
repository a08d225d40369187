package fold

import "strings"

// stopWords are the words of English that say nothing of what a text is about.
var stopWords = WordSet(`a an the this that these those it its i me my we our you your they their he she one ones
	is are was were be been being am do does did doing done has have had having can could will would shall should may might must
	and or but if then so than as of in on at by to for from with without into onto over under up down out off about between
	not no nor any some all each every both other another such only own same too very just also still again already now here there
	what which who whom whose when where why how whats what's isn't doesn't don't won't can't i'm it's
	thing things something way kind of get gets got getting`)

// IsStopWord reports whether a word, in small letters, says nothing of what a text is
// about.
func IsStopWord(word string) bool { return stopWords[word] }

// WordSet returns the words of a list, which blanks and line ends divide.
func WordSet(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
