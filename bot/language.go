package bot

import (
	"cmp"
	"context"

	"k8sbot/bot/query"
	"k8sbot/glossary"
)

// autoLang is the setting of a person who wants each answer in the language of the question.
const autoLang glossary.Lang = "auto"

// language returns the language of the reply to text. It is the first of these that is known: the
// language in the request, the person's setting, the language of the text, the language of their
// profile on the platform, and the default. For a mention, the language of the text comes before
// the setting, since other people also read the reply. English words that are not a sentence
// only count before the default, since people of every language type such words.
func (c *exchange) language(ctx context.Context, text string) glossary.Lang {
	if c.Lang != "" {
		return c.Lang
	}
	byText, certain := query.Language(text, c.view.IsQuote)
	asked, chosen := byText, c.chosenLanguage(ctx)
	if !certain {
		asked = ""
	}
	if asked != "" && c.Surface == Mention || chosen == autoLang {
		chosen = asked
	}
	return cmp.Or(chosen, asked, c.profileLanguage(ctx), byText, c.Bot.defaultLang)
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
