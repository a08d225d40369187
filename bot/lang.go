package bot

import (
	"context"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// runLang shows or changes the person's language setting.
func (c *exchange) runLang(ctx context.Context, arg string) reply.Reply {
	arg = strings.ToLower(strings.TrimSpace(arg))
	if arg == "" {
		chosen := c.chosenLanguage(ctx)
		return answer.Languages(c.lang, c.texts.LanguageNow(chosen == autoLang || chosen == ""))
	}
	l := langNames[arg]
	if l == "" {
		return answer.Languages(c.lang, c.texts.UnknownLanguage(reply.Quote(arg)))
	}
	if c.store == nil || c.User == "" {
		return answer.Languages(c.lang, c.texts.NotSaved)
	}
	if err := c.store.SetLanguage(ctx, c.Person(), l); err != nil {
		c.log.Error("cannot store language", "error", err)
		return answer.Languages(c.lang, c.texts.NotSaved)
	}
	if c.tutor != nil && l != autoLang {
		if err := c.tutor.SetLang(ctx, c.person().Learner, l); err != nil {
			c.log.Error("cannot store review language", "error", err)
		}
	}
	if l == autoLang {
		c.setLang(c.language(ctx, ""))
		return answer.Languages(c.lang, c.texts.LanguageAuto)
	}
	c.setLang(l)
	return answer.Languages(c.lang, c.texts.LanguageSaved)
}

// langNames contains the arguments of the lang command.
var langNames = map[string]glossary.Lang{
	"auto": autoLang, "自動": autoLang, "ja": glossary.Japanese, "japanese": glossary.Japanese, "日本語": glossary.Japanese,
	"en": glossary.English, "english": glossary.English, "英語": glossary.English,
}
