// Package plain rewrites messages and views in forms that use only the oldest parts of Block Kit,
// for a Slack that refuses a message's blocks
// (https://docs.slack.dev/reference/block-kit/blocks).
package plain

import (
	"encoding/json"
	"slices"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/slack/blockkit"
)

// The forms of a message or view.
const (
	Rendered platform.Form = iota // as rendered
	Sections                      // sections, buttons and inputs
	Text                          // text only; in a view, sections
)

// Message returns a message in the given form.
func Message(m blockkit.Message, form platform.Form) blockkit.Message {
	if form == Rendered {
		return m
	}
	r := reader{blocks: []slack.Block{}, controls: form == Sections, whole: form == Text}
	r.read(m.Blocks)
	m.Blocks = r.blocks // not nil, which would leave the blocks of an edited message as they are
	if form == Text {
		m.Text, m.Mrkdwn = r.open, true
	}
	return m
}

// View returns a modal or a Home tab in the given form. A view without inputs has no button to
// submit it.
func View(v slack.ModalViewRequest, form platform.Form) slack.ModalViewRequest {
	if form == Rendered {
		return v
	}
	r := reader{controls: form == Sections}
	r.read(v.Blocks.BlockSet)
	v.Blocks.BlockSet = r.blocks
	if !slices.ContainsFunc(v.Blocks.BlockSet, func(b slack.Block) bool { return b.BlockType() == slack.MBTInput }) {
		v.Submit = nil
	}
	return v
}

// lastOf returns the plainest form in which a view is of use: a form to fill in needs its inputs.
func lastOf(v slack.ModalViewRequest) platform.Form {
	for _, b := range v.Blocks.BlockSet {
		if t := b.BlockType(); t != slack.MBTInput && t != slack.MBTContext {
			return Text
		}
	}
	return Rendered
}

// Decode returns a message that was encoded as JSON. It must be valid.
func Decode(data []byte) blockkit.Message {
	var v struct {
		blockkit.Message
		Blocks []json.RawMessage `json:"blocks"` // instead of the Message's
	}
	if err := json.Unmarshal(data, &v); err != nil {
		panic(err) // a bug: this program has encoded it
	}
	for _, raw := range v.Blocks {
		v.Message.Blocks = append(v.Message.Blocks, rawBlock{raw})
	}
	return v.Message
}

// Types returns the types of blocks, sorted.
func Types(blocks []slack.Block) (types []string) {
	for _, b := range blocks {
		types = append(types, string(b.BlockType()))
	}
	slices.Sort(types)
	return slices.Compact(types)
}
