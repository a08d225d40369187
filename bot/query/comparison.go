package query

import (
	"regexp"
	"strings"
)

// listSeparator matches what separates more than two terms.
var listSeparator = regexp.MustCompile(`(?i)\s+(?:vs\.?|versus)\s+|(?:\s*[,、/]\s*(?:and\s+|or\s+)?)|\s+(?:and|or)\s+|\s*と\s*`)

// SplitList splits "A vs B vs C" or "A, B and C" into at most limit parts.
func SplitList(text string, limit int) []string {
	parts := listSeparator.Split(strings.TrimRight(text, "?？。. "), limit)
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}

// comparisons are the forms in which people ask for a difference.
var comparisons = []*regexp.Regexp{
	regexp.MustCompile(`(?is)^(.+?)\s+(?:vs\.?|versus)\s+(.+)$`),
	regexp.MustCompile(`(?is)^(?:what(?:'s| is) )?(?:the )?difference between (.+?) and (.+)$`),
	regexp.MustCompile(`(?is)^how (?:is|does) (.+?) (?:different|differ) from (.+)$`),
	regexp.MustCompile(`(?is)^(?:should i (?:use|choose|pick)|when (?:do i|should i|to) use|which (?:one )?is better,?|do i need) (.+?) or (.+)$`),
	regexp.MustCompile(`(?is)^(?:is|are) (.+?) the same (?:thing )?as (.+)$`),
	regexp.MustCompile(`(?s)^(.+?)\s*と\s*(.+?)[、,]?\s*(?:の違い|のちがい|の差|の比較|を比較|の使い分け|(?:は|って)?(?:どう違|何が違|なにが違|同じ)|の?(?:うち)?(?:は|って)?(?:どっち|どちら)).*$`),
	regexp.MustCompile(`(?s)^(.+?)か(.+?)[、,]?(?:どっち|どちら).*$`),
	regexp.MustCompile(`(?s)^(.+?)(?:って|は)(.+?)と(?:同じ|一緒|(?:どう|何が|なにが)?違).*$`),
}

// SplitComparison returns the two sides of a comparison, and false for any other text.
func SplitComparison(text string) (left, right string, ok bool) {
	if strings.Contains(text, "\n") || TooLong(text) {
		return "", "", false
	}
	for _, re := range comparisons {
		if m := re.FindStringSubmatch(strings.TrimRight(text, "?？。. ")); m != nil {
			// Of three terms, the first two.
			right, _, _ := strings.Cut(m[2], " vs ")
			return strings.TrimSpace(m[1]), strings.TrimSpace(right), true
		}
	}
	return "", "", false
}
