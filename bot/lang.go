package bot

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// runLang shows or changes the person's language setting.
func (c *exchange) runLang(ctx context.Context, arg string) reply.Reply {
	var l glossary.Lang
	switch arg = strings.ToLower(strings.TrimSpace(arg)); arg {
	case "":
		return c.langButtons(c.texts.LanguageNow(c.lang))
	case "auto", "自動":
		l = autoLang
	case "日本語", "japanese":
		l = glossary.Japanese
	case "英語", "english":
		l = glossary.English
	default:
		var err error
		if l, err = glossary.ParseLang(arg); err != nil {
			return c.langButtons(c.texts.UnknownLanguage(reply.Quote(arg)))
		}
	}
	if c.store == nil || c.User == "" {
		return c.langButtons(c.texts.NotSaved)
	}
	if err := c.store.SetLanguage(ctx, c.Person(), l); err != nil {
		c.log.Error("cannot store language", "error", err)
		return c.langButtons(c.texts.NotSaved)
	}
	if c.tutor != nil && l != autoLang {
		if err := c.tutor.SetLang(ctx, c.person().Learner, l); err != nil {
			c.log.Error("cannot store review language", "error", err)
		}
	}
	if l == autoLang {
		c.setLang(c.language(ctx, ""))
		return c.langButtons(c.texts.LanguageAuto)
	}
	c.setLang(l)
	return c.langButtons(c.texts.LanguageSaved)
}

func (c *exchange) langButtons(intro string) reply.Reply {
	return reply.Reply{
		Kind:   reply.KindSetting,
		Blocks: []reply.Block{reply.Paragraph{Text: intro}},
		Buttons: []reply.Button{
			reply.NewButton("日本語", reply.SetLang, "ja"),
			reply.NewButton("English", reply.SetLang, "en"),
			reply.NewButton(c.texts.Auto, reply.SetLang, "auto"),
		},
	}
}
