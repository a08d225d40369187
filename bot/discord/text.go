package discord

import (
	"regexp"
	"strings"
)

// escape returns a text that Discord's Markdown shows literally: nothing pings, links,
// hides or formats (https://docs.discord.com/developers/reference#message-formatting).
// A backslash removes the meaning of any punctuation after it.
func escape(s string) string {
	return lineStart.ReplaceAllString(escaper.Replace(s), `$1\$2`)
}

var (
	escaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "|", `\|`, "`", "\\`",
		"<", `\<`, "[", `\[`, "]", `\]`, "@", `\@`, ":", `\:`)
	// lineStart matches what starts a quote, a heading, a list or small text at the
	// beginning of a line, including the number of a list item.
	lineStart = regexp.MustCompile(`(?m)^(\s*|\s*\d+)([>#\-.])`)
)

// code and codeBlock show a text literally in a monospaced font. A backtick would end
// the code, so a lookalike replaces it.
func code(s string) string { return "`" + replaceBackticks(s) + "`" }

func codeBlock(s string) string { return "```\n" + replaceBackticks(s) + "\n```" }

func replaceBackticks(s string) string { return strings.ReplaceAll(s, "`", "ˋ") }

var (
	// entity matches mentions of users, roles, channels and commands, custom emoji, and
	// timestamps.
	entity = regexp.MustCompile(`<(?:@[!&]?|#|/[^:<>]+:|a?:[^:<>]+:|t:)[^<>]*>`)
	fence  = regexp.MustCompile("(?m)^```[a-zA-Z0-9+-]*$|```")
)

// plain returns the text of a user's message without mentions, and without the fences of
// code blocks.
func plain(text string) string {
	text = entity.ReplaceAllString(text, " ")
	text = fence.ReplaceAllString(text, "\n")
	return strings.Trim(strings.TrimSpace(text), "` \n")
}
