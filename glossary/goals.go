package glossary

import "strings"

// A Goal is what one finds out by the commands of a shape.
type Goal struct {
	// Run is the shape: words that the command has in this order, the first of them at its
	// start. Other words may stand between them. A word may list alternatives, pod|pods,
	// and end in * for any ending.
	Run string `yaml:"run"`
	// EN is the goal as an imperative, in each language.
	EN string `yaml:"en"`
	JA string `yaml:"ja"`
}

// ReadGoals returns the goals of goals.yaml, and their file. A command has the goal of the
// first shape that it matches.
func ReadGoals() ([]Goal, *File) { return goals.read() }

// Goal returns what one finds out by the command, in l: a heading such as "Read its events
// and conditions", without a period. It is the command's own goal or that of its shape, and
// "" if it has neither.
func (c Command) Goal(l Lang) string {
	if !c.Heading.IsZero() {
		return c.Heading.In(l)
	}
	all, _ := ReadGoals()
	for _, g := range all {
		if g.Matches(c.Run) {
			return Text{EN: g.EN, JA: g.JA}.In(l)
		}
	}
	return ""
}

// Matches reports whether the command run has the shape.
func (g Goal) Matches(run string) bool {
	words := strings.Fields(run)
	for i, want := range strings.Fields(g.Run) {
		n := 0
		for n < len(words) && !matchesWord(want, words[n]) {
			n++
		}
		if n == len(words) || i == 0 && n > 0 {
			return false
		}
		words = words[n+1:]
	}
	return true
}

// matchesWord reports whether a word is one of the alternatives. Quotes do not count.
func matchesWord(alternatives, word string) bool {
	word = strings.Trim(word, `'"`)
	for want := range strings.SplitSeq(alternatives, "|") {
		prefix, open := strings.CutSuffix(want, "*")
		if word == want || open && strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}
