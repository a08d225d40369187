// Package mark reads the code marks in texts: text between two backticks is code, such as
// `OOMKilled`. Each platform shows code in its own way.
package mark

import "strings"

// A Span is a part of text that is either code or not.
type Span struct {
	Text string
	Code bool
}

// Spans splits text at its code marks. An unclosed mark is part of the text.
func Spans(text string) []Span {
	var spans []Span
	for text != "" {
		before, rest, ok := strings.Cut(text, "`")
		inside, after, closed := strings.Cut(rest, "`")
		if !ok || !closed {
			return append(spans, Span{Text: text})
		}
		if before != "" {
			spans = append(spans, Span{Text: before})
		}
		if inside != "" {
			spans = append(spans, Span{Text: inside, Code: true})
		}
		text = after
	}
	return spans
}

// Strip returns text without its code marks.
func Strip(text string) string {
	if !strings.Contains(text, "`") {
		return text
	}
	var b strings.Builder
	for _, s := range Spans(text) {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Literal replaces the backticks in text with apostrophes, so that [Spans] does not split
// it.
func Literal(text string) string { return strings.ReplaceAll(text, "`", "'") }
