package bot

import (
	"cmp"
	"context"

	"k8sbot/glossary"
)

// profileLanguage returns the language of the person's profile or, if that is unknown, the
// language of the server. It returns "" if neither is known. If the platform does not send a
// person's locale with messages, profileLanguage uses the locale from the last command or button
// that the person used.
func (c *exchange) profileLanguage(ctx context.Context) glossary.Lang {
	return cmp.Or(c.rememberedProfile(ctx), localeOf(c.Locales))
}

// sendsProfile reports whether the platform sent the person's own locale with the request.
func (c *exchange) sendsProfile() bool { return c.Surface != Mention && c.Surface != DirectMessage }

// rememberedProfile returns the stored language of the person's profile. It returns "" if none is
// stored, if the platform sent the locale, or if the store is slow.
func (c *exchange) rememberedProfile(ctx context.Context) glossary.Lang {
	if !c.Caps.PartialLocale || c.sendsProfile() || c.profiles == nil || c.User == "" {
		return ""
	}
	var l glossary.Lang
	c.try(ctx, "cannot look up profile language, using the server's", func(ctx context.Context) (err error) {
		l, err = c.profiles.ProfileLanguage(ctx, c.Person())
		return err
	})
	return l
}

// rememberProfile stores the language of the person's profile in the background, if the language
// has changed and the platform sends locales only with some requests, such as this one. It stores
// nothing about a person who has just asked to be forgotten.
func (c *exchange) rememberProfile(ctx context.Context) {
	if !c.Caps.PartialLocale || !c.sendsProfile() || c.profiles == nil || c.User == "" || c.forgotten || len(c.Locales) == 0 {
		return
	}
	l, ok := glossary.LangOfLocale(c.Locales[0])
	if !ok {
		return
	}
	person := c.Person()
	if known, ok := c.knownProfiles.Get(person); ok && known == l {
		return
	}
	c.inBackground(ctx, "cannot store profile language", func(ctx context.Context) error {
		if err := c.profiles.SetProfileLanguage(ctx, person, l); err != nil {
			return err
		}
		c.knownProfiles.Add(person, l)
		return nil
	})
}

// LocaleLang returns the language of the first supported locale, or the bot's default. It is for
// forms that open without waiting for the store.
func (b *Bot) LocaleLang(locales []string) glossary.Lang {
	return cmp.Or(localeOf(locales), b.defaultLang)
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
