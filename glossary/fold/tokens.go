package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tokens splits text into tokens for full-text search:
//
//   - English words, stemmed and without stop words;
//   - words in katakana, and their first letters if they are long;
//   - bigrams that start with a kanji, in other Japanese text. Text in hiragana
//     alone has no tokens, since most of it is grammar.
func Tokens(text string) []string { return AppendTokens(nil, text) }

// AppendTokens is like [Tokens], but appends to tokens.
func AppendTokens(out []string, text string) []string {
	text = NFKC(text)
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case IsJapanese(r):
			n = runLength(text, IsJapanese)
			out = appendJapanese(out, text[:n])
		case isWordRune(r):
			n = wordLength(text)
			if w := strings.ToLower(text[:n]); !stopWords[w] {
				out = append(out, stem(w))
			}
		}
		text = text[n:]
	}
	return out
}

// isWordRune reports whether r is a letter or a digit.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return IsAlnum(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// runLength returns the length in bytes of the longest prefix of text whose runes satisfy is.
func runLength(text string, is func(rune) bool) int {
	for i, r := range text {
		if !is(r) {
			return i
		}
	}
	return len(text)
}

// wordLength returns the length in bytes of the word at the start of text. Each part of a name
// in CamelCase is a word.
func wordLength(text string) int {
	before := rune(0)
	for i, r := range text {
		if !isWordRune(r) || IsJapanese(r) || unicode.IsUpper(r) && unicode.IsLower(before) {
			return i
		}
		before = r
	}
	return len(text)
}

// appendJapanese appends the tokens in a run of Japanese text.
func appendJapanese(out []string, run string) []string {
	for run != "" {
		n := runLength(run, IsKatakana)
		if n > 0 {
			out = append(out, strings.TrimRight(run[:n], "ー"))
			if n > katakanaStem*len("ア") {
				out = append(out, run[:katakanaStem*len("ア")]+"…")
			}
			run = run[n:]
			continue
		}
		n = runLength(run, func(r rune) bool { return !IsKatakana(r) })
		out = appendBigrams(out, run[:n])
		run = run[n:]
	}
	return out
}

// appendBigrams appends the pairs of runes that start with a kanji, or run itself if it is a single
// kanji.
func appendBigrams(out []string, run string) []string {
	kanji := -1 // offset of the previous rune if it is a kanji, otherwise -1
	for i, r := range run {
		end := i + utf8.RuneLen(r)
		if kanji >= 0 {
			out = append(out, run[kanji:end])
		}
		kanji = -1
		if IsKanji(r) {
			kanji = i
		}
		if kanji == 0 && end == len(run) {
			out = append(out, run)
		}
	}
	return out
}

// katakanaStem is the number of leading letters that related katakana words share: スケジューラー and
// スケジューリング.
const katakanaStem = 4

// stem removes the ending of an English word: stores, stored and storing have the same stem. The
// stem need not be a word, as long as it is the same for all forms. The first step of M. F.
// Porter's algorithm (https://doi.org/10.1108/eb046814) is enough for this purpose.
func stem(w string) string {
	if root, ok := irregular[w]; ok {
		return root
	}
	if utf8.RuneCountInString(w) < 4 {
		return w
	}
	if strings.IndexByte("sdgn", w[len(w)-1]) < 0 { // all endings end with one of these letters
		return strings.TrimSuffix(undoubled(w), "e")
	}
	for _, e := range []struct{ end, left string }{
		{"ations", "ate"}, {"ation", "ate"}, {"sses", "ss"}, {"ies", "y"}, {"ied", "y"}, {"ing", ""}, {"ed", ""}, {"es", ""}, {"s", ""},
	} {
		s, ok := strings.CutSuffix(w, e.end)
		if !ok || len(s) < 3 || e.end == "s" && strings.HasSuffix(s, "s") {
			continue
		}
		w = s + e.left
		break
	}
	return strings.TrimSuffix(undoubled(w), "e")
}

// undoubled removes the last letter of a word if it is doubled, as in stopp(ed).
func undoubled(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		return w[:n-1]
	}
	return w
}

// irregular maps the irregular forms of common verbs to a single form.
var irregular = func() map[string]string {
	roots := make(map[string]string)
	for _, forms := range []string{
		"die dies died dying dead death", "break breaks broke broken breaking", "lose loses lost losing", "stick sticks stuck", "fall falls fell fallen falling",
		"come comes came coming", "hang hangs hung hanging", "throw throws threw thrown throwing", "send sends sent sending", "write writes wrote written writing",
		"find finds found finding", "keep keeps kept keeping", "hold holds held holding", "leave leaves left leaving", "build builds built building",
		"choose chooses chose chosen choosing", "take takes took taken taking", "give gives gave given giving", "go goes went gone going", "see sees saw seen seeing",
	} {
		words := strings.Fields(forms)
		for _, w := range words {
			roots[w] = words[0]
		}
	}
	return roots
}()

// Singulars returns the possible singulars of an English word, or nil if it is not a plural.
// key is the result of [Key].
func Singulars(key string) []string {
	s, ok := strings.CutSuffix(key, "s")
	if !ok {
		return nil
	}
	var forms []string
	if s, ok := strings.CutSuffix(key, "ies"); ok {
		forms = append(forms, s+"y")
	}
	if s, ok := strings.CutSuffix(key, "es"); ok {
		forms = append(forms, s)
	}
	if len(s) > 2 {
		forms = append(forms, s)
	}
	return forms
}

// A Span is a run of ASCII letters and digits in text. Start and End are byte offsets.
type Span struct{ Start, End int }

// Spans returns the runs of ASCII letters and digits in text, in order.
func Spans(text string) []Span {
	return AppendSpans(make([]Span, 0, len(text)/5+1), text) // most words have four letters or more
}

// AppendSpans is like [Spans], but appends to spans.
func AppendSpans(spans []Span, text string) []Span {
	for i := 0; i < len(text); {
		if !IsAlnum(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && IsAlnum(text[i]) {
			i++
		}
		spans = append(spans, Span{start, i})
	}
	return spans
}

// Stem returns the stem that [Tokens] uses for an English word. The word must be in lower case.
func Stem(word string) string { return stem(word) }
