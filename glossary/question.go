package glossary

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// What people put around a word when they ask for it, longest first where one
// is the end or the beginning of another.
var (
	questionStarts = []string{
		"could you explain", "can you explain", "please explain", "tell me about", "what do you mean by",
		"what is the meaning of", "what does it mean by", "the meaning of", "meaning of", "definition of",
		"what is", "what's", "whats", "what are", "what does", "what do", "what was", "who is",
		"how does", "how do", "why is it", "explain", "define", "describe", "about",
		"a", "an", "the", "kubernetesの", "k8sの", "kubernetes", "k8s",
	}
	questionEnds = []string{
		"in kubernetes", "in k8s", "stand for", "means", "mean", "work", "please",
		"とはどういう意味ですか", "ってどういう意味ですか", "はどういう意味ですか", "どういう意味ですか", "どういう意味",
		"って何でしたっけ", "って何だっけ", "って何ですか", "とは何ですか", "は何ですか", "って何のこと",
		"ってなんですか", "ってなんだっけ", "ってなんだろう", "ってなに", "ってなん", "って何", "とはなに", "とは何", "は何", "何ですか",
		"の意味を教えてください", "の意味を教えて", "の意味は", "の意味", "の使い方",
		"について教えてください", "について教えて", "について説明して", "について知りたい", "について",
		"を教えてください", "を教えて", "教えてください", "教えて", "を説明してください", "を説明して", "説明して",
		"だっけ", "ですか", "とは", "って", "は",
	}
)

// stripQuestion returns the word that a question asks for: "taint" of "what is
// a taint?", "pod" of 「podって何?」. It returns the query itself where it finds
// no question around it.
func stripQuestion(query string) string {
	s := norm.NFKC.String(query)
	trim := func(s string) string {
		return strings.Trim(s, " \t\n?!.,:;'\"“”‘’。、？！「」『』()…")
	}
	s = trim(s)
	for again := true; again && s != ""; {
		again = false
		for _, start := range questionStarts {
			if rest, ok := cutWord(s, start); ok {
				s, again = trim(rest), true
				break
			}
		}
		for _, end := range questionEnds {
			if rest, ok := cutLastWord(s, end); ok {
				s, again = trim(rest), true
				break
			}
		}
	}
	if s == "" {
		return query
	}
	return s
}

// cutWord cuts start off the beginning of s, in any case, where it ends with a
// word and something is left.
func cutWord(s, start string) (rest string, ok bool) {
	if len(s) <= len(start) || !strings.EqualFold(s[:len(start)], start) {
		return s, false
	}
	rest = s[len(start):]
	if !HasJapanese(start) && rest[0] != ' ' {
		return s, false
	}
	return rest, true
}

// cutLastWord does the same at the end of s.
func cutLastWord(s, end string) (rest string, ok bool) {
	n := len(s) - len(end)
	if n <= 0 || !strings.EqualFold(s[n:], end) {
		return s, false
	}
	if !HasJapanese(end) && s[n-1] != ' ' {
		return s, false
	}
	return s[:n], true
}
