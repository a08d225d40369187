package query

import (
	"strings"

	"k8sbot/glossary/lazyregexp"
)

// listSeparator matches the separator between terms in a list of three or more terms.
var listSeparator = lazyregexp.New(`(?i)\s+(?:vs\.?|versus)\s+|(?:\s*[,、/]\s*(?:and\s+|or\s+)?)|\s+(?:and|or|then|&|\+)\s+|\s*(?:と|・|→|->)\s*`)

// SplitList splits "A vs B vs C" or "A, B and C" into its parts, and "A B C" into words.
// separated is set if there is a separator between the parts and no part is longer than a name.
func SplitList(text string, isName func(string) bool) (parts []string, separated bool) {
	parts = listSeparator.Split(strings.TrimRight(text, "?？。. "), -1)
	separated = len(parts) > 1
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		separated = separated && len(strings.Fields(part)) <= maxNameWords && !asks.MatchString(parts[i])
	}
	if len(parts) == 1 {
		return splitWords(parts[0], isName), false
	}
	return parts, separated
}

// asks matches the beginning of a question, as opposed to a name.
var asks = lazyregexp.New(`(?i)^(?:which|why|when|how|what|where|who|should|do|does|is|are|can)\b`)

// maxNameWords is the maximum number of words in a term's name.
const maxNameWords = 4

// comparisons match questions that ask for a difference.
var comparisons = []lazyregexp.Regexp{
	lazyregexp.New(`(?is)^(.+?)\s+(?:vs\.?|versus)\s+(.+)$`),
	lazyregexp.New(`(?is)^(?:what(?:'s| is) )?(?:the )?difference between (.+?) and (.+)$`),
	lazyregexp.New(`(?is)^how (?:is|does) (.+?) (?:different|differ) from (.+)$`),
	lazyregexp.New(`(?is)^(?:should i (?:use|choose|pick)|when (?:do i|should i|to) use|which (?:one )?is better,?|do i need) (.+?) or (.+)$`),
	lazyregexp.New(`(?is)^(?:is|are) (.+?) the same (?:thing )?as (.+)$`),
	lazyregexp.New(`(?s)^(.+?)\s*と\s*(.+?)[、,]?\s*(?:の違い|のちがい|の差|の比較|を比較|の使い分け|(?:は|って)?(?:どう違|何が違|なにが違|同じ)|の?(?:うち)?(?:は|って)?(?:どっち|どちら)).*$`),
	lazyregexp.New(`(?s)^(.+?)か(.+?)[、,]?(?:どっち|どちら).*$`),
	lazyregexp.New(`(?s)^(.+?)(?:って|は)(.+?)と(?:同じ|一緒|(?:どう|何が|なにが)?違).*$`),
}

// differences match questions that ask how the things in the first group differ.
var differences = []lazyregexp.Regexp{
	lazyregexp.New(`(?is)^(?:(?:what|explain|show)(?:'s| is| are| me)? )?(?:the )?(?:(?:main|key) )?(?:differences?|diff|comparison) (?:between|among|of) (.+)$`),
	lazyregexp.New(`(?is)^(.+?)[,:]? (?:the )?(?:differences?|diff|compared|comparison)$`),
	lazyregexp.New(`(?is)^how (?:do|are) (.+?) (?:differ|different|compare)$`),
	lazyregexp.New(`(?s)^(.+?)[、,]?(?:の|で|は|って)?\s*(?:違い|ちがい|差|比較|使い分け|(?:どう|何が|なにが)違)(?:[^\n]{0,20})$`),
}

// Differing returns the list of names in a question that asks how they differ, such as "A, B and C" in
// "difference between A, B and C". It returns any other text unchanged, and false.
func Differing(text string) (names string, ok bool) {
	if strings.Contains(text, "\n") || TooLong(text) {
		return text, false
	}
	for _, re := range differences {
		if m := re.FindStringSubmatch(strings.TrimRight(text, "?？。. ")); m != nil && strings.ContainsAny(m[1], " 、,/・と") {
			return strings.TrimSpace(m[1]), true
		}
	}
	return text, false
}

// IsComparison reports whether text asks how several things differ.
func IsComparison(text string) bool {
	_, _, pair := SplitComparison(text)
	_, list := Differing(text)
	return pair || list
}

// SplitComparison returns the two sides of a comparison. It returns false for any other text.
func SplitComparison(text string) (left, right string, ok bool) {
	if strings.Contains(text, "\n") || TooLong(text) {
		return "", "", false
	}
	for _, re := range comparisons {
		if m := re.FindStringSubmatch(strings.TrimRight(text, "?？。. ")); m != nil {
			// If there are three terms, keep the first two.
			right, _, _ := strings.Cut(m[2], " vs ")
			return strings.TrimSpace(m[1]), strings.TrimSpace(right), true
		}
	}
	return "", "", false
}

// splitWords splits "A B C" into words. It returns nil if two adjacent words form a name, as in
// "liveness readiness probe".
func splitWords(text string, isName func(string) bool) []string {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		if isName(words[i-1] + " " + words[i]) {
			return nil
		}
	}
	return words
}

// pairSeparator matches what may separate two terms after the name of the compare command.
var pairSeparator = lazyregexp.New(`\s+(?:and|with|to|&|と)\s+|\s*[,、/]\s*|と`)

// SplitPair splits "A B" into two terms, each of one or more words. isTerm reports whether text is
// the name of a single term.
func SplitPair(text string, isTerm func(string) bool) (left, right string, ok bool) {
	for _, at := range pairSeparator.FindAllStringIndex(text, 4) {
		left, right := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		if !isTerm(left) {
			continue
		}
		if isTerm(right) {
			return left, right, true
		}
	}
	words := strings.Fields(text)
	if len(words) > 12 {
		return "", "", false
	}
	for i := 1; i < len(words); i++ {
		left, right := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if !isTerm(left) {
			continue
		}
		if isTerm(right) {
			return left, right, true
		}
	}
	if len(words) == 2 {
		return words[0], words[1], true
	}
	return "", "", false
}
