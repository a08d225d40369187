package slack

import "github.com/slack-go/slack"

// The blocks that are sent, as the reference of Block Kit has them
// (https://docs.slack.dev/reference/block-kit/blocks). The library's own types
// take four times as long to encode, and answering is mostly encoding.

type textObject struct {
	Type  string `json:"type"` // always plain_text
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"` // always false: :smile: is what somebody typed
}

func plainText(s string) textObject { return textObject{Type: "plain_text", Text: s} }

type headerBlock struct {
	Type string     `json:"type"`
	Text textObject `json:"text"`
}

type contextBlock struct {
	Type     string       `json:"type"`
	Elements []textObject `json:"elements"`
}

type sectionBlock struct {
	Type   string       `json:"type"`
	Text   textObject   `json:"text"`
	Fields []textObject `json:"fields,omitempty"`
}

type dividerBlock struct {
	Type string `json:"type"`
}

type actionsBlock struct {
	Type    string   `json:"type"`
	BlockID string   `json:"block_id"`
	Buttons []button `json:"elements"`
}

type button struct {
	Type     string     `json:"type"`
	ActionID string     `json:"action_id"`
	Text     textObject `json:"text"`
	Style    string     `json:"style,omitempty"`
}

type inputBlock struct {
	Type           string     `json:"type"`
	BlockID        string     `json:"block_id"`
	DispatchAction bool       `json:"dispatch_action"`
	Optional       bool       `json:"optional"`
	Label          textObject `json:"label"`
	Element        textInput  `json:"element"`
}

type textInput struct {
	Type        string     `json:"type"`
	ActionID    string     `json:"action_id"`
	Placeholder textObject `json:"placeholder"`
}

type richText struct {
	Type     string `json:"type"`
	Elements []part `json:"elements"`
}

// A part is a section, a list or a preformatted text of a rich text, or a text
// or a link within.
type part struct {
	Type     string `json:"type"`
	Text     string `json:"text,omitempty"`
	URL      string `json:"url,omitempty"`
	Style    any    `json:"style,omitempty"` // *fontStyle of a text, listStyle of a list
	Elements []part `json:"elements,omitempty"`
}

type fontStyle struct {
	Bold bool `json:"bold,omitempty"`
	Code bool `json:"code,omitempty"`
}

type listStyle string

const (
	bullet  listStyle = "bullet"
	ordered listStyle = "ordered"
)

func (b headerBlock) BlockType() slack.MessageBlockType  { return slack.MBTHeader }
func (b contextBlock) BlockType() slack.MessageBlockType { return slack.MBTContext }
func (b sectionBlock) BlockType() slack.MessageBlockType { return slack.MBTSection }
func (b dividerBlock) BlockType() slack.MessageBlockType { return slack.MBTDivider }
func (b actionsBlock) BlockType() slack.MessageBlockType { return slack.MBTAction }
func (b inputBlock) BlockType() slack.MessageBlockType   { return slack.MBTInput }
func (b richText) BlockType() slack.MessageBlockType     { return slack.MBTRichText }

func (b headerBlock) ID() string  { return "" }
func (b contextBlock) ID() string { return "" }
func (b sectionBlock) ID() string { return "" }
func (b dividerBlock) ID() string { return "" }
func (b actionsBlock) ID() string { return b.BlockID }
func (b inputBlock) ID() string   { return b.BlockID }
func (b richText) ID() string     { return "" }
