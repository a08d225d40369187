package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

// runLang shows or sets the language of a person.
func (c *exchange) runLang(ctx context.Context, arg string) Reply {
	var l glossary.Lang
	switch arg = strings.ToLower(strings.TrimSpace(arg)); arg {
	case "":
		return c.langButtons(c.msg.languageNow(c.lang))
	case "auto", "自動":
	case "日本語", "japanese":
		l = glossary.Japanese
	case "英語", "english":
		l = glossary.English
	default:
		var err error
		if l, err = glossary.ParseLang(arg); err != nil {
			return c.langButtons(c.msg.unknownLanguage(quoteInput(arg)))
		}
	}
	if c.store == nil || c.User == "" {
		return c.langButtons(c.msg.notKept)
	}
	if err := c.store.SetLanguage(ctx, c.Person(), l); err != nil {
		c.log.Error("cannot store language", "error", err)
		return c.langButtons(c.msg.notKept)
	}
	if l == "" {
		c.setLang(c.language(ctx, ""))
		return c.langButtons(c.msg.languageAuto)
	}
	c.setLang(l)
	return c.langButtons(c.msg.languageKept)
}

func (c *exchange) langButtons(said string) Reply {
	return Reply{
		Kind:   KindSetting,
		Blocks: []Block{Paragraph{Text: said}},
		Buttons: []Button{
			button("日本語", actLang, "ja"),
			button("English", actLang, "en"),
			button(c.msg.auto, actLang, "auto"),
		},
	}
}
