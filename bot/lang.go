package bot

import (
	"context"
	"strings"

	"k8sbot/glossary"
)

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
