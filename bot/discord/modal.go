package discord

import (
	"github.com/bwmarrin/discordgo"

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

// A modal is a form with text inputs
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// pasteModal returns the modal that asks for multi-line text. If public is set, everyone
// sees the answer.
func pasteModal(l glossary.Lang, public bool) response {
	id := modalID
	if public {
		id = publicModalID
	}
	label := "kubectl output, events or logs"
	if l == glossary.Japanese {
		label = "kubectlの出力、イベント、ログなど"
	}
	return response{discordgo.InteractionResponseModal, modal{
		CustomID: id, Title: explainTitle.In(l),
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "text", Label: label, Style: discordgo.TextInputParagraph, Required: true, MaxLength: maxPaste},
		}}},
	}}
}

// pasted returns the text entered in the modal.
func (i interaction) pasted() string {
	for _, row := range i.Data.Components {
		for _, c := range row.Components {
			return c.Value
		}
	}
	return ""
}
