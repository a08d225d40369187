// Package markdown writes Discord's Markdown and reads what users write
// (https://docs.discord.com/developers/reference#message-formatting).
package markdown

import (
	"regexp"
	"strings"

	"k8sbot/glossary/mark"
)

// Escape returns s in a form that Discord's Markdown shows literally: the result cannot ping
// anyone, contain a link, hide text or format it
// (https://docs.discord.com/developers/reference#message-formatting). A backslash removes the
// special meaning of the punctuation mark after it.
func Escape(s string) string {
	return lineStart.ReplaceAllString(escaper.Replace(s), `$1\$2`)
}

var (
	escaper = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "~", `\~`, "|", `\|`, "`", "\\`",
		"<", `\<`, "[", `\[`, "]", `\]`, "@", `\@`, ":", `\:`)
	// lineStart matches what starts a quote, a heading, a list or small text at the
	// beginning of a line, including the number of a list item.
	lineStart = regexp.MustCompile(`(?m)^(\s*|\s*\d+)([>#\-.])`)
)

// Code returns text that is shown literally in a monospaced font. A backtick would end the
// code, so a lookalike replaces it.
func Code(s string) string { return "`" + replaceBackticks(s) + "`" }

// CodeBlock is like [Code], for whole lines.
func CodeBlock(s string) string { return "```\n" + replaceBackticks(s) + "\n```" }

// Marked converts the code marks in text to Markdown (see [mark.Spans]), and escapes everything
// else.
func Marked(text string) string {
	var out strings.Builder
	for _, s := range mark.Spans(text) {
		if s.Code {
			out.WriteString(Code(s.Text))
		} else {
			out.WriteString(Escape(s.Text))
		}
	}
	return out.String()
}

func replaceBackticks(s string) string { return strings.ReplaceAll(s, "`", "ˋ") }

var (
	// entity matches mentions of users, roles, channels and commands, custom emoji, and
	// timestamps.
	entity = regexp.MustCompile(`<(?:@[!&]?|#|/[^:<>]+:|a?:[^:<>]+:|t:)[^<>]*>`)
	fence  = regexp.MustCompile("(?m)^```[a-zA-Z0-9+-]*$|```")
)

// Plain returns the text of a user's message without mentions, and without the fences of
// code blocks.
func Plain(text string) string {
	text = entity.ReplaceAllString(text, " ")
	text = fence.ReplaceAllString(text, "\n")
	return strings.Trim(strings.TrimSpace(text), "` \n")
}

// Linked is like [Marked], but appends a link to address, unless address is "". Discord shows users
// the address before opening it.
func Linked(text, label, address string) string {
	if address == "" {
		return Marked(text)
	}
	address = strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "\n", "").Replace(address)
	return strings.TrimSpace(Marked(text) + " [" + Escape(label) + "](<" + address + ">)")
}
