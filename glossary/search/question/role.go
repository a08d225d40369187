package question

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// IsVersus reports whether text compares names and may contain little else, as in "exec vs attach". The
// names may then be ordinary words.
func IsVersus(text string) bool {
	return containsAny(text, versus) || strings.Contains(text, "と") && containsAny(text, differs)
}

var (
	versus  = []string{" vs ", " vs. ", " VS ", " versus ", "ifference between ", "ifferences between ", "iff between "}
	differs = []string{"違", "ちがい", "使い分け"}
)

// IsPlace reports whether a name only says where something is, given the text before and after it:
// "the CoreDNS Pod in kube-system", 「kube-systemにあるCoreDNS」.
func IsPlace(before, after string) bool {
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(after, "の中"), "に"); ok && hasAnyPrefix(rest, stays) {
		return true
	}
	if !strings.HasSuffix(before, " ") {
		return false
	}
	word := lastWord(before)
	if determiners[strings.ToLower(word)] {
		word = lastWord(before[:strings.LastIndex(before, word)])
	}
	return places[strings.ToLower(word)]
}

var (
	determiners = fold.WordSet("a an the my our each every all that this")
	places      = fold.WordSet("in inside within")
	stays       = []string{"ある", "いる", "入って"}
)

// isCompared reports whether a name is the first of two in a question about both, given the text after
// it: 「AとBの違い」.
func isCompared(after string) bool {
	after = strings.TrimLeft(after, " ")
	return hasAnyPrefix(after, joins) && !hasAnyPrefix(after, joinsNone) && containsAny(fold.First(after, longestPair), asksBoth)
}

var (
	joins     = []string{"と", "や", "か", "、", "・"}
	joinsNone = []string{"、ど", "、違", "、何", "と違", "と同じ"}
	asksBoth  = []string{"違", "ちが", "どっち", "どちら", "使い分け", "関係", "比較", "同じ", "一緒", "別物", "って何", "ってなに", "ってなん", "とは"}
)

// isSide reports whether a name is one of the sides of an English comparison, given the text before and
// after it: "runc vs crun", "the difference between runc and crun".
func isSide(before, after string) bool {
	if hasAnyPrefix(after, versus) || hasAnyPrefix(after, likens) {
		return true
	}
	i := strings.LastIndexByte(strings.TrimSuffix(before, " "), ' ')
	if i < 0 {
		return false
	}
	switch last := strings.ToLower(before[i:]); last {
	case " vs ", " vs. ", " versus ", " between ":
		return true
	case " and ":
		return containsAny(before, versus)
	}
	return false
}

// likens are what follows the first side.
var likens = []string{" the same as ", " same as ", " the same thing as ", " different from ", " better than ", " compared to ", " instead of ", " replace ", " replaced by "}

// longestPair is the maximum length in runes of the rest of a question about two names.
const longestPair = 40

// isAskedAbout reports whether a person who has met a name asks what it is, given the text after the
// name: "we use Helmfile, what is that", 「PDBを入れろって言われたけど何それ」.
func isAskedAbout(after string) bool {
	return containsAny(after, pronouns) && askedAfter.MatchString(after)
}

var pronouns = []string{" it", " that", " this", " those", " these", " they", "それ", "これ"}

var askedAfter = lazyregexp.New(`(?i)^[^.?!\n]*?(?:[,.;:?!]|\band\b| -) ?(?:(?:so|and|but|um|uh) )?` +
	`(?:(?:what(?:'s|s| is| are)?|wtf is|what on earth is) (?:that|this|it|these|those|they)\b|what (?:does|do|did) (?:that|this|it|these|those|they) (?:even )?(?:do|mean))` +
	`|^[^。]*?(?:(?:何|なに|なん)(?:それ|これ)|(?:これ|それ)(?:って|は)?(?:一体|いったい|結局)?(?:何|なに|なん))`)

func containsAny(text string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func hasAnyPrefix(text string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

// lastWord returns the last word of text, without the spaces after it.
func lastWord(text string) string {
	text = strings.TrimRight(text, " ")
	i := len(text)
	for i > 0 && fold.IsAlnum(text[i-1]) {
		i--
	}
	return text[i:]
}
