package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tokens splits a text into tokens for full-text search:
//
//   - English words, stemmed and without stop words;
//   - words in katakana, and their first letters if they are long;
//   - bigrams of other Japanese text that start with a kanji. Hiragana alone is grammar.
func Tokens(text string) []string {
	var out []string
	if !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	runes := []rune(text)
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case IsJapanese(r):
			j := i + 1
			for j < len(runes) && IsJapanese(runes[j]) {
				j++
			}
			out = appendJapanese(out, runes[i:j])
			i = j
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			j := i + 1
			for j < len(runes) && !IsJapanese(runes[j]) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j])) {
				if unicode.IsUpper(runes[j]) && unicode.IsLower(runes[j-1]) {
					break // CamelCase
				}
				j++
			}
			if w := strings.ToLower(string(runes[i:j])); !stopWords[w] {
				out = append(out, stem(w))
			}
			i = j
		default:
			i++
		}
	}
	return out
}

// appendJapanese appends the tokens of a run of Japanese text.
func appendJapanese(out []string, run []rune) []string {
	for i := 0; i < len(run); {
		j := i + 1
		if IsKatakana(run[i]) {
			for j < len(run) && IsKatakana(run[j]) {
				j++
			}
			word := strings.TrimRight(string(run[i:j]), "ー")
			out = append(out, word)
			if j-i > katakanaStem {
				out = append(out, string(run[i:i+katakanaStem])+"…")
			}
			i = j
			continue
		}
		for j < len(run) && !IsKatakana(run[j]) {
			j++
		}
		for k := i; k+1 < j; k++ {
			if IsKanji(run[k]) {
				out = append(out, string(run[k:k+2]))
			}
		}
		if j-i == 1 && IsKanji(run[i]) {
			out = append(out, string(run[i]))
		}
		i = j
	}
	return out
}

// katakanaStem is the number of letters that katakana words of one stem share:
// スケジューラー and スケジューリング.
const katakanaStem = 4

// stem removes the ending of an English word: stores, stored and storing have one stem.
// The stem need not be a word, only the same for all forms. The first step of M. F.
// Porter's algorithm (https://doi.org/10.1108/eb046814) is enough for that.
func stem(w string) string {
	if root, ok := irregular[w]; ok {
		return root
	}
	if utf8.RuneCountInString(w) < 4 {
		return w
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
	if n := len(w); n > 3 && w[n-1] == w[n-2] && w[n-1] != 's' && w[n-1] != 'l' {
		w = w[:n-1] // stopp(ed)
	}
	return strings.TrimSuffix(w, "e")
}

// irregular maps forms of common verbs to one of them.
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

// Singulars returns the possible singulars of an English word, and none if it is not a
// plural. key is the result of [Key].
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

// A Span is a run of ASCII letters and digits in a text. Start and End are byte offsets.
type Span struct{ Start, End int }

// Spans returns the runs of ASCII letters and digits of a text, in order.
func Spans(text string) []Span {
	var spans []Span
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

// Stem returns the stem of an English word in lower case, which [Tokens] returns for it.
func Stem(word string) string { return stem(word) }
