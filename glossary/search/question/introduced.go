package question

import (
	"strings"

	"k8sbot/glossary/fold"
	"k8sbot/glossary/lazyregexp"
)

// introduced returns the name that the question s introduces before it asks about it: Helmfile in "my team
// uses helmfile, what is that" and in 「チームにhelmfileって言われたんだけど何それ」. It returns false if s is not
// such a question.
func introduced(s string) (name string, ok bool) {
	if !fold.HasJapanese(s) {
		if !containsAny(s, pronouns) {
			return "", false
		}
		m := asksAboutIt.FindStringSubmatch(s)
		if m == nil {
			return "", false
		}
		name = introducer.ReplaceAllString(m[1], "")
		return introducedIn.ReplaceAllString(name, ""), name != m[1]
	}
	if m := quoted.FindStringSubmatch(s); m != nil {
		return m[1], true
	}
	if m := used.FindStringSubmatch(s); m != nil {
		return m[1], true
	}
	if at := excuse.FindStringIndex(s); at != nil && containsAny(s[at[1]:], asksWhat) {
		return s[at[1]:], true
	}
	return "", false
}

var (
	asksWhat = []string{"って", "とは", "は何", "はなに", "教え", "教示", "説明"}
	certain  = []string{"the ", "my ", "our ", "this ", "that "}
	// asksAboutIt matches an English question about what it mentioned before.
	asksAboutIt = lazyregexp.New(`(?i)^(.+?)(?: ?[,.;:!-]| and)? (?:so |but |and )?(?:(?:what(?:'s|s| is| are)?|wtf is|wth is|is|are) (?:it|that|this|those|these|they)|what (?:does|do|did) (?:it|that|this|those|these|they) (?:even )?(?:do|mean))(?: (?:for|about|exactly|again|any good|worth it|used for|good for|all about))?$`)
	// introducer matches an English sentence up to the name that it introduces.
	introducer = lazyregexp.New(`(?i)^.*\b(?:about|mention(?:ed|s|ing)?|show(?:s|ing)?|g[eo]ts?|getting|us(?:es|e|ed|ing)|called|says?|said|saw|sees?|seeing|found|needs?|ha(?:s|ve)|set(?: up)?|install(?:ed)?)\b(?: (?:an?|the|some|this|our|something called))? `)
	// introducedIn matches what follows the name.
	introducedIn = lazyregexp.New(`(?i) (?:in|on|inside|for|at) [^,]*$`)
	// quoted matches a Japanese question about what somebody said or wrote.
	quoted = lazyregexp.New(`^(?:[^、。]{0,12}?[にがで])?([^、。]{2,40}?)(?:って|と|とか)(?:いうのが)?(?:言われ|いわれ|書いて|書かれ|出て|聞い)[^。]*(?:何|なに|なん|これ|それ)`)
	// used matches a Japanese question about what somebody uses.
	used = lazyregexp.New(`(?:^|[\p{Hiragana}、])([^\p{Hiragana}、。]{2,40})(?:を|って|が)?(?:使って|使われて|入れて|動いて|入って)[^。]*(?:けど|が|て)[、 ]*(?:これ|それ|あれ|何|なに)(?:って|は)?(?:結局|一体|いったい)?(?:何|なに|なん|それ|これ)`)
	// excuse matches what comes before a Japanese question, such as 初心者なんですけど.
	excuse = lazyregexp.New(`^[^、。]{0,20}?(?:んだけど|んですけど|ですけど|なのですが|んですが|ですが|すみません|すいません)[、, ]*`)
)

// framed returns the name between two parts of an English question, such as X in "is X still a thing" and
// "where is X stored". It returns false if s is not such a question.
func framed(s string) (name string, ok bool) {
	switch first, _, _ := strings.Cut(s, " "); strings.ToLower(first) {
	case "is", "are", "does", "do", "can", "what", "where":
	default:
		return "", false
	}
	m := frame.FindStringSubmatch(s)
	if m == nil || hasAnyPrefix(strings.ToLower(m[1]), certain) { // "is the node dead" is a complaint
		return "", false
	}
	return m[1] + m[2] + m[3] + m[4] + m[5], true
}

var frame = lazyregexp.New(`(?i)^(?:(?:is|are) (?:an? )?(.+?) (?:(?:already |now |finally )?(?:deprecated|dead|obsolete|removed)|still (?:a thing|used|needed|supported|relevant|maintained|around)|worth it|any good|safe(?: in .*)?|stable|overkill(?: .*)?|mandatory|required|optional|necessary|free|open source|part of (?:kubernetes|k8s)|the default|namespaced|a must|normal|an error|a bug|a problem|fatal|critical|dangerous|bad(?: practice)?)(?: now| yet| anymore)?` +
	`|(?:does|do|did) (.+?) (?:cost anything|still exist|exist|go away(?: on its own| by itself)?)` +
	`|can (?:an? )?(.+?) be used in prod(?:uction)?` +
	`|what can (?:an? )?(.+?) do` +
	`|where (?:is|are|does|do) (?:the )?(.+?) (?:stored|saved|kept|live|located|defined|configured|come from))$`)
