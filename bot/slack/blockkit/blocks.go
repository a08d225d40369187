package blockkit

import "github.com/slack-go/slack"

// Most blocks (https://docs.slack.dev/reference/block-kit/blocks) are the library's types.
// Lists and preformatted texts are not: the library encodes their indent, border and offset
// even if they are empty.

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

// PlainText returns text that Slack does not interpret. Emoji are off: a :smile: that a
// user typed stays unchanged.
func PlainText(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func section(elements ...slack.RichTextSectionElement) *slack.RichTextSection {
	return slack.NewRichTextSection(elements...)
}

// OnePrimary returns blocks in which only the first primary button is still primary, as Slack
// recommends (https://docs.slack.dev/reference/block-kit/block-elements/button-element).
func OnePrimary(blocks []slack.Block) []slack.Block {
	found := false
	for _, block := range blocks {
		row, ok := block.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if b, ok := e.(*slack.ButtonBlockElement); ok && b.Style == slack.StylePrimary {
				if found {
					b.Style = slack.StyleDefault
				}
				found = true
			}
		}
	}
	return blocks
}
