package lint

import (
	"fmt"

	"k8sbot/glossary"
)

// A subject is a term that is checked, or that others are checked against.
type subject struct {
	term     *glossary.Term
	file     *glossary.File // nil for a term of the base
	problems glossary.Problems
}

// reportAt reports a problem with a field, at its place in the file.
func (s *subject) reportAt(field, format string, args ...any) {
	line, column := s.file.Position(field)
	s.problems = append(s.problems, glossary.Problem{
		File: s.file.Path, Line: line, Column: column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// A linter checks the terms of one tree against all terms of the set.
type linter struct {
	base *glossary.Glossary
	byID map[string]*subject // the whole set
	// incomplete is set where a file did not decode, so that what it says of
	// others is not known.
	incomplete bool
	holders    map[string][]holder   // by folded name or alias
	linked     map[string]bool       // IDs that other terms refer to
	summaries  func() []summaryWords // of all terms
}

// A holder is a field that has a name or an alias.
type holder struct {
	subject *subject
	field   string
	shared  bool
}

// A collectSummaries is what is compared of a summary: its words in order, each once.
type summaryWords struct {
	subject *subject
	words   map[glossary.Lang][]string
}
