package bot

import "context"

// runHelp tells what people can type.
func runHelp(c *call, ctx context.Context, _ string) Reply {
	list := List{Heading: c.w.commands}
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
			Paragraph{Text: c.w.whoAmI(c.glossary.Len())},
			List{Heading: c.w.youCanAsk, Items: c.w.examples},
			list,
		},
		Choices: []Choice{choice(c.w.browse, actList), choice(c.w.random, actRandom)},
	}
	if t := c.today(ctx); t != nil {
		r.Blocks = append(r.Blocks, Paragraph{Heading: c.w.termOfTheDay, Text: label(t, c.lang)})
		r.Choices = append(r.Choices, choice(t.DisplayName(c.lang), actTerm, t.ID))
	}
	return r
}
