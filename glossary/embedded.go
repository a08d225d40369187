package glossary

import "slices"

// EmbeddedTables returns the tables about the built-in terms, or empty ones if [Load] fails.
func EmbeddedTables() *Tables {
	s, _ := builtIn()
	return &s.Tables
}

// Strip returns a line that shows the status t among the states of its lifecycle, for example
//
//	Pending › ContainerCreating › Running ⇄ `CrashLoopBackOff` ◀ here
//
// The text is Markdown with the status in backticks, and has at most 90 characters. Strip returns
// false if t is not in a lifecycle, or if g contains a different term with t's ID.
func (g *Glossary) Strip(t *Term, l Lang) (string, bool) {
	if t == nil || g.byID[t.ID] != t {
		return "", false
	}
	for _, life := range EmbeddedTables().Lifecycles {
		for _, s := range life.States {
			if s.Term == t.ID {
				return life.Strip(s, t, l), true
			}
		}
	}
	return "", false
}

// Comparison returns the comparison of a and b, with its terms and texts in that order. It returns
// false if there is no such comparison, or if a or b is not a term of g.
func (g *Glossary) Comparison(a, b *Term) (Comparison, bool) {
	if a == nil || b == nil || g.byID[a.ID] != a || g.byID[b.ID] != b {
		return Comparison{}, false
	}
	for _, c := range EmbeddedTables().Comparisons {
		switch {
		case slices.Equal(c.Terms, []string{a.ID, b.ID}):
			return c, true
		case slices.Equal(c.Terms, []string{b.ID, a.ID}):
			return c.swapped(), true
		}
	}
	return Comparison{}, false
}

// Goal returns a heading in l that says what the command shows, such as "Read its events and
// conditions", without a period. If the command has no heading of its own, Goal returns the text of
// the first matching [Goal], or "" if none matches.
func (c Command) Goal(l Lang) string {
	if !c.Heading.IsZero() {
		return c.Heading.In(l)
	}
	goals, words := EmbeddedTables().Goals, commandWords(c.Run)
	if i := slices.IndexFunc(goals, func(g Goal) bool { return g.matches(words) }); i >= 0 {
		return Text{EN: goals[i].EN, JA: goals[i].JA}.In(l)
	}
	return ""
}

// Heading returns a heading in l that says what the command does, followed by its effect.
func (a Action) Heading(l Lang) string {
	return (Command{Run: a.Run}).Goal(l) + " · " + a.Effect.Title(l)
}
