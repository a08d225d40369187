package plain

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/mrkdwn"
)

// A node is a block, an element of a block or a text, as JSON. The same name has different types in
// different blocks.
type node struct {
	Type     string            `json:"type"`
	Text     json.RawMessage   `json:"text"`  // a string or a text
	Style    json.RawMessage   `json:"style"` // a string, or the style of rich text
	Elements []json.RawMessage `json:"elements"`
	URL      string            `json:"url"`
}

// nodeOf returns a block as a node. A block that cannot be encoded becomes an empty node.
func nodeOf(b slack.Block) node {
	data, _ := json.Marshal(b)
	return decoded(data)
}

func decoded(data json.RawMessage) (n node) {
	_ = json.Unmarshal(data, &n) // what does not fit stays empty
	return n
}

// string returns the text of an element of rich text, or of a text object.
func (n node) string() string {
	var s string
	_ = json.Unmarshal(n.Text, &s) // "" if it is not a string
	return s
}

// A rawBlock is a block that is sent as it was read.
type rawBlock struct{ json.RawMessage }

// BlockType implements [slack.Block].
func (b rawBlock) BlockType() slack.MessageBlockType {
	return slack.MessageBlockType(decoded(b.RawMessage).Type)
}

// ID implements [slack.Block].
func (b rawBlock) ID() string { return "" }

// A reader collects what blocks contain.
type reader struct {
	blocks   []slack.Block
	open     string // text in mrkdwn for the next section
	controls bool   // whether buttons and inputs are kept
	whole    bool   // whether all text stays in open
}

// read reads blocks. Menus are left out.
func (r *reader) read(blocks []slack.Block) {
	for _, b := range blocks {
		n := nodeOf(b)
		switch n.Type {
		case "header", "section":
			r.add(textOf(n.Text, n.Type == "header"))
		case "context":
			var texts []string
			for _, e := range n.Elements {
				texts = append(texts, textOf(e, false))
			}
			r.add(strings.Join(texts, " "))
		case "rich_text":
			for _, e := range n.Elements {
				r.add(rich(decoded(e)))
			}
		case "actions":
			r.keep(buttons(n))
		case "input":
			r.keep(b)
		}
	}
	if !r.whole {
		r.flush()
	}
}

// add adds text. It is never cut off inside a code block, because that would change what follows.
func (r *reader) add(text string) {
	if !r.whole && platform.Runes(r.open)+platform.Runes(text) >= blockkit.MaxText {
		r.flush()
		if platform.Runes(text) > blockkit.MaxText {
			text = platform.Shorten(strings.ReplaceAll(text, "```\n", ""), blockkit.MaxText, platform.Runes)
		}
	}
	r.open = strings.TrimPrefix(r.open+"\n"+text, "\n")
}

// flush ends the section.
func (r *reader) flush() {
	if text := strings.TrimSpace(r.open); text != "" {
		r.blocks = append(r.blocks, slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, true), nil, nil))
	}
	r.open = ""
}

func (r *reader) keep(b slack.Block) {
	if b != nil && r.controls {
		r.flush()
		r.blocks = append(r.blocks, b)
	}
}

// textOf returns a text object as mrkdwn.
func textOf(raw json.RawMessage, bold bool) string {
	n := decoded(raw)
	if n.Type == "mrkdwn" {
		return n.string()
	}
	return styled(n.string(), bold, false)
}

// buttons returns a row of actions with only its buttons, or nil if it has none.
func buttons(row node) slack.Block {
	var kept []string
	for _, e := range row.Elements {
		if decoded(e).Type == "button" {
			kept = append(kept, string(e))
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return rawBlock{json.RawMessage(`{"type":"actions","elements":[` + strings.Join(kept, ",") + `]}`)}
}

// rich returns an element of a block of rich text as mrkdwn.
func rich(n node) string {
	var b strings.Builder
	for i, raw := range n.Elements {
		e := decoded(raw)
		var style struct{ Bold, Code bool }
		_ = json.Unmarshal(e.Style, &style) // no style if there is none
		switch {
		case n.Type == "rich_text_list" && string(n.Style) == `"ordered"`:
			b.WriteString("\n" + strconv.Itoa(i+1) + ". " + rich(e))
		case n.Type == "rich_text_list":
			b.WriteString("\n• " + rich(e))
		case n.Type == "rich_text_preformatted":
			b.WriteString(mrkdwn.Escape(strings.ReplaceAll(e.string(), "```", "'''")))
		case e.URL != "":
			b.WriteString(mrkdwn.Link(e.URL, cmp.Or(e.string(), e.URL)))
		default:
			b.WriteString(styled(e.string(), style.Bold, style.Code))
		}
	}
	text := strings.Trim(b.String(), "\n")
	switch n.Type {
	case "rich_text_preformatted":
		return "```\n" + text + "\n```"
	case "rich_text_quote":
		return "> " + strings.ReplaceAll(text, "\n", "\n> ")
	}
	return text
}

// marks separates marks that are part of a text from what they would mark.
var marks = strings.NewReplacer("*", "\u200b*", "_", "\u200b_", "~", "\u200b~", "`", "\u200b`", ":", "\u200b:")

// styled returns text in bold or as code. Space around the text stays outside the marks, since
// Slack would show the marks otherwise.
func styled(s string, bold, code bool) string {
	text := strings.TrimSpace(s)
	marked := mrkdwn.Escape(text)
	switch {
	case code:
		marked = mrkdwn.Code(strings.ReplaceAll(text, "`", "'"))
	case !mrkdwn.IsLiteral(text):
		marked = marks.Replace(marked)
	}
	if bold && text != "" && !strings.Contains(text, "\n") {
		marked = "*" + marked + "*"
	}
	if text == "" {
		return s
	}
	return strings.Replace(s, text, marked, 1)
}
