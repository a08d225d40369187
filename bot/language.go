package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"k8sbot/bot/breaker"
	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/paste"
)

// autoLang is the setting of a person who wants answers in the language of each question.
const autoLang glossary.Lang = "auto"

// language returns the language of the reply to a text: the one that the request names;
// else the person's setting; else the language of their profile on the platform; else that
// of the text; else the default. The language of the text comes first if the person wants
// that, if locales say little about the reader, as in a terminal, and in a mention, which
// others read too.
func (c *exchange) language(ctx context.Context, text string) glossary.Lang {
	if c.Lang != "" {
		return c.Lang
	}
	byText, chosen, byLocale := c.languageOf(text), c.chosenLanguage(ctx), localeOf(c.Locales)
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

// pasteLanguage returns the language of the reply to a paste: the one that the request
// names; else the person's setting; else the language of the prose around the output, since
// the output itself is always in English; else the language of their profile; else the
// default.
func (c *exchange) pasteLanguage(ctx context.Context, text string) glossary.Lang {
	if c.Lang != "" {
		return c.Lang
	}
	byText, chosen := c.languageOf(paste.Prose(text)), c.chosenLanguage(ctx)
	if c.Surface == Mention || chosen == autoLang {
		chosen = byText
	}
	return cmp.Or(chosen, byText, localeOf(c.Locales), c.Bot.defaultLang)
}

// localeOf returns the first supported language among locales, or "" if there is none.
func localeOf(locales []string) glossary.Lang {
	for _, locale := range locales {
		if l, ok := glossary.LangOfLocale(locale); ok {
			return l
		}
	}
	return ""
}

// chosenLanguage returns the person's language setting, which may be [autoLang], or "" if
// there is none or the store is slow.
func (c *exchange) chosenLanguage(ctx context.Context) glossary.Lang {
	if c.store == nil || c.User == "" {
		return ""
	}
	var l glossary.Lang
	err := c.storeBreaker.Do(ctx, storeTimeout, func(ctx context.Context) (err error) {
		l, err = c.store.Language(ctx, c.Person())
		return err
	})
	if err != nil {
		if !errors.Is(err, breaker.ErrOpen) {
			c.log.Warn("language lookup failed, using the default", "error", err)
		}
		return ""
	}
	return l
}

// languageOf detects the language of a text: Japanese if it has kana or kanji, English
// if it is a sentence, and "" if it is too short to tell. A sentence has an English word
// besides the names of terms, which Japanese texts have too.
func (c *exchange) languageOf(text string) glossary.Lang {
	const enough = 4000 // bytes that show the language
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	if fold.HasJapanese(text) {
		return glossary.Japanese
	}
	var words []string
	for field := range strings.FieldsSeq(text) {
		if strings.HasPrefix(field, "@") { // a person or a group
			continue
		}
		words = append(words, strings.FieldsFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) == 1 })
	if len(words) < 2 || c.index.Covers(text) {
		return ""
	}
	english := 0
	for i, w := range words {
		isName := i > 0 && strings.ToLower(w) != w || c.index.Covers(w)
		if lower := strings.ToLower(strings.ReplaceAll(w, "'", "")); !isName && (len(w) > 2 || len(words) > 2) && fold.IsEnglish(lower) {
			english++
		}
	}
	if english > 0 && 4*english >= len(words) {
		return glossary.English
	}
	return ""
}
