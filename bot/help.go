package bot

import (
	"context"

	"k8sbot/bot/reply"
)

// runHelp shows what people can type.
func (c *exchange) runHelp(ctx context.Context, _ string) reply.Reply {
	list := reply.List{Heading: c.msg.commands}
	for _, cmd := range commands {
		usage := cmd.Name
		if u := cmd.Usage.In(c.lang); u != "" {
			usage += " " + u
		}
		list.Items = append(list.Items, usage+" — "+cmd.Help.In(c.lang))
	}
	r := reply.Reply{
		Kind: reply.KindHelp,
		Blocks: []reply.Block{
			reply.Paragraph{Text: c.msg.introduction(c.glossary.Len())},
			reply.List{Heading: c.msg.forExample, Items: c.msg.examples},
			list,
		},
		Buttons: []reply.Button{reply.NewButton(c.msg.browse, reply.ShowList), reply.NewButton(c.msg.random, reply.ShowRandom)},
	}
	if t := c.today(ctx); t != nil {
		r.Blocks = append(r.Blocks, reply.Paragraph{Heading: c.msg.dailyTerm, Text: label(t, c.lang)})
		r.Buttons = append(r.Buttons, reply.NewButton(t.DisplayName(c.lang), reply.ShowTerm, t.ID))
	}
	return r
}
