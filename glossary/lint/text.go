package lint

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// Lengths in characters (runes). A summary has to fit a line of a phone, and
// the whole of a term one message of each platform.
const (
	maxName        = 60
	maxAlias       = 120
	maxAliases     = 25
	maxParaphrases = 8
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
	checkSentences(s, "meaning", s.term.Meaning, minMeaning, maxMeaning, maxMeaningEN, maxMeaningJA)
}

// checkSentences checks a text that is written in both languages.
func checkSentences(s *subject, field string, t glossary.Text, minimum, maximum, limitEN, limitJA int) {
	for _, lang := range glossary.Langs {
		at, lines := field+"."+string(lang), t.Sentences(lang)
		if len(lines) == 0 {
			s.reportAt(at, "is missing: write it in both languages")
			continue
		}
		if len(lines) < minimum || len(lines) > maximum {
			if maximum == 1 {
				s.reportAt(at, "has %d lines: write it on one", len(lines))
			} else {
				s.reportAt(at, "has %d lines: write %d to %d sentences, each on a line of its own", len(lines), minimum, maximum)
			}
		}
		limit := limitEN
		if lang == glossary.Japanese {
			limit = limitJA
		}
		for _, line := range lines {
			if n := utf8.RuneCountInString(line); n > limit {
				s.reportAt(at, "%q has %d characters: keep to %d", fold.First(line, 12)+"…", n, limit)
			}
			checkProse(s, at, line, lang)
		}
	}
}

var (
	// A blank before or after Japanese. It also shows where a text without
	// quotes goes over several lines, which YAML joins with blanks.
	spaceByJapanese = regexp.MustCompile(`[\p{Hiragana}\p{Katakana}\p{Han}ー、。」] .|. [\p{Hiragana}\p{Katakana}\p{Han}「]`)
	fullWidth       = regexp.MustCompile(`[！-～｡-･　]`)
)

// checkProse checks one line of text in a language.
func checkProse(s *subject, field, line string, lang glossary.Lang) {
	checkPlainText(s, field, line)
	switch lang {
	case glossary.English:
		if i := strings.IndexFunc(line, fold.IsJapanese); i >= 0 {
			s.reportAt(field, "%q is Japanese: write the English text here", fold.First(line[i:], 12))
		}
		if !strings.HasSuffix(line, ".") {
			s.reportAt(field, "%q does not end with a period: write whole sentences", lastRunes(line, 12))
		}
	case glossary.Japanese:
		if !fold.HasJapanese(line) {
			s.reportAt(field, "%q is not Japanese: write the Japanese text here", fold.First(line, 20))
		}
		if !strings.HasSuffix(line, "。") {
			s.reportAt(field, "%q does not end with 。: write whole sentences", lastRunes(line, 12))
		}
		if m := spaceByJapanese.FindString(line); m != "" {
			s.reportAt(field, "a blank beside Japanese in %q: delete it", m)
		}
		if m := fullWidth.FindString(line); m != "" {
			s.reportAt(field, "the full-width %q: write letters, digits, brackets and blanks half-width", m)
		}
	}
}

// checkPlainText refuses what would not come out as it was written: markup, since
// the platforms have different ones, and characters that nobody sees.
func checkPlainText(s *subject, field, text string) {
	for _, r := range text {
		switch {
		case r == '`':
			s.reportAt(field, "a backtick: terms are plain text, each platform sets commands in its own way")
			return
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			s.reportAt(field, "the invisible character %U: delete it", r)
			return
		}
	}
	for _, mark := range []string{"**", "__", "](", "  "} {
		if strings.Contains(text, mark) {
			s.reportAt(field, "%q: terms are plain text without markup", mark)
			return
		}
	}
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}
