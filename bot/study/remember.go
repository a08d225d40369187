package study

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/schedule"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// remember adds cards for terms. The first time, it also opts the person in.
func (c *exchange) remember(ctx context.Context, a reply.Action) (reply.Reply, error) {
	terms, err := c.termsOf(a)
	if err != nil {
		return reply.Reply{}, err
	}
	var welcome []reply.Block
	err = c.reviewer.Remember(ctx, c.Learner, terms...)
	if errors.Is(err, review.ErrNotOptedIn) {
		if welcome, err = c.optIn(ctx); err == nil {
			err = c.reviewer.Remember(ctx, c.Learner, terms...)
		}
	}
	if err != nil {
		return reply.Reply{}, err
	}
	undo := reply.NewButton(c.texts.Undo, reply.Unremember, a.Args...)
	return reply.Reply{Blocks: append([]reply.Block{reply.Note{Text: c.texts.Remembered(c.names(terms))}}, welcome...), Buttons: []reply.Button{undo}}, nil
}

// unremember undoes remember. Cards that have been rated stay.
func (c *exchange) unremember(ctx context.Context, a reply.Action) (reply.Reply, error) {
	terms, err := c.termsOf(a)
	if err != nil {
		return reply.Reply{}, err
	}
	for _, term := range terms {
		if err := c.reviewer.Unremember(ctx, c.Learner, term); err != nil {
			return reply.Reply{}, err
		}
	}
	again := reply.NewButton(c.texts.Remember, reply.Remember, a.Args...)
	return reply.Reply{Blocks: []reply.Block{reply.Note{Text: c.texts.Unremembered(c.names(terms))}}, Buttons: []reply.Button{again}}, nil
}

// termsOf returns the card IDs of the terms that a button is for.
func (c *exchange) termsOf(a reply.Action) ([]string, error) {
	if len(a.Args) < 2 {
		return nil, errStale
	}
	var cards []string
	for _, term := range a.Args[1:] {
		_, tenant := team.Split(term)
		if _, ok := c.term(term); !ok || tenant != "" {
			return nil, errStale
		}
		cards = append(cards, c.card(term))
	}
	return cards, nil
}

func (c *exchange) names(terms []string) string {
	names := make([]string, len(terms))
	for i, term := range terms {
		names[i] = c.name(term)
	}
	return strings.Join(names, wording.In(c.lang).Comma)
}

// optIn stores the default settings and returns blocks that explain them. On a platform without
// digests, it does not plan any digests.
func (c *exchange) optIn(ctx context.Context) ([]reply.Block, error) {
	s := c.defaults()
	if err := c.reviewer.OptIn(ctx, s); err != nil {
		return nil, err
	}
	welcome := c.texts.Welcome
	if !c.Digests {
		welcome = c.texts.WelcomeHere
	}
	return append([]reply.Block{reply.Paragraph{Text: welcome + c.space() + c.when(s)}}, c.aboutSettings()...), nil
}

// aboutSettings explains how to change the settings, and what is stored.
func (c *exchange) aboutSettings() []reply.Block {
	how := c.texts.ChangeHow
	if !c.Digests {
		how = c.texts.ChangeHere
	}
	return []reply.Block{reply.Note{Text: how}, reply.Note{Text: c.texts.WhatIsStored}}
}

func (c *exchange) defaults() review.Settings {
	s := review.DefaultSettings(c.Learner, schedule.Defaults{Zone: c.Zone, Lang: c.Lang})
	s.Stopped = !c.Digests
	return s
}

// when says when a learner receives digests, and how many cards they show per day.
func (c *exchange) when(s review.Settings) string {
	if !c.Digests {
		return c.texts.PerDay(s.PerDay)
	}
	return c.texts.When(s.Schedule.Days.Format(c.lang), s.Schedule.Time.String(), s.Schedule.Zone, s.PerDay)
}

// UpdateAnswer merges the reply to a Remember button into the answer that contains the button: the
// answer then says that the term is remembered, and a button that undoes this replaces the Remember
// button.
func UpdateAnswer(answer, r reply.Reply) reply.Reply {
	prefix := reply.NewButton("", reply.Remember).ID + ":"
	answer.Blocks, answer.CacheKey = slices.Concat(answer.Blocks, r.Blocks), ""
	answer.Buttons = slices.Clone(answer.Buttons)
	for i, b := range answer.Buttons {
		if strings.HasPrefix(b.ID, prefix) && len(r.Buttons) > 0 {
			answer.Buttons[i] = r.Buttons[0]
		}
	}
	return answer
}

// maxID is the maximum length of the ID of a Remember button, in bytes. Discord's limit is 100
// (https://docs.discord.com/developers/components/reference), and the ID of the form that is
// shown first contains the ID of the button.
const maxID = 90

// Offer extends an answer to help a person remember its terms. After a paste, it adds a Remember
// button. If the person is looking up the term for the second time, it adds a line that says so. If
// a digest could not be delivered, it adds a line with the number of due cards. If the store fails,
// Offer returns the unchanged answer and an error.
//
// If other people can see the answer, Offer adds only the button.
func (t *Tutor) Offer(ctx context.Context, p Person, r reply.Reply, private bool) (reply.Reply, error) {
	c := t.exchange(ctx, p)
	var terms []string
	for _, m := range r.Matches {
		if m.Term.IsAsked() {
			terms = append(terms, c.card(m.Term.ID))
		}
	}
	if len(terms) == 0 || r.Kind != reply.KindExplain && r.Kind != reply.KindTerm {
		return r, nil
	}
	if !private {
		if r.Kind == reply.KindExplain {
			r = c.offerPaste(r, review.OfferAfterPaste(review.Deck{}, terms))
		}
		return r, nil
	}
	deck, err := c.reviewer.Deck(ctx, p.Learner)
	optedIn := err == nil
	if err != nil && !errors.Is(err, review.ErrNotOptedIn) {
		return r, err
	}
	if r.Kind == reply.KindExplain {
		return c.offerPaste(r, review.OfferAfterPaste(deck, terms)), nil
	}
	if !optedIn {
		return r, nil
	}
	var notes []reply.Block
	if again, err := c.lookedUpBefore(ctx, deck, terms); err != nil {
		return r, err
	} else if again {
		notes = append(notes, reply.Note{Text: c.texts.LookedUpBefore})
	}
	if waiting, err := c.undelivered(ctx, deck); err != nil {
		return r, err
	} else if waiting > 0 {
		notes = append(notes, reply.Note{Text: c.texts.Waiting(waiting)})
	}
	if len(notes) > 0 {
		r.Blocks, r.CacheKey = slices.Concat(r.Blocks, notes), ""
	}
	return r, nil
}

// RememberAction returns the ID of a button that remembers the terms of a message, or "" if there
// are none. r is the reply to the message. If r is about one term but the message mentions several,
// the button is for the mentioned terms, statuses first. Otherwise, the button is the Remember
// button in r.
func (t *Tutor) RememberAction(ctx context.Context, p Person, r reply.Reply, mentioned []*glossary.Term) string {
	mentioned = slices.DeleteFunc(slices.Clone(mentioned), func(t *glossary.Term) bool { return !t.IsAsked() })
	if r.Kind == reply.KindTerm && len(mentioned) > 1 {
		slices.SortStableFunc(mentioned, func(a, b *glossary.Term) int { return cmp.Compare(rank(a), rank(b)) })
		ids := make([]string, len(mentioned))
		for i, t := range mentioned {
			ids[i] = t.ID
		}
		return t.exchange(ctx, p).rememberThese(ids).ID
	}
	for _, b := range r.Buttons {
		if a, err := reply.ParseAction(b.ID); err == nil && a.Verb == reply.Remember {
			return b.ID
		}
	}
	return ""
}

// rank returns 0 for a status, and 1 for any other term.
func rank(t *glossary.Term) int {
	if t.IsStatus() {
		return 0
	}
	return 1
}

// rememberThese returns a button that remembers the first terms of a list: as many as fit into its
// ID. It returns a zero button if none does.
func (c *exchange) rememberThese(terms []string) reply.Button {
	for ; len(terms) > 0; terms = terms[:len(terms)-1] {
		b := reply.NewButton(answer.ButtonLabel(c.texts.RememberThese(len(terms), c.name(terms[0]))), reply.Remember, append([]string{reply.BelowOther}, terms...)...)
		if len(b.ID) <= maxID {
			return b
		}
	}
	return reply.Button{}
}

// offerPaste adds a button that remembers the terms of cards. If there is no room, the last
// buttons that only show a term move to the menu.
func (c *exchange) offerPaste(r reply.Reply, cards []string) reply.Reply {
	terms := make([]string, len(cards))
	for i, card := range cards {
		terms[i], _ = team.Split(card)
	}
	b := c.rememberThese(terms)
	if b.ID == "" {
		return r
	}
	r.Buttons, r.CacheKey = slices.Clone(r.Buttons), ""
	for len(r.Buttons) >= reply.MaxControls-min(len(r.Menu.Options), 1) {
		last := len(r.Buttons) - 1
		for last > 1 && shares(r.Buttons[last]) {
			last--
		}
		if a, err := reply.ParseAction(r.Buttons[last].ID); err == nil && a.Verb == reply.ShowTerm && len(r.Menu.Options) < reply.MaxOptions {
			r.Menu = reply.Menu{Label: wording.In(c.lang).MoreTerms, Options: append([]reply.Button{r.Buttons[last]}, r.Menu.Options...)}
		}
		r.Buttons = slices.Delete(r.Buttons, last, last+1)
	}
	r.Buttons = append(r.Buttons, b)
	return r
}

// shares reports whether a button shares the answer.
func shares(b reply.Button) bool {
	a, err := reply.ParseAction(b.ID)
	return err == nil && a.Shares()
}

// lookedUpBefore records that a learner looked a term up, if the store supports that, and
// reports whether the answer should offer, on a line of its own, to remember the term.
func (c *exchange) lookedUpBefore(ctx context.Context, d review.Deck, terms []string) (bool, error) {
	lookUps, ok := c.reviewer.Store.(review.LookUps)
	if !ok || len(terms) != 1 {
		return false, nil
	}
	now := c.now()
	before, err := lookUps.NoteLookUp(ctx, c.Learner, terms[0], now)
	if err != nil || before.IsZero() {
		return false, err
	}
	return review.OfferOnLookUp(d, terms[0], []time.Time{before}, now), nil
}

// undelivered returns the number of cards to review if today's digest was planned but no
// message could be sent, and 0 otherwise.
func (c *exchange) undelivered(ctx context.Context, d review.Deck) (int, error) {
	if !c.Digests {
		return 0, nil
	}
	digest, err := c.reviewer.Store.Digest(ctx, c.Learner)
	if err != nil || digest.Sent != d.Day || digest.Ref != "" || digest.Unanswered == 0 {
		return 0, err
	}
	return len(d.Queue()), nil
}
