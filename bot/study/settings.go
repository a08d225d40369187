package study

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"k8sbot/glossary/lazyregexp"

	"golang.org/x/text/unicode/norm"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// set changes or shows a learner's settings.
func (c *exchange) set(ctx context.Context, a reply.Action) (reply.Reply, error) {
	switch a.Arg(0) {
	case reply.SetPause:
		return c.pause(ctx)
	case reply.SetResume:
		return c.resume(ctx)
	case reply.SetStop:
		return c.stop(ctx)
	case reply.SetForm:
		return c.settings(ctx, "")
	}
	return reply.Reply{}, errStale
}

func (c *exchange) pause(ctx context.Context) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	s := d.Settings.Pause(c.now())
	if err := c.reviewer.OptIn(ctx, s); err != nil {
		return reply.Reply{}, err
	}
	return c.paragraph(c.texts.PausedUntil(wording.Date(s.PausedUntil.Date(), c.lang)), reply.NewButton(c.texts.Resume, reply.ReviewSet, reply.SetResume)), nil
}

func (c *exchange) stop(ctx context.Context) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	d.Settings.Stopped = true
	if err := c.reviewer.OptIn(ctx, d.Settings); err != nil {
		return reply.Reply{}, err
	}
	r := c.paragraph(c.texts.Stopped)
	if c.Digests {
		r.Buttons = []reply.Button{reply.NewButton(c.texts.Resume, reply.ReviewSet, reply.SetResume)}
	}
	return r, nil
}

// resume ends a pause, a stop, or the silence after unanswered digests.
func (c *exchange) resume(ctx context.Context) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	s := d.Settings
	s.PausedUntil, s.Stopped = 0, !c.Digests
	if err := c.reviewer.OptIn(ctx, s); err != nil {
		return reply.Reply{}, err
	}
	if err := c.reviewer.Postpone(ctx, c.Learner, reacted); err != nil {
		return reply.Reply{}, err
	}
	return c.hub(ctx, reply.Note{Text: c.texts.Resumed})
}

// perDay matches the number of cards per day that a learner wants, as in "3/day", "5 a day" and
// 「1日3語」.
var perDay = lazyregexp.New(`(?i)\b(\d{1,3})\s*(?:/\s*day\b|a day\b|per day\b)|(?:1|一)日(?:最大)?\s*(\d{1,3})\s*(?:語|個|件|枚)?`)

// langWord matches a language, as a word of its own.
var langWord = lazyregexp.New(`(?i)(?:^|[\s、,])(en|english|英語|ja|japanese|日本語)(?:$|[\s、,])`)

// settings changes the settings that text specifies, and shows all settings. The text may contain
// the parts of a schedule, a number of cards per day, and a language. If the person has not opted
// in, settings opts them in.
func (c *exchange) settings(ctx context.Context, text string) (reply.Reply, error) {
	s, optedIn, err := c.reviewer.Store.Settings(ctx, c.Learner)
	if err != nil {
		return reply.Reply{}, err
	}
	if optedIn {
		c.setLang(s.Lang)
	} else {
		s = c.defaults()
	}
	changed, err := change(s, text)
	if err != nil {
		return c.invalid(err, s), nil
	}
	if optedIn && text == "" {
		r := c.paragraph(c.when(s))
		r.Blocks = append(r.Blocks, c.aboutSettings()...)
		return r, nil
	}
	if c.Digests {
		changed.Stopped = false // a learner who chooses a time wants digests
	}
	if err := c.reviewer.OptIn(ctx, changed); err != nil {
		return reply.Reply{}, err
	}
	c.setLang(changed.Lang)
	r := c.paragraph(c.texts.Saved + c.space() + c.when(changed))
	if !c.Digests && changed.Schedule != s.Schedule {
		r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.OnlyPerDay})
	}
	r.Blocks = append(r.Blocks, reply.Note{Text: c.texts.WhatIsStored})
	return r, nil
}

// change returns settings with the values that text specifies.
func change(s review.Settings, text string) (review.Settings, error) {
	text = norm.NFKC.String(strings.ToValidUTF8(text, ""))
	if m := perDay.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(m[1] + m[2])
		if err != nil || n < 1 || n > review.MaxPerDay {
			return s, errPerDay
		}
		s.PerDay, text = n, strings.Replace(text, m[0], " ", 1)
	}
	if m := langWord.FindStringSubmatch(text); m != nil {
		s.Lang = glossary.English
		switch strings.ToLower(m[1]) {
		case "ja", "japanese", "日本語":
			s.Lang = glossary.Japanese
		}
		text = strings.Replace(text, m[1], " ", 1)
	}
	spec, err := s.Schedule.Change(text)
	if err != nil {
		return s, err
	}
	spec.Category = ""
	s.Schedule = spec
	return s, s.Check()
}

var errPerDay = fmt.Errorf("invalid number of cards per day: use 1 to %d", review.MaxPerDay)

// invalid explains the mistake in typed settings and shows the current settings.
func (c *exchange) invalid(err error, s review.Settings) reply.Reply {
	text := c.texts.UnknownSetting
	var p *schedule.ParseError
	if errors.As(err, &p) && (p.Kind == schedule.UnknownZone || p.Kind == schedule.AmbiguousZone) && len(p.Suggestions) > 0 {
		text = reply.Quote(p.Word) + ": " + strings.Join(p.Suggestions, ", ") + "?" + c.space() + text
	}
	r := c.paragraph(text)
	r.Blocks = append(r.Blocks, reply.Note{Text: c.when(s)})
	return r
}

// ReviewLang returns the language of a person's reviews, or "" if the person has not opted in.
func (t *Tutor) ReviewLang(ctx context.Context, l review.Learner) glossary.Lang {
	s, _, err := t.reviewer.Store.Settings(ctx, l)
	if err != nil {
		t.log.Error("cannot read review language", "error", err)
	}
	return s.Lang
}

// SetLang sets the language of a person's reviews. It does nothing if the person has not opted
// in.
func (t *Tutor) SetLang(ctx context.Context, l review.Learner, lang glossary.Lang) error {
	s, ok, err := t.reviewer.Store.Settings(ctx, l)
	if err != nil || !ok || s.Lang == lang {
		return err
	}
	s.Lang = lang
	return t.reviewer.OptIn(ctx, s)
}
