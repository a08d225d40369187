package bot

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
)

// language returns the language to answer a text in: the person's choice; else
// what the platform knows of the person, who set it up in the language that they
// read; else the text's own; else the default. In a terminal, whose locale says
// little of its reader, the text comes before the locale.
func (c *call) language(ctx context.Context, text string) glossary.Lang {
	byText, byLocale := languageOf(text), localeOf(c.Locales)
	if c.Platform != Slack && c.Platform != Discord {
		byLocale = cmp.Or(byText, byLocale)
	}
	return cmp.Or(c.chosenLanguage(ctx), byLocale, byText, c.Bot.lang)
}

// localeOf returns the first language among locales that is spoken, "" for none.
func localeOf(locales []string) glossary.Lang {
	for _, locale := range locales {
		if l, ok := glossary.LangOfLocale(locale); ok {
			return l
		}
	}
	return ""
}

// storePause is how long the store is left alone after it did not answer, so
// that one that is away delays one answer and not all of them.
const storePause = 5 * time.Second

// chosenLanguage asks the store, and goes on without it where it is slow.
func (c *call) chosenLanguage(ctx context.Context) glossary.Lang {
	if c.store == nil || c.User == "" || c.storeIsDown() {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	l, err := c.store.Language(ctx, c.Person())
	if err != nil {
		c.leaveStore()
		c.log.Warn("the store does not tell a person's language: going on without", "error", err)
		return ""
	}
	return l
}

// leaveStore leaves the store alone for a while.
func (b *Bot) leaveStore() { b.storeDown.Store(time.Now().Add(storePause).UnixNano()) }

func (b *Bot) storeIsDown() bool { return time.Now().UnixNano() < b.storeDown.Load() }

// functionWords are English words that stand in sentences and not in names.
var functionWords = map[string]bool{
	"a": true, "an": true, "the": true, "is": true, "are": true, "was": true, "does": true, "do": true, "did": true,
	"what": true, "what's": true, "whats": true, "why": true, "how": true, "when": true, "which": true, "who": true,
	"where": true, "can": true, "could": true, "should": true, "would": true, "my": true, "me": true, "i": true,
	"mean": true, "means": true, "meaning": true, "difference": true, "between": true, "please": true, "tell": true,
	"this": true, "that": true, "it": true, "its": true, "about": true,
}

// languageOf returns the language of a text, or "" where it is too short to
// tell: Japanese with kana or kanji, English where it is a sentence.
func languageOf(text string) glossary.Lang {
	const enough = 4000 // bytes, in which a language shows
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	if fold.HasJapanese(text) {
		return glossary.Japanese
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	if len(words) < 2 {
		return ""
	}
	for _, w := range words {
		if functionWords[w] {
			return glossary.English
		}
	}
	return ""
}
