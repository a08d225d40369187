package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/platform/textfile"
	"k8sbot/glossary"
)

// The custom IDs of the modal that asks for multi-line text. The ID says who sees the
// answer.
const (
	modalID       = "1:paste"
	publicModalID = "1:paste:public"
)

// explainTitle is the title of that modal, and the name of the command in the menu of a
// message.
var explainTitle = glossary.Text{EN: "Explain Kubernetes terms", JA: "Kubernetes用語を説明"}

// The custom IDs of its inputs.
const (
	textInputID = "text"
	fileInputID = "file"
)

// A modal is a form
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
type modal struct {
	CustomID   string  `json:"custom_id"`
	Title      string  `json:"title"`
	Components []label `json:"components"`
}

// A label is an input of a modal with its name
// (https://docs.discord.com/developers/components/reference#label). discordgo lacks labels.
type label struct {
	Type      int    `json:"type"` // labelType
	Label     string `json:"label"`
	Component any    `json:"component"`
}

// A textInput is a field for text
// (https://docs.discord.com/developers/components/reference#text-input).
type textInput struct {
	Type      discordgo.ComponentType  `json:"type"`
	CustomID  string                   `json:"custom_id"`
	Style     discordgo.TextInputStyle `json:"style"`
	Required  bool                     `json:"required"`
	MaxLength int                      `json:"max_length"`
}

// A fileUpload is a field for files
// (https://docs.discord.com/developers/components/reference#file-upload).
type fileUpload struct {
	Type      int    `json:"type"` // fileUploadType
	CustomID  string `json:"custom_id"`
	MinValues int    `json:"min_values"`
	MaxValues int    `json:"max_values"`
	Required  bool   `json:"required"`
}

// Types of components that discordgo lacks
// (https://docs.discord.com/developers/components/reference#component-object-component-types).
const (
	labelType      = 18
	fileUploadType = 19
)

// pasteModal returns the modal that asks for multi-line text or a file. If public is set,
// everyone sees the answer.
func pasteModal(l glossary.Lang, public bool) response {
	id := modalID
	if public {
		id = publicModalID
	}
	text, file := "kubectl output, events or logs", "or a text file of up to 1 MiB"
	if l == glossary.Japanese {
		text, file = "kubectlの出力、イベント、ログなど", "またはテキストファイル(1 MiBまで)"
	}
	return response{discordgo.InteractionResponseModal, modal{
		CustomID: id, Title: explainTitle.In(l),
		Components: []label{
			{labelType, text, textInput{Type: discordgo.TextInputComponent, CustomID: textInputID, Style: discordgo.TextInputParagraph, MaxLength: maxPaste}},
			{labelType, file, fileUpload{Type: fileUploadType, CustomID: fileInputID, MaxValues: 1}},
		},
	}}
}

// pasted returns the text entered in the modal.
func (i interaction) pasted() string {
	for _, row := range i.Data.Components {
		for _, c := range append(row.Components, row.Component) {
			if c.CustomID == textInputID {
				return c.Value
			}
		}
	}
	return ""
}

// uploaded returns the files uploaded in the modal.
func (i interaction) uploaded() []textfile.File {
	var files []attachedFile
	for _, row := range i.Data.Components {
		for _, id := range row.Component.Values {
			if f, ok := i.Data.Resolved.Attachments[id]; ok {
				files = append(files, f)
			}
		}
	}
	return filesOf(files)
}
