package bot

import (
	"cmp"
	"context"

	"k8sbot/bot/query"
	"k8sbot/glossary"
	"k8sbot/glossary/paste"
)

// autoLang is the setting of a person who wants each answer in the language of the question.
const autoLang glossary.Lang = "auto"

// language returns the language of the reply to text. It is the first of these that is known: the
// language in the request, the person's setting, the language of their profile on the platform, the
// language of the text, and the default. The language of the text comes before the profile's if the
// person has chosen autoLang, if the request is a mention (since other people also read the reply),
// or if the platform's locales say little about the reader, as in a terminal.
func (c *exchange) language(ctx context.Context, text string) glossary.Lang {
	if c.Lang != "" {
		return c.Lang
	}
	byText, chosen, byLocale := query.Language(text, c.view.IsQuote), c.chosenLanguage(ctx), c.profileLanguage(ctx)
	if c.Surface == Mention || chosen == autoLang {
		chosen, byLocale = cmp.Or(byText, chosen), cmp.Or(byText, byLocale)
	}
	if chosen == autoLang {
		chosen = ""
	}
	if !c.Caps.ProfileLocale {
		byLocale = cmp.Or(byText, byLocale)
	}
	return cmp.Or(chosen, byLocale, byText, c.Bot.defaultLang)
}

// followsQuestion reports whether language returns the language of the text, if that is known.
func (c *exchange) followsQuestion(ctx context.Context) bool {
	chosen := c.chosenLanguage(ctx)
	return chosen == autoLang || chosen == "" && (!c.Caps.ProfileLocale || c.profileLanguage(ctx) == "")
}

// pasteLanguage returns the language of the reply to a paste. It is the first of these that is
// known: the language in the request, the person's setting, the language of the prose around the
// output, the language of their profile, and the default. For a mention, the prose comes before the
// setting. The output itself is always in English, so its language does not count.
func (c *exchange) pasteLanguage(ctx context.Context, text string) glossary.Lang {
	if c.Lang != "" {
		return c.Lang
	}
	byText, chosen := query.Language(paste.Prose(text), c.view.IsQuote), c.chosenLanguage(ctx)
	if byText != "" && c.Surface == Mention || chosen == autoLang {
		chosen = byText
	}
	return cmp.Or(chosen, byText, c.profileLanguage(ctx), c.Bot.defaultLang)
}

// chosenLanguage returns the person's language setting, which may be autoLang. It returns "" if
// there is none or the store is slow.
func (c *exchange) chosenLanguage(ctx context.Context) glossary.Lang {
	if c.store == nil || c.User == "" {
		return ""
	}
	var l glossary.Lang
	c.try(ctx, "cannot look up language, using the default", func(ctx context.Context) (err error) {
		l, err = c.store.Language(ctx, c.Person())
		return err
	})
	return l
}
