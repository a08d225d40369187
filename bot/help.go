package bot

import "context"

// runHelp shows what people can type.
func (c *exchange) runHelp(ctx context.Context, _ string) Reply {
	list := List{Heading: c.msg.commands}
	for _, cmd := range commands {
		usage := cmd.Name
		if u := cmd.Usage.In(c.lang); u != "" {
			usage += " " + u
		}
		list.Items = append(list.Items, usage+" — "+cmd.Help.In(c.lang))
	}
	r := Reply{
		Kind: KindHelp,
		Blocks: []Block{
			Paragraph{Text: c.msg.introduction(c.glossary.Len())},
			List{Heading: c.msg.forExample, Items: c.msg.examples},
			list,
		},
		Buttons: []Button{button(c.msg.browse, actList), button(c.msg.random, actRandom)},
	}
	if t := c.today(ctx); t != nil {
		r.Blocks = append(r.Blocks, Paragraph{Heading: c.msg.dailyTerm, Text: label(t, c.lang)})
		r.Buttons = append(r.Buttons, button(t.DisplayName(c.lang), actTerm, t.ID))
	}
	return r
}
