package slack

import "github.com/slack-go/slack"

// The blocks that are sent (https://docs.slack.dev/reference/block-kit/blocks) are
// the library's, but for lists and preformatted texts: the library writes the fields
// indent, border and offset of these even where they say nothing.

type listElement struct {
	Type     slack.RichTextElementType     `json:"type"`
	Style    slack.RichTextListElementType `json:"style"`
	Elements []slack.RichTextElement       `json:"elements"`
}

func (e listElement) RichTextElementType() slack.RichTextElementType { return e.Type }

type preformattedElement struct {
	Type     slack.RichTextElementType      `json:"type"`
	Elements []slack.RichTextSectionElement `json:"elements"`
}

func (e preformattedElement) RichTextElementType() slack.RichTextElementType { return e.Type }

// plainText is a text that Slack takes as it is: without emoji, since :smile: is what
// somebody typed.
func plainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func section(elements ...slack.RichTextSectionElement) *slack.RichTextSection {
	return slack.NewRichTextSection(elements...)
}
