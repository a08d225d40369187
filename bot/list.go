package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

// runList lists a category, or the categories.
func runList(c *call, _ context.Context, arg string) Reply { return c.list(arg) }

func (c *call) list(name string) Reply {
	if name == "" {
		return c.listCategories("")
	}
	category, err := glossary.ParseCategory(name)
	if err != nil {
		return c.listCategories(c.w.unknownCategory(quote(name)))
	}
	terms := c.glossary.In(category)
	r := Reply{Kind: KindList}
	list := List{Heading: category.Title(c.lang)}
	for _, t := range terms {
		r.Matches = append(r.Matches, sure(t))
		list.Items = append(list.Items, bothNames(t, c.lang))
	}
	if len(terms) == 0 {
		list.Items = []string{c.w.emptyCategory}
	}
	r.Blocks = []Block{list, Note{c.w.askForOne}}
	return r
}

func (c *call) listCategories(said string) Reply {
	r := Reply{Kind: KindList}
	if said != "" {
		r.Blocks = append(r.Blocks, Paragraph{Text: said})
	}
	for _, t := range c.glossary.All() {
		r.Matches = append(r.Matches, sure(t))
	}
	list := List{Heading: c.w.categories(c.glossary.Len())}
	for _, category := range glossary.Categories() {
		terms := c.glossary.In(category)
		if len(terms) == 0 {
			continue
		}
		var names []string
		for _, t := range terms {
			names = append(names, t.DisplayName(c.lang))
		}
		const shown = 6
		more := ""
		if len(names) > shown {
			names, more = names[:shown], " …"
		}
		list.Items = append(list.Items, category.Title(c.lang)+" ("+string(category)+"): "+strings.Join(names, c.w.comma)+more)
	}
	r.Blocks = append(r.Blocks, list, Note{c.w.listOne})
	return r
}

// runRandom shows any term, of a category where one is named.
func runRandom(c *call, _ context.Context, arg string) Reply {
	terms := c.glossary.All()
	if arg != "" {
		category, err := glossary.ParseCategory(arg)
		if err != nil {
			return c.listCategories(c.w.unknownCategory(quote(arg)))
		}
		terms = c.glossary.In(category)
	}
	if len(terms) == 0 {
		return c.listCategories(c.w.emptyCategory)
	}
	r := c.explain(sure(terms[c.random(len(terms))]), false)
	r.Choices = append(r.Choices, choice(c.w.another, actRandom))
	r.Key = ""
	return r
}

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

// runLang keeps the language that a person chooses.
func runLang(c *call, ctx context.Context, arg string) Reply {
	var l glossary.Lang
	switch arg = strings.ToLower(strings.TrimSpace(arg)); arg {
	case "":
		return c.langChoices(c.w.languageNow(c.lang))
	case "auto", "自動":
	case "日本語", "japanese":
		l = glossary.Japanese
	case "英語", "english":
		l = glossary.English
	default:
		var err error
		if l, err = glossary.ParseLang(arg); err != nil {
			return c.langChoices(c.w.unknownLanguage(quote(arg)))
		}
	}
	if c.store == nil || c.User == "" {
		return c.langChoices(c.w.notKept)
	}
	if err := c.store.SetLanguage(ctx, c.Person(), l); err != nil {
		c.log.Error("a person's language was not kept", "error", err)
		return c.langChoices(c.w.notKept)
	}
	if l == "" {
		c.speak(c.language(ctx, ""))
		return c.langChoices(c.w.languageAuto)
	}
	c.speak(l)
	return c.langChoices(c.w.languageKept)
}

func (c *call) langChoices(said string) Reply {
	return Reply{
		Kind:   KindSetting,
		Blocks: []Block{Paragraph{Text: said}},
		Choices: []Choice{
			choice("日本語", actLang, "ja"),
			choice("English", actLang, "en"),
			choice(c.w.auto, actLang, "auto"),
		},
	}
}
