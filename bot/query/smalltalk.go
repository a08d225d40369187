package query

import (
	"strings"
	"unicode"
)

// greetings contains messages that are not questions, in lower case and without punctuation. The
// value is true for messages that say thanks.
var greetings = map[string]bool{
	"hi": false, "hello": false, "hey": false, "hi there": false, "hello there": false, "good morning": false, "yo": false, "ping": false,
	"こんにちは": false, "こんばんは": false, "おはよう": false, "おはようございます": false, "やあ": false, "もしもし": false,
	"thanks": true, "thank you": true, "thx": true, "ty": true, "cheers": true, "great thanks": true, "ok thanks": true, "thanks a lot": true,
	"thank you very much": true, "nice": true, "cool": true, "great": true, "good bot": true, "got it": true, "ok": true, "okay": true,
	"ありがとう": true, "ありがとうございます": true, "ありがとうございました": true, "助かりました": true, "助かった": true, "サンキュー": true,
	"了解": true, "了解です": true, "なるほど": true, "どうも": true, "さすが": true,
}

// SmallTalk reports in ok whether text is a greeting or says thanks, and in thanks whether it
// says thanks.
func SmallTalk(text string) (thanks, ok bool) {
	words := strings.Fields(strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return ' '
		}
		return r
	}, text)))
	thanks, ok = greetings[strings.Join(words, " ")]
	return thanks, ok
}

// NothingToLookUp reports whether text contains nothing to look up. This is the case if it is a
// mention of a person or a channel, or if it has no letters, like an emoji or a number.
func NothingToLookUp(text string) bool {
	isWord := !strings.ContainsFunc(text, unicode.IsSpace)
	isPerson := strings.HasPrefix(text, "@")
	isEmoji := strings.HasPrefix(text, ":") && strings.HasSuffix(text, ":") // :tada:
	return isWord && (isPerson || isEmoji) || !strings.ContainsFunc(text, unicode.IsLetter)
}
