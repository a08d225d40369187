package discord

import (
	"github.com/bwmarrin/discordgo"

	"k8sbot/glossary"
)

// The custom IDs of the modal that asks for a text of many lines, by who is to see the
// answer.
const (
	modalID       = "1:paste"
	publicModalID = "1:paste:public"
)

// A modal asks a person for texts
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
type modal struct {
	CustomID   string                       `json:"custom_id"`
	Title      string                       `json:"title"`
	Components []discordgo.MessageComponent `json:"components"`
}

// pasteModal is the modal that asks for a text of many lines.
func pasteModal(l glossary.Lang, public bool) response {
	id := modalID
	if public {
		id = publicModalID
	}
	title, label := "Explain Kubernetes words", "What kubectl printed"
	if l == glossary.Japanese {
		title, label = "Kubernetes用語を説明", "kubectlの出力など"
	}
	return response{discordgo.InteractionResponseModal, modal{
		CustomID: id, Title: title,
		Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.TextInput{CustomID: "text", Label: label, Style: discordgo.TextInputParagraph, Required: true, MaxLength: maxPaste},
		}}},
	}}
}

// pasted returns what was typed into the modal.
func (i interaction) pasted() string {
	for _, row := range i.Data.Components {
		for _, c := range row.Components {
			return c.Value
		}
	}
	return ""
}
