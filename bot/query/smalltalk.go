package query

import (
	"slices"
	"strings"
	"unicode"
)

// A tone is what a word of small talk does. If a message has several tones, the highest one counts.
type tone int

const (
	filler tone = iota + 1 // says nothing alone, such as "very"
	greets
	thanks
)

// words contains the words of small talk in lower case. Japanese words may follow each other without
// spaces.
var words = tones(map[tone]string{
	greets: `hi hello hey hiya yo morning afternoon evening
		こんにちは こんばんは おはよう やあ もしもし お疲れ おつかれ はじめまして 初めまして よろしく 宜しく`,
	thanks: `thanks thank thx thanx ty tysm cheers nice cool great perfect awesome excellent ok okay
		ありがと ありがとう 有難う 助かり 助かった サンキュー 了解 承知 なるほど どうも さすが わかりました 分かりました`,
	filler: `a again all answer bot dear everybody everyone folks for friend good guys help it k8sbot lot lots many much really so team that thats the there this u very
		world you your youre ございます ございました です でした ました しました いたしました さま 様 さん お願いします おねがいします いつも 本当に とても ね よ ー`,
})

// phrases contains messages that are small talk, but whose words are not.
var phrases = map[string]tone{
	"ping": greets, "who are you": greets, "what are you": greets, "how are you": greets, "what can you do": greets, "what do you do": greets,
	"good bot": thanks, "good job": thanks, "nice job": thanks, "great job": thanks, "nice work": thanks, "great work": thanks, "well done": thanks, "got it": thanks,
	"i see": thanks, "no thanks": thanks, "never mind": thanks, "nevermind": thanks, "good night": thanks, "bye": thanks,
}

// tones returns the tone of each word. Spaces separate the words in lists.
func tones(lists map[tone]string) map[string]tone {
	all := make(map[string]tone)
	for t, list := range lists {
		for word := range strings.FieldsSeq(list) {
			all[word] = t
		}
	}
	return all
}

// apostrophes removes apostrophes, as in "that's".
var apostrophes = strings.NewReplacer("'", "", "’", "")

// SmallTalk reports in ok whether text is a greeting or says thanks, and in isThanks whether it
// says thanks. Mentions and emoji do not count.
func SmallTalk(text string) (isThanks, ok bool) {
	var said []string
	for field := range strings.FieldsSeq(strings.ToLower(text)) {
		if !isAside(field) {
			said = append(said, strings.FieldsFunc(field, func(r rune) bool { return unicode.IsPunct(r) && r != '\'' && r != '’' || unicode.IsSymbol(r) })...)
		}
	}
	t := phrases[strings.Join(said, " ")]
	if t != 0 {
		return t == thanks, true
	}
	for _, word := range said {
		next := toneOf(apostrophes.Replace(word))
		if next == 0 {
			return false, false
		}
		t = max(t, next)
	}
	return t == thanks, t >= greets
}

// toneOf returns the tone of a word, or of Japanese words without spaces. It returns 0 if a word is
// not small talk.
func toneOf(text string) tone {
	t := words[text]
	if t != 0 || text == "" || text[0] < 0x80 {
		return t
	}
	for text != "" {
		longest := ""
		for word := range words {
			if len(word) > len(longest) && strings.HasPrefix(text, word) {
				longest = word
			}
		}
		if longest == "" {
			return 0
		}
		t, text = max(t, words[longest]), text[len(longest):]
	}
	return t
}

// NothingToLookUp reports whether text contains nothing to look up. This is the case if each word
// is a mention of a person or a channel, or has no letters, like an emoji or a number.
func NothingToLookUp(text string) bool {
	for field := range strings.FieldsSeq(text) {
		if !isAside(field) && strings.ContainsFunc(field, unicode.IsLetter) {
			return false
		}
	}
	return true
}

// DropAsides returns a question without mentions of people and names of emoji. If nothing to look up is
// left, or if text has several lines, it returns text unchanged.
func DropAsides(text string) string {
	if !strings.ContainsAny(text, "@:") || strings.Contains(text, "\n") {
		return text
	}
	fields := strings.Fields(text)
	left := slices.DeleteFunc(slices.Clone(fields), func(word string) bool { return isAside(word) && word[0] != '#' })
	if question := strings.Join(left, " "); len(left) < len(fields) && !NothingToLookUp(question) {
		return question
	}
	return text
}

// isAside reports whether a word is a mention of a person or a channel, or the name of an emoji, such
// as :tada:.
func isAside(word string) bool {
	word = strings.TrimRight(word, ",.!?、。！？")
	name := strings.TrimLeft(word, "@#")
	if inner := strings.TrimPrefix(word, ":"); len(inner) < len(word) && strings.HasSuffix(inner, ":") {
		name = strings.TrimSuffix(inner, ":")
	}
	return name != word && strings.ContainsFunc(name, unicode.IsLetter) && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-+'", r)
	})
}
