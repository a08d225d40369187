// Package question recognizes the forms of what people type that a search would misread:
// comparisons, lists of terms, greetings, and texts that ask nothing.
package question

import (
	"regexp"
	"strings"
	"unicode"
)

// greetings are what people say to a bot that is not a question, in lower case without
// punctuation. True if it is thanks.
var greetings = map[string]bool{
	"hi": false, "hello": false, "hey": false, "hi there": false, "hello there": false, "good morning": false, "yo": false, "ping": false,
	"こんにちは": false, "こんばんは": false, "おはよう": false, "おはようございます": false, "やあ": false, "もしもし": false,
	"thanks": true, "thank you": true, "thx": true, "ty": true, "cheers": true, "great thanks": true, "ok thanks": true, "thanks a lot": true,
	"thank you very much": true, "nice": true, "cool": true, "great": true, "good bot": true, "got it": true, "ok": true, "okay": true,
	"ありがとう": true, "ありがとうございます": true, "ありがとうございました": true, "助かりました": true, "助かった": true, "サンキュー": true,
	"了解": true, "了解です": true, "なるほど": true, "どうも": true, "さすが": true,
}

// IsGreeting reports whether a text is a greeting or thanks, and which.
func IsGreeting(text string) (thanks, ok bool) {
	words := strings.Fields(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return ' '
		}
		return r
	}, text)))
	thanks, ok = greetings[strings.Join(words, " ")]
	return thanks, ok
}

// IsNone reports whether a text has nothing to look up: it names a person or a
// channel, or has no letters, such as an emoji or a number.
func IsNone(text string) bool {
	isWord := !strings.ContainsFunc(text, unicode.IsSpace)
	isPerson := strings.HasPrefix(text, "@")
	isEmoji := strings.HasPrefix(text, ":") && strings.HasSuffix(text, ":") // :tada:
	return isWord && (isPerson || isEmoji) || !strings.ContainsFunc(text, unicode.IsLetter)
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

// Sides returns the two sides of a comparison, and false for any other text.
func Sides(text string) (left, right string, ok bool) {
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

// pairSeparator matches what may separate two terms after the command's name.
var pairSeparator = regexp.MustCompile(`\s+(?:and|with|to|&|と)\s+|\s*[,、/]\s*|と`)

// Pairs returns the ways to split a text into two terms, at most four, in order.
func Pairs(text string) [][2]string {
	var pairs [][2]string
	for _, at := range pairSeparator.FindAllStringIndex(text, 4) {
		pairs = append(pairs, [2]string{strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])})
	}
	return pairs
}

// listSeparator matches what separates more than two terms.
var listSeparator = regexp.MustCompile(`(?i)\s+(?:vs\.?|versus)\s+|(?:\s*[,、/]\s*(?:and\s+|or\s+)?)|\s+(?:and|or)\s+|\s*と\s*`)

// List returns the parts of "A vs B vs C" or "A, B and C", at most limit.
func List(text string, limit int) []string {
	parts := listSeparator.Split(strings.TrimRight(text, "?？。. "), limit)
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
	}
	return parts
}
