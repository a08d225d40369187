package lint

import (
	"fmt"
	"slices"

	"k8sbot/glossary"
	"k8sbot/glossary/lazyregexp"
)

// references returns the IDs of the terms that t refers to.
func references(t *glossary.Term) []string {
	var ids []string
	for _, c := range t.ConfusedWith {
		ids = append(ids, c.Term)
	}
	for _, r := range t.Related {
		ids = append(ids, r.Terms...)
	}
	if t.Versions != nil && t.Versions.ReplacedBy != "" {
		ids = append(ids, t.Versions.ReplacedBy)
	}
	return ids
}

// ruleReferences reports references to terms that do not exist, and terms that refer to
// themselves.
func ruleReferences(l *linter, s *subject) {
	check := func(field, id string) {
		switch _, ok := l.byID[id]; {
		case !ok:
			s.reportAt(field, "there is no term %q: correct the ID, or add that term", id)
		case id == s.term.ID:
			s.reportAt(field, "the term refers to itself: delete this reference")
		}
	}
	if len(s.term.ConfusedWith) > maxConfusions {
		s.reportAt("confused_with", "has %d terms, but the limit is %d: keep the most likely ones", len(s.term.ConfusedWith), maxConfusions)
	}
	for i, c := range s.term.ConfusedWith {
		at := fmt.Sprintf("confused_with[%d]", i)
		check(at+".term", c.Term)
		checkSentences(s, at, glossary.Text{EN: c.EN, JA: c.JA}, 1, 1, maxNoteEN, maxNoteJA)
	}
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			check(fmt.Sprintf("related.%s[%d]", r.Relation, i), id)
		}
	}
	if v := s.term.Versions; v != nil && v.ReplacedBy != "" {
		check("versions.replaced_by", v.ReplacedBy)
	}
}

// deictic matches, in each language, words such as "here" that refer to the term whose answer shows
// the text.
var deictic = map[glossary.Lang]lazyregexp.Regexp{
	glossary.English:  lazyregexp.New(`(?i)\b(?:this one|here)\b`),
	glossary.Japanese: lazyregexp.New(`こちら`),
}

// ruleBothNamed reports differences that refer to a term with a word such as "here" instead of
// naming it. Answers and reviews show a difference beside either term, so readers may think of the
// wrong term. In a team's file, this is only a warning, since an error would keep the bot from
// starting.
func ruleBothNamed(_ *linter, s *subject) {
	report := s.reportAt
	if s.team {
		report = s.warnAt
	}
	for i, c := range s.term.ConfusedWith {
		t := glossary.Text{EN: c.EN, JA: c.JA}
		for _, lang := range glossary.Langs {
			if word := deictic[lang].FindString(t.Only(lang)); word != "" {
				report(fmt.Sprintf("confused_with[%d].%s", i, lang), "%q is unclear beside the other term: name both terms", word)
			}
		}
	}
}

// ruleRelatedOnce reports terms that are related twice. Only one of the two files should state a
// relation, since the inverse is derived.
func ruleRelatedOnce(l *linter, s *subject) {
	seen := make(map[string]bool)
	for _, r := range s.term.Related {
		for i, id := range r.Terms {
			at := fmt.Sprintf("related.%s[%d]", r.Relation, i)
			if seen[id] {
				s.reportAt(at, "%s is already related to this term: keep the closer relation", id)
			}
			seen[id] = true
			other, ok := l.byID[id]
			sameTree := ok && other.file != nil
			if !ok || other == s || sameTree && other.term.ID > s.term.ID {
				continue // if both terms are in the tree, report the one with the later ID
			}
			for _, back := range other.term.Related {
				if slices.Contains(back.Terms, s.term.ID) {
					s.reportAt(at, "%s already states a relation to this term (%s): keep the better of the two", id, back.Relation)
				}
			}
		}
	}
}

// ruleLinked reports built-in terms without a relation in either direction. Readers could not
// navigate from such a term to others, or from others to it.
func ruleLinked(l *linter, s *subject) {
	if l.base == nil && !l.incomplete && len(references(s.term)) == 0 && !l.linked[s.term.ID] {
		s.reportAt("related", "is missing: this term refers to no other term, and no other term refers to it; add one to related or confused_with")
	}
}
