// Package form creates the modals of the Discord adapter and reads what people submit. It has
// its own types because discordgo v0.29.0 supports neither labels nor select menus in labels.
package form

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/glossary"
)

// Custom IDs of the modal that asks for multi-line text. The ID determines who sees the
// answer.
const (
	pasteID       = "1:paste"
	PublicPasteID = "1:paste:public"
)

// maxPaste is the maximum number of characters in a modal's text input
// (https://docs.discord.com/developers/components/reference#text-input).
const maxPaste = 4000

// PasteTitle is the title of the modal for pastes, and the name of the command in a message's
// menu.
var PasteTitle = glossary.Text{EN: "Explain Kubernetes terms", JA: "Kubernetes用語を説明"}

// SaveTitle is the name of the command in a message's menu that saves the message as a team
// term.
var SaveTitle = glossary.Text{EN: "Save as a team term", JA: "チームの用語として保存"}

// Custom IDs of the modal's inputs.
const (
	textInputID = "text"
	fileInputID = "file"
)

// A Modal is a form
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
type Modal struct {
	CustomID   string  `json:"custom_id"`
	Title      string  `json:"title"`
	Components []label `json:"components"`
}

// A label is a labeled input in a modal
// (https://docs.discord.com/developers/components/reference#label).
type label struct {
	Type        int    `json:"type"` // always labelType
	Label       string `json:"label"`
	Component   any    `json:"component"`
	Description string `json:"description,omitempty"` // shown below the label
}

func labelled(name string, input any) label {
	return label{Type: labelType, Label: name, Component: input}
}

// A textInput is a field for text
// (https://docs.discord.com/developers/components/reference#text-input).
type textInput struct {
	Type      discordgo.ComponentType  `json:"type"`
	CustomID  string                   `json:"custom_id"`
	Style     discordgo.TextInputStyle `json:"style"`
	Required  bool                     `json:"required"`
	MaxLength int                      `json:"max_length"`
	Value     string                   `json:"value,omitempty"`
}

// A fileUpload is a field for files
// (https://docs.discord.com/developers/components/reference#file-upload).
type fileUpload struct {
	Type      int    `json:"type"` // always fileUploadType
	CustomID  string `json:"custom_id"`
	MinValues int    `json:"min_values"`
	MaxValues int    `json:"max_values"`
	Required  bool   `json:"required"`
}

// Component types that discordgo lacks
// (https://docs.discord.com/developers/components/reference#component-object-component-types).
const (
	labelType      = 18
	fileUploadType = 19
)

// Paste returns the modal that asks for multi-line text or a file. If public is set,
// everyone sees the answer.
func Paste(l glossary.Lang, public bool) Modal {
	id := pasteID
	if public {
		id = PublicPasteID
	}
	text, file := "kubectl output, events or logs", "or a text file of up to 1 MiB"
	if l == glossary.Japanese {
		text, file = "kubectlの出力、イベント、ログなど", "またはテキストファイル(1 MiBまで)"
	}
	return Modal{
		CustomID: id, Title: PasteTitle.In(l),
		Components: []label{
			labelled(text, textInput{Type: discordgo.TextInputComponent, CustomID: textInputID, Style: discordgo.TextInputParagraph, MaxLength: maxPaste}),
			labelled(file, fileUpload{Type: fileUploadType, CustomID: fileInputID, MaxValues: 1}),
		},
	}
}
