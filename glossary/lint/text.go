package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
	"k8sbot/glossary/mark"
)

// Limits. Lengths are in characters (runes); all other limits are counts. A summary must fit on a
// phone, and the whole term must fit in one message on each platform.
const (
	maxName        = 60
	maxAlias       = 120
	maxAliases     = 25
	maxParaphrases = 13
	maxSummaryEN   = 150
	maxSummaryJA   = 80
	maxMeaningEN   = 240
	maxMeaningJA   = 130
	minMeaning     = 2
	maxMeaning     = 6
	maxNoteEN      = 200
	maxNoteJA      = 110
	maxCauses      = 6
	maxChecks      = 5
	maxTry         = 3
	maxRun         = 120
	maxConfusions  = 4
)

func ruleSummary(_ *linter, s *subject) {
	checkSentences(s, "summary", s.term.Summary, 1, 1, maxSummaryEN, maxSummaryJA)
}

func ruleMeaning(_ *linter, s *subject) {
	minimum := minMeaning
	if s.team {
		minimum = 1
	}
	if (s.term.IsTask() || s.team) && s.term.Meaning.IsZero() {
		return // the commands explain a task, and a team may have nothing to add to the summary
	}
	checkSentences(s, "meaning", s.term.Meaning.Text(), minimum, maxMeaning, maxMeaningEN, maxMeaningJA)
}

// checkSentences checks t in both languages, or in at least one if a team wrote it: the number of
// lines, from minimum to maximum, and the length of each line.
func checkSentences(s *subject, field string, t glossary.Text, minimum, maximum, limitEN, limitJA int) {
	if s.team && t.IsZero() {
		s.reportAt(field, "is missing: write the text in at least one language, after \"en: \" or \"ja: \"")
		return
	}
	for _, lang := range glossary.Langs {
		at, lines := field+"."+string(lang), sentencesOnly(t, lang)
		if len(lines) == 0 && s.team {
			continue // readers of this language get the other text
		}
		if len(lines) == 0 {
			s.reportAt(at, "is missing: write the text in both languages")
			continue
		}
		if len(lines) < minimum || len(lines) > maximum {
			if maximum == 1 {
				s.reportAt(at, "has %d lines: write one sentence on one line", len(lines))
			} else {
				s.reportAt(at, "the number of sentences is %d, want %d to %d: write one per line", len(lines), minimum, maximum)
			}
		}
		limit := limitEN
		if lang == glossary.Japanese {
			limit = limitJA
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(mark.Strip(line)); n > limit {
				s.reportAt(at, "%q has %d characters, but the limit is %d: shorten it", fold.First(line, 12)+"…", n, limit)
			}
			checkProse(s, at, line, lang)
		}
	}
}

// sentencesOnly returns the sentences of t in one language.
func sentencesOnly(t glossary.Text, lang glossary.Lang) []string {
	if !t.Has(lang) {
		return nil
	}
	return t.Sentences(lang)
}

var (
	// spaceByJapanese matches a space before or after Japanese text. It also matches unquoted text
	// on several lines, because YAML joins the lines with spaces.
	spaceByJapanese = lazyregexp.New(`[\p{Hiragana}\p{Katakana}\p{Han}ー、。」] .|. [\p{Hiragana}\p{Katakana}\p{Han}「]`)
	fullWidth       = lazyregexp.New(`[！-～｡-･　]`)
)

// checkProse checks one line of text.
func checkProse(s *subject, field, line string, lang glossary.Lang) {
	line = checkMarks(s, field, line)
	checkPlainText(s, field, line)
	switch lang {
	case glossary.English:
		if i := strings.IndexFunc(line, fold.IsJapanese); i >= 0 {
			s.reportAt(field, "%q is Japanese: write the English text here", fold.First(line[i:], 12))
		}
		if !strings.HasSuffix(line, ".") {
			s.reportAt(field, "%q does not end with a period: write a full sentence", lastRunes(line, 12))
		}
	case glossary.Japanese:
		if !fold.HasJapanese(line) {
			s.reportAt(field, "%q is not Japanese: write the Japanese text here", fold.First(line, 20))
		}
		if !strings.HasSuffix(line, "。") {
			s.reportAt(field, "%q does not end with 。: write a full sentence", lastRunes(line, 12))
		}
		if m := spaceByJapanese.FindString(line); m != "" {
			s.reportAt(field, "there is a space next to Japanese in %q: delete it", m)
		}
		if m := fullWidth.FindString(line); m != "" {
			s.reportAt(field, "%q is full-width: write letters, digits, brackets and spaces in half width", m)
		}
	}
}

// checkMarks reports unpaired code marks, and code that is empty, begins or ends with a space,
// or contains Japanese. It returns the text without its code.
func checkMarks(s *subject, field, text string) string {
	switch {
	case strings.Count(text, "`")%2 != 0:
		s.reportAt(field, "contains an unpaired backtick: write code between two backticks")
		return strings.ReplaceAll(text, "`", "")
	case strings.Contains(text, "``"):
		s.reportAt(field, "contains two backticks in a row: write code between them")
	}
	for _, span := range mark.Spans(text) {
		if span.Code && (strings.TrimSpace(span.Text) != span.Text || fold.HasJapanese(span.Text)) {
			s.reportAt(field, "`%s` is not code: mark only what readers type or see in output", span.Text)
		}
	}
	return mark.Strip(text)
}

// checkPlainText reports markup, which differs between platforms, and invisible characters.
func checkPlainText(s *subject, field, text string) {
	for _, r := range text {
		switch {
		case r == '`':
			s.reportAt(field, "contains a backtick: write plain text, since the bot formats commands for each platform")
			return
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			s.reportAt(field, "contains the invisible character %U: delete it", r)
			return
		}
	}
	for _, mark := range []string{"**", "__", "](", "  "} {
		if strings.Contains(text, mark) {
			s.reportAt(field, "contains %q: write plain text without markup or double spaces", mark)
			return
		}
	}
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}
