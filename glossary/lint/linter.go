package lint

import (
	"fmt"
	"slices"

	"k8sbot/glossary"
)

// A subject is a term from the tree that is being checked, or from the base.
type subject struct {
	term     *glossary.Term
	file     *glossary.File // nil for a term of the base
	team     bool           // whether a team wrote the term
	problems glossary.Problems
}

// reportAt adds a problem with the given field, at the position of the field in the file.
func (s *subject) reportAt(field, format string, args ...any) {
	line, column := s.file.Position(field)
	s.problems = append(s.problems, glossary.Problem{
		File: s.file.Path, Line: line, Column: column, Field: field, Message: fmt.Sprintf(format, args...),
	})
}

// warnAt adds a warning about a field, or about the file if field is "".
func (s *subject) warnAt(field, format string, args ...any) {
	s.reportAt(field, format, args...)
	s.problems[len(s.problems)-1].Warning = true
}

// dependent maps each field to the fields whose rules look at it. If a field could not be
// decoded, problems with its dependent fields are only consequences.
var dependent = map[string][]string{
	"name":     {"reading", "furigana"},
	"layers":   {"severity", "resource", "causes", "checks", "try", "do", "watch_out", "reading", "meaning"},
	"severity": {"normal_for", "overdue_after", "causes", "checks"},
}

// decoded returns the problems with fields that could be decoded. It drops the rest, because a
// field that could not be decoded would be reported as missing.
func (s *subject) decoded() glossary.Problems {
	return slices.DeleteFunc(s.problems, func(p glossary.Problem) bool {
		for of, fields := range dependent {
			if slices.Contains(fields, p.Field) && !s.file.IsDecoded(of) {
				return true
			}
		}
		return !s.file.IsDecoded(p.Field)
	})
}

// A linter contains the data that the rules need about all terms: the terms of the tree, and those
// terms of the base that the tree does not replace.
type linter struct {
	base *glossary.Glossary
	byID map[string]*subject // all terms, without what extensions add
	// extensions contains a subject for each extension, with only what its file adds.
	extensions []*subject
	// incomplete is set if a file could not be decoded. In that case, some references and
	// shares are unknown.
	incomplete bool
	holders    map[string][]holder       // keyed by the folded name or alias
	linked     map[string]bool           // IDs that other terms refer to
	summaries  func() *summaryIndex      // summaries of all terms
	claims     func() map[string][]claim // recognitions of all terms, keyed by claimKey
}

// A holder is a field that contains a name or an alias.
type holder struct {
	subject *subject
	glossary.Name
}

// summaryWords are the words in a summary, sorted and without duplicates.
type summaryWords struct {
	subject *subject
	words   map[glossary.Lang][]string
}

// A summaryIndex contains the words in all terms' summaries.
type summaryIndex struct {
	all []*summaryWords // sorted by ID
	of  map[*subject]*summaryWords
	// rare contains the summaries, keyed by the words near their beginnings. Two sorted lists
	// of nearly the same words always share one of these words.
	rare map[glossary.Lang]map[string][]*summaryWords
}

// A claim is one of a term's recognitions.
type claim struct {
	subject *subject
	index   int // index in seen
}
