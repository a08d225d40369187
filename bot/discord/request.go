package discord

import (
	"context"
	"maps"
	"slices"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/command"
	"k8sbot/bot/discord/appcommand"
	"k8sbot/bot/discord/directory"
	"k8sbot/bot/discord/form"
	"k8sbot/bot/discord/markdown"
	"k8sbot/bot/param"
	"k8sbot/glossary"
)

// lang returns the language of the user's Discord client, for texts that are not part of a
// reply.
func (i interaction) lang() glossary.Lang {
	if l, ok := glossary.LangOfLocale(i.Locale); ok {
		return l
	}
	return glossary.English
}

// A subcommand is a use of /k8s, with its options.
type subcommand struct {
	command, text string
	public        bool // everyone sees the answer
	needsPaste    bool // a modal must ask for multi-line text
}

// subcommand returns the subcommand that the user chose. /k8s without a subcommand means help.
// If the option for pasted text is empty, a modal asks for the text, because an option takes a
// single line.
func (i interaction) subcommand() subcommand {
	if len(i.Data.Options) == 0 {
		return subcommand{command: bot.HelpCommand}
	}
	sub := i.Data.Options[0]
	typed := subcommand{command: sub.Name}
	values := make(map[string]string)
	for _, o := range sub.Options {
		switch v := o.Value.(type) {
		case string:
			values[o.Name] = markdown.Plain(v)
		case bool:
			typed.public = typed.public || v && o.Name == appcommand.PublicOption
		}
	}
	typed.text = values["name"] // if another version registered the command
	for _, c := range command.All() {
		if c.Name != sub.Name {
			continue
		}
		for _, p := range c.Params {
			typed.needsPaste = typed.needsPaste || p.Kind == param.Paste && values[p.Name] == ""
		}
		typed.text = c.Arg(values)
	}
	return typed
}

// public reports whether everyone sees the answer.
func (i interaction) public() bool {
	if i.Type == discordgo.InteractionModalSubmit {
		return i.Data.CustomID == form.PublicPasteID
	}
	return i.subcommand().public
}

// request returns a request with the user, channel and locales of an interaction.
func (a *Adapter) request(i interaction, surface bot.Surface) bot.Request {
	req := bot.Request{
		ID: i.ID, Platform: Platform, Caps: Capabilities, Tenant: i.GuildID, Surface: surface, User: i.userID(), Channel: i.ChannelID, Direct: i.GuildID == "",
		CanManage: func(context.Context) (bool, error) { return i.canManage(a.o.AdminsOnly), nil },
		Directory: i.directory(),
	}
	req.UserName = i.userName()
	if i.Channel.isThread() {
		req.Thread = i.ChannelID
	}
	for _, l := range []string{i.Locale, i.GuildLocale} {
		if l != "" {
			req.Locales = append(req.Locales, l)
		}
	}
	return req
}

// directory returns what the interaction says about its user. It is empty outside of servers.
func (i interaction) directory() directory.Member {
	m := directory.Member{User: i.userID(), DisplayName: i.userName(), Known: slices.Collect(maps.Keys(i.Data.Resolved.Roles))}
	if i.Member != nil {
		m.Roles, m.Permissions = i.Member.Roles, i.Member.Permissions
	}
	return m
}
