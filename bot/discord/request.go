package discord

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// lang is the language of the person's own Discord, for what no reply says.
func (i interaction) lang() glossary.Lang {
	if l, ok := glossary.LangOfLocale(i.Locale); ok {
		return l
	}
	return glossary.English
}

// publicOption is the name of the option that shows an answer to everybody.
const publicOption = "public"

// A subcommand is what a person typed into the options of /k8s.
type subcommand struct {
	command, text string
	public        bool // the answer is for everybody
	needsPaste    bool // the person is to be asked for a text of many lines
}

// subcommand returns what a person typed. An option has no room for many lines.
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
			values[o.Name] = plain(v)
		case bool:
			typed.public = typed.public || v && o.Name == publicOption
		}
	}
	typed.text = values["name"] // of a command that another version registered
	for _, c := range bot.Commands() {
		if c.Name != sub.Name {
			continue
		}
		for _, p := range c.Params {
			typed.needsPaste = typed.needsPaste || p.Kind == bot.PasteParam && values[p.Name] == ""
		}
		typed.text = c.Arg(values)
	}
	return typed
}

// public reports whether everybody is to see the answer.
func (i interaction) public() bool {
	if i.Type == discordgo.InteractionModalSubmit {
		return i.Data.CustomID == publicModalID
	}
	return i.subcommand().public
}

// request begins a request with who asks, and where.
func (a *Adapter) request(i interaction, surface bot.Surface) bot.Request {
	req := bot.Request{
		ID: i.ID, Platform: Platform, Caps: Capabilities, Tenant: i.GuildID, Surface: surface, User: i.userID(), Channel: i.ChannelID,
		CanManage: func(context.Context) (bool, error) { return i.canManage(a.o.AdminsOnly), nil },
	}
	for _, l := range []string{i.Locale, i.GuildLocale} {
		if l != "" {
			req.Locales = append(req.Locales, l)
		}
	}
	return req
}
