package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

func ruleNames(_ *linter, s *subject) {
	t := s.term
	switch {
	case s.team && t.Name.IsZero():
		s.reportAt("name", "is missing: write the name in at least one language, after \"en: \" or \"ja: \"")
	case t.Name.EN == "" && !s.team:
		s.reportAt("name.en", "is missing: write the name as Kubernetes spells it")
	}
	if t.Name.JA != "" && !fold.HasJapanese(t.Name.JA) {
		s.reportAt("name.ja", "%q is not Japanese: delete it if Japanese readers use the English name", t.Name.JA)
	}
	switch i := strings.IndexFunc(t.Reading, func(r rune) bool { return !unicode.Is(unicode.Katakana, r) && !strings.ContainsRune("ー・ ", r) }); {
	case t.IsTask() && t.Reading+t.Furigana != "":
		s.reportAt("reading", "the name of a task is a sentence: delete reading and furigana")
	case t.IsTask():
	case t.Reading == "" && s.team:
	case t.Reading == "":
		s.reportAt("reading", "is missing: write the pronunciation of the name in katakana")
	case i >= 0:
		s.reportAt("reading", "%q is not katakana: write the pronunciation of the name in katakana", t.Reading)
	}
	hasKanji := !t.IsTask() && strings.ContainsFunc(t.Name.JA, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	switch {
	case hasKanji && t.Furigana == "" && s.team:
	case hasKanji && t.Furigana == "":
		s.reportAt("furigana", "is missing: write the pronunciation of %q in hiragana", t.Name.JA)
	case !hasKanji && t.Furigana != "" && !t.IsTask():
		s.reportAt("furigana", "is only for a Japanese name with kanji: delete it")
	case strings.ContainsFunc(t.Furigana, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		s.reportAt("furigana", "%q contains kanji: write the pronunciation of %q in hiragana", t.Furigana, t.Name.JA)
	}
	checkSearchTexts(s)
}

// checkSearchTexts checks the names, the aliases and the paraphrases of a term.
func checkSearchTexts(s *subject) {
	t := s.term
	for _, lang := range glossary.Langs {
		lines := sentencesOnly(t.Paraphrases.Text(), lang)
		if len(lines) > maxParaphrases {
			s.reportAt("paraphrases."+string(lang), "has %d lines, but the limit is %d: keep the most likely ones", len(lines), maxParaphrases)
		}
		for _, line := range lines {
			checkPlainText(s, "paraphrases."+string(lang), line)
		}
	}
	if len(t.Aliases) > maxAliases {
		s.reportAt("aliases", "has %d aliases, but the limit is %d: keep the most likely ones", len(t.Aliases), maxAliases)
	}
	for _, c := range t.AllNames() {
		limit := maxName
		if strings.HasPrefix(c.Field, "aliases") {
			limit = maxAlias
		}
		if n := utf8.RuneCountInString(c.Text); n > limit {
			s.reportAt(c.Field, "has %d characters, but the limit is %d: shorten it", n, limit)
		}
		if fold.Key(c.Text) == "" {
			s.reportAt(c.Field, "%q contains no letters or digits, so it cannot be found: delete it", c.Text)
		}
		checkPlainText(s, c.Field, c.Text)
	}
}

// ruleUnique reports names and aliases that belong to several terms, unless all of these terms
// declare them in shares. It also reports redundant aliases.
func ruleUnique(l *linter, s *subject) {
	own := make(map[string]string)
	for _, c := range s.term.AllNames() {
		f := fold.Key(c.Text)
		// In a sentence, a name written as a different number of words is a different name,
		// such as AlreadyExists and already exists.
		written := fmt.Sprint(words(c.Text), f)
		if field, ok := own[written]; ok && strings.HasPrefix(c.Field, "aliases") {
			s.reportAt(c.Field, "%q is redundant, because %s already matches it: delete it", c.Text, field)
		} else if !ok {
			own[written] = c.Field
		}
		sharers := 0
		for _, o := range l.holders[f] {
			if o.subject == s {
				continue
			}
			sharers++
			switch {
			case c.Shared && o.Shared:
				continue
			case (c.Shared && o.IsName() || c.IsName() && o.Shared) && words(c.Text) != words(o.Text):
				continue // the search tells them apart
			case o.subject.term.ID == s.term.ID && o.subject.file != nil:
				s.reportAt(c.Field, "%s adds %q too: delete it in one of the files", o.subject.file.Path, c.Text)
			case o.subject.term.ID == s.term.ID:
				s.reportAt(c.Field, "the term %s already has %q (%s): delete it here", o.subject.term.ID, c.Text, o.Field)
			case s.team && o.subject.file == nil && c.Shared:
				continue // a second meaning
			case s.team && o.subject.file == nil:
				s.reportAt(c.Field, "%q also belongs to the built-in term %s (%s): delete it here%s", c.Text, o.subject.term.ID, o.Field, l.orShare(s))
			default:
				s.reportAt(c.Field, "%q also belongs to the term %s (%s): keep one, or move it to shares in both terms", c.Text, o.subject.term.ID, o.Field)
			}
			break
		}
		if c.Shared && sharers == 0 && !l.incomplete {
			s.reportAt(c.Field, "no other term shares %q: move it to aliases", c.Text)
		}
	}
}

// words returns the number of words in Latin letters or digits.
func words(name string) int { return len(fold.Spans(norm.NFKC.String(name))) }

// orShare returns advice for a team's term that has an alias of a built-in term: instead of
// deleting the alias, the two terms can share it. It returns "" if the team's term replaces a
// built-in term.
func (l *linter) orShare(s *subject) string {
	if _, builtIn := l.base.Term(s.term.ID); builtIn {
		return ""
	}
	return ", or move it to shares: then both meanings are shown"
}
