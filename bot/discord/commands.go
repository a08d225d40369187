package discord

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/discord/gateway"
	"k8sbot/bot/param"
	"k8sbot/bot/platform"
	"k8sbot/bot/platform/retry"
)

// An appCommand is a command in the form that Discord registers
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
// discordgo's type is not used because it sends null for empty fields.
type appCommand struct {
	Type             discordgo.ApplicationCommandType `json:"type"`
	Name             string                           `json:"name"`
	Names            map[string]string                `json:"name_localizations,omitempty"`
	Description      string                           `json:"description,omitempty"`
	Descriptions     map[string]string                `json:"description_localizations,omitempty"`
	Options          []appOption                      `json:"options,omitempty"`
	IntegrationTypes []int                            `json:"integration_types"`
	Contexts         []int                            `json:"contexts"`
}

type appOption struct {
	Type         discordgo.ApplicationCommandOptionType `json:"type"`
	Name         string                                 `json:"name"`
	Names        map[string]string                      `json:"name_localizations,omitempty"`
	Description  string                                 `json:"description"`
	Descriptions map[string]string                      `json:"description_localizations,omitempty"`
	Required     bool                                   `json:"required,omitempty"`
	Autocomplete bool                                   `json:"autocomplete,omitempty"`
	Choices      []appChoice                            `json:"choices,omitempty"`
	Options      []appOption                            `json:"options,omitempty"`
}

type appChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// Commands can be installed to servers and to users, and used in servers, in direct
// messages with the bot, and in other direct messages
// (https://docs.discord.com/developers/resources/application#application-object-application-integration-types).
var (
	installs = []int{0, 1}
	contexts = []int{0, 1, 2}
)

// japanese returns the localizations of a text, or nil if text is empty.
func japanese(text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{"ja": text}
}

// commands returns /k8s with a subcommand for each of the bot's commands, and the command for
// messages.
func commands() []appCommand {
	k8s := appCommand{
		Type: discordgo.ChatApplicationCommand, Name: "k8s",
		Description: "Explain a Kubernetes term", Descriptions: japanese("Kubernetesの用語を説明します"),
		IntegrationTypes: installs, Contexts: contexts,
	}
	for _, c := range bot.Commands() {
		k8s.Options = append(k8s.Options, subCommand(c))
	}
	return []appCommand{k8s, {
		Type: discordgo.MessageApplicationCommand, Name: form.PasteTitle.EN, Names: japanese(form.PasteTitle.JA),
		IntegrationTypes: installs, Contexts: contexts,
	}}
}

// subCommand returns a command of the bot as a subcommand of /k8s.
func subCommand(c bot.Command) appOption {
	o := appOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: c.Name, Names: japanese(c.Aliases[0]),
		Description: shortHelp(c.Help.EN), Descriptions: japanese(shortHelp(c.Help.JA)),
	}
	for _, p := range c.Params {
		option := appOption{
			Type: discordgo.ApplicationCommandOptionString, Name: p.Name, Names: japanese(p.NameJA),
			Description: shortHelp(p.Help.EN), Descriptions: japanese(shortHelp(p.Help.JA)),
			Required: p.Required, Autocomplete: p.Kind == param.Term,
		}
		for _, choice := range p.Values() {
			option.Choices = append(option.Choices, appChoice{choice.Name.EN, japanese(choice.Name.JA), choice.Value})
		}
		o.Options = append(o.Options, option)
	}
	if c.Shareable {
		o.Options = append(o.Options, appOption{
			Type: discordgo.ApplicationCommandOptionBoolean, Name: publicOption, Names: japanese("公開"),
			Description: "show the answer to everyone in this channel", Descriptions: japanese("回答をこのチャンネルの全員に表示します"),
		})
	}
	return o
}

// shortHelp returns a text within the limit of descriptions.
func shortHelp(text string) string { return platform.Shorten(text, maxCommandText, platform.UTF16) }

// registerPause is the wait after a failed registration.
const registerPause = time.Minute

// register registers the commands unless they are registered already. It retries until
// it succeeds or ctx ends, and returns an error only if Discord rejects the token.
func (a *Adapter) register(ctx context.Context) error {
	id := a.o.ApplicationID
	if id == "" {
		select {
		case id = <-a.application:
		case <-ctx.Done():
			return nil
		}
	}
	policy := retry.Policy{First: registerPause, Max: registerPause, Notify: func(err error, wait time.Duration) {
		a.o.Log.Error("cannot register commands, will retry", "error", err, "wait", wait)
	}}
	var changed bool
	err := retry.Do(ctx, policy, func(ctx context.Context) (err error) {
		changed, err = a.registerOnce(ctx, id)
		if errors.Is(err, gateway.ErrToken) {
			return gateway.ErrToken
		}
		return retry.Again(err)
	})
	if ctx.Err() != nil {
		return nil
	}
	if err == nil {
		a.o.Log.Info("commands registered", "changed", changed)
	}
	return err
}

// registerOnce compares the commands with those that are registered, and overwrites
// them if they differ: Discord limits how many commands may be created a day
// (https://docs.discord.com/developers/interactions/application-commands#registering-a-command).
func (a *Adapter) registerOnce(ctx context.Context, application string) (changed bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	endpoint := discordgo.EndpointApplicationGlobalCommands(application)
	want := commands()
	data, err := a.api.call(ctx, http.MethodGet, endpoint+"?with_localizations=true", nil)
	if err != nil {
		return false, err
	}
	have, err := decode[[]appCommand](data)
	if err == nil && sameCommands(have, want) {
		return false, nil
	}
	data, err = a.api.call(ctx, http.MethodPut, endpoint, want)
	if err != nil {
		return false, err
	}
	if have, err = decode[[]appCommand](data); err != nil || !sameCommands(have, want) {
		a.o.Log.Warn("discord changed the registered commands", "error", err)
	}
	return true, nil
}

// sameCommands reports whether two lists have the same commands, in any order.
func sameCommands(a, b []appCommand) bool {
	return canonical(a) == canonical(b)
}

// canonical returns commands as JSON in a fixed order.
func canonical(list []appCommand) string {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b appCommand) int { return strings.Compare(a.Name, b.Name) })
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
