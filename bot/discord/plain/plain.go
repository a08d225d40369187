// Package plain rewrites messages without embeds, for a channel in which Discord refuses embeds:
// without the permission Embed Links, it refuses a message that has only embeds
// (https://github.com/discord/discord-api-docs/issues/2601).
package plain

import (
	"encoding/json"
	"slices"
	"strings"

	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/platform"
)

// The forms of a message.
const (
	Rendered platform.Form = iota // as rendered
	Detached                      // not as a reply to another message, which needs the permission Read Message History
	Buttons                       // text with its buttons
	Text                          // text only
)

// maxContent is the maximum length of a message's text
// (https://docs.discord.com/developers/resources/message#create-message).
const maxContent = 2000

// fields are the fields of a message, or of the response to an interaction, as JSON.
type fields map[string]json.RawMessage

// Message returns an encoded message, or an encoded response to an interaction, in the given form.
// If it contains no embeds, such as a modal, it is returned as it is.
func Message(data []byte, form platform.Form) []byte {
	outer, m := read(data)
	if m == nil || form == Rendered {
		return data
	}
	delete(m, "message_reference")
	if form >= Buttons {
		var embeds []embed
		if json.Unmarshal(m["embeds"], &embeds) != nil {
			return data
		}
		m["content"], m["embeds"] = encode(content(embeds)), encode([]string{})
		m["components"] = encode(buttons(m["components"]))
		if form == Text {
			m["components"] = encode([]string{})
		}
	}
	if outer == nil {
		return encode(m)
	}
	outer["data"] = encode(m)
	return encode(outer)
}

// Features returns which optional parts a message has in the given form, sorted.
func Features(data []byte, form platform.Form) (features []string) {
	_, m := read(Message(data, form))
	for _, key := range []string{"components", "embeds", "message_reference"} {
		if value := m[key]; value != nil && string(value) != "[]" {
			features = append(features, key)
		}
	}
	return features
}

// read returns the fields of a message. If the message is in a response, outer has the fields of
// the response. m is nil if there is no message with embeds.
func read(data []byte) (outer, m fields) {
	if json.Unmarshal(data, &m) != nil {
		return nil, nil
	}
	if m["embeds"] == nil {
		outer, m = m, nil
		if json.Unmarshal(outer["data"], &m) != nil || m["embeds"] == nil {
			return nil, nil
		}
	}
	return outer, m
}

// encode returns v as JSON. v consists of strings and of what was decoded, so this cannot fail.
func encode(v any) json.RawMessage {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// A component is a row, or something in it. Types are those of Discord
// (https://docs.discord.com/developers/components/reference#component-object-component-types).
type component struct {
	Type       int               `json:"type"`
	Components []json.RawMessage `json:"components"`
}

const row, button = 1, 2

// buttons returns the rows of a message with only their buttons.
func buttons(raw json.RawMessage) []component {
	var rows []component
	if json.Unmarshal(raw, &rows) != nil {
		return []component{}
	}
	for i := range rows {
		rows[i].Components = slices.DeleteFunc(rows[i].Components, func(raw json.RawMessage) bool {
			var c component
			return json.Unmarshal(raw, &c) != nil || c.Type != button
		})
	}
	return slices.DeleteFunc(rows, func(r component) bool { return r.Type != row || len(r.Components) == 0 })
}

// An embed is an embed of a message. Its titles, descriptions and fields are in Markdown; its other
// texts are plain.
type embed struct {
	Title       string `json:"title"`
	URL         string `json:"url"`
	Description string `json:"description"`
	Author      struct {
		Name string `json:"name"`
	} `json:"author"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Fields []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
}

// content returns embeds as Markdown of at most maxContent characters.
func content(embeds []embed) string {
	var parts []string
	add := func(text, before, after string) {
		if text != "" {
			parts = append(parts, before+text+after)
		}
	}
	for _, e := range embeds {
		add(markdown.Escape(e.Author.Name), "", "")
		if e.URL != "" {
			add(e.Title, "**[", "](<"+e.URL+">)**")
		} else {
			add(e.Title, "**", "**")
		}
		add(e.Description, "", "")
		for _, f := range e.Fields {
			add(f.Value, "**"+f.Name+"**\n", "")
		}
		add(markdown.Escape(e.Footer.Text), "-# ", "")
	}
	var text strings.Builder
	left := maxContent
	for _, p := range parts {
		short := p
		if platform.UTF16(p)+1 > left { // a code block or a link that is cut off would change the rest
			short = platform.Mark
		}
		if platform.UTF16(short)+1 > left {
			break
		}
		text.WriteString(short + "\n")
		if left -= platform.UTF16(short) + 1; short != p {
			break
		}
	}
	return strings.TrimSpace(text.String())
}
