// Package appcommand defines the application's commands in the form in which Discord registers
// them.
package appcommand

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/command"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/param"
	"k8sbot/bot/platform"
	"k8sbot/glossary/stable"
)

// Discord's limits for commands
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure).
const (
	maxName        = 32
	maxCommandText = 100  // the maximum length of a command's description
	maxCommand     = 8000 // the maximum total length of a command's names, descriptions and values
)

// PublicOption is the name of the option that shows the answer to everyone.
const PublicOption = "public"

// A Command is a command in the form that Discord registers
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
// discordgo's type is not used because it sends null for empty fields.
type Command struct {
	Type             discordgo.ApplicationCommandType `json:"type"`
	Name             string                           `json:"name"`
	Names            map[string]string                `json:"name_localizations,omitempty"`
	Description      string                           `json:"description,omitempty"`
	Descriptions     map[string]string                `json:"description_localizations,omitempty"`
	Options          []Option                         `json:"options,omitempty"`
	IntegrationTypes []int                            `json:"integration_types"`
	Contexts         []int                            `json:"contexts"`
}

// An Option is a parameter of a command, or a subcommand.
type Option struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []Choice                               `json:"choices,omitempty"`
	Options      []Option                               `json:"options,omitempty"`
}

// A Choice is one of an option's possible values.
type Choice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// Commands can be installed in servers and for users, and used in servers, in direct messages
// with the bot, and in other direct messages
// (https://docs.discord.com/developers/resources/application#application-object-application-integration-types).
var (
	installs = []int{0, 1}
	contexts = []int{0, 1, 2}
	servers  = []int{0} // for commands about a team's terms
)

// japanese returns the localizations of text, or nil if text is empty.
func japanese(text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{"ja": text}
}

// All returns the command /k8s, which has a subcommand for each of the bot's commands, and the
// message commands.
func All() []Command {
	k8s := Command{
		Type: discordgo.ChatApplicationCommand, Name: "k8s",
		Description: "Explain a Kubernetes term", Descriptions: japanese("Kubernetesの用語を説明します"),
		IntegrationTypes: installs, Contexts: contexts,
	}
	for _, c := range command.All() {
		k8s.Options = append(k8s.Options, subCommand(c))
	}
	return []Command{k8s, {
		Type: discordgo.MessageApplicationCommand, Name: form.PasteTitle.EN, Names: japanese(form.PasteTitle.JA),
		IntegrationTypes: installs, Contexts: contexts,
	}, {
		Type: discordgo.MessageApplicationCommand, Name: form.SaveTitle.EN, Names: japanese(form.SaveTitle.JA),
		IntegrationTypes: installs, Contexts: servers,
	}}
}

// subCommand returns one of the bot's commands as a subcommand of /k8s.
func subCommand(c command.Command) Option {
	o := Option{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: c.Name, Names: japanese(c.Aliases[0]),
		Description: shortHelp(c.Help.EN), Descriptions: japanese(shortHelp(c.Help.JA)),
	}
	for _, p := range c.Params {
		option := Option{
			Type: discordgo.ApplicationCommandOptionString, Name: p.Name, Names: japanese(p.NameJA),
			Description: shortHelp(p.Help.EN), Descriptions: japanese(shortHelp(p.Help.JA)),
			Required: p.Required, Autocomplete: p.Kind == param.Term,
		}
		for _, choice := range p.Values() {
			option.Choices = append(option.Choices, Choice{choice.Name.EN, japanese(choice.Name.JA), choice.Value})
		}
		o.Options = append(o.Options, option)
	}
	if c.Shareable {
		o.Options = append(o.Options, Option{
			Type: discordgo.ApplicationCommandOptionBoolean, Name: PublicOption, Names: japanese("公開"),
			Description: "show the answer to everyone in this channel", Descriptions: japanese("回答をこのチャンネルの全員に表示します"),
		})
	}
	return o
}

// shortHelp shortens text to the limit for descriptions.
func shortHelp(text string) string { return platform.Shorten(text, maxCommandText, platform.UTF16) }

// Same reports whether two lists contain the same commands, in any order.
func Same(a, b []Command) bool {
	return canonical(a) == canonical(b)
}

// canonical returns commands as JSON in a fixed order.
func canonical(list []Command) string {
	list = slices.Clone(list)
	stable.Sort(list, func(a, b *Command) int { return strings.Compare(a.Name, b.Name) })
	for i := range list {
		list[i].IntegrationTypes = slices.Sorted(slices.Values(list[i].IntegrationTypes))
		list[i].Contexts = slices.Sorted(slices.Values(list[i].Contexts))
	}
	data, err := json.Marshal(list)
	if err != nil {
		return ""
	}
	return string(data)
}
