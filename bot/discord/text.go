package discord

import (
	"regexp"
	"strings"
)

// escape makes a text dead where Discord reads Markdown: nothing pings, links,
// hides or formats (https://docs.discord.com/developers/reference#message-formatting).
// A backslash takes the meaning from any punctuation behind it.
func escape(s string) string {
	return lineStart.ReplaceAllString(escaper.Replace(s), `$1\$2`)
}

var (
	escaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "|", `\|`, "`", "\\`",
		"<", `\<`, "[", `\[`, "]", `\]`, "@", `\@`, ":", `\:`)
	// lineStart finds what makes a quote, a heading, a list or small print at the
	// beginning of a line, and the numbers of a list.
	lineStart = regexp.MustCompile(`(?m)^(\s*|\s*\d+)([>#\-.])`)
)

// code and codeBlock show a text as it is, in type of equal width. A backtick, which
// would end it, becomes its lookalike.
func code(s string) string { return "`" + replaceBackticks(s) + "`" }

func codeBlock(s string) string { return "```\n" + replaceBackticks(s) + "\n```" }

func replaceBackticks(s string) string { return strings.ReplaceAll(s, "`", "ˋ") }

var (
	// entity finds mentions of people, roles, channels and commands, emoji, and
	// times.
	entity = regexp.MustCompile(`<(?:@[!&]?|#|/[^:<>]+:|a?:[^:<>]+:|t:)[^<>]*>`)
	fence  = regexp.MustCompile("(?m)^```[a-zA-Z0-9+-]*$|```")
)

// plain returns what a person typed: without mentions, which are no words of
// Kubernetes, and without the fences around what they pasted.
func plain(text string) string {
	text = entity.ReplaceAllString(text, " ")
	text = fence.ReplaceAllString(text, "\n")
	return strings.Trim(strings.TrimSpace(text), "` \n")
}
