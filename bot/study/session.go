package study

import (
	"context"
	"slices"
	"strconv"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// begin shows the next card of the day. Beginning a session counts as a reaction to the digest.
func (c *exchange) begin(ctx context.Context) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	if err := c.reviewer.Postpone(ctx, c.Learner, reacted); err != nil {
		return reply.Reply{}, err
	}
	return c.next(ctx, d)
}

// next returns the front of the deck's next card, after the blocks in said. If there is no such
// card, it returns the end of the session.
func (c *exchange) next(ctx context.Context, d review.Deck, said ...reply.Block) (reply.Reply, error) {
	session := d.Session()
	for i, card := range session.Queue {
		q, ok := c.question(card)
		if !ok { // the term was removed from the glossary
			if err := c.reviewer.Suspend(ctx, c.Learner, card.Term); err != nil {
				return reply.Reply{}, err
			}
			continue
		}
		r := c.front(q, card)
		if c.UndoNext && len(session.Answered) > 0 {
			r.Buttons = append(r.Buttons, c.undoButton(session))
		}
		r.Blocks = slices.Concat(said, c.progress(len(session.Answered)+1, session.Total()-i), r.Blocks)
		return r, nil
	}
	if err := c.reviewer.Postpone(ctx, c.Learner, review.Digest.Finished); err != nil {
		return reply.Reply{}, err
	}
	r := c.end(d)
	r.Blocks = slices.Concat(said, r.Blocks)
	return r, nil
}

// progress returns the position in the session, or nothing if the session has only one card.
func (c *exchange) progress(n, of int) []reply.Block {
	if of < 2 {
		return nil
	}
	return []reply.Block{reply.Note{Text: c.texts.Progress(n, of)}}
}

// front returns a card's question.
func (c *exchange) front(q review.Question, card review.Card) reply.Reply {
	args := []string{card.Term, strconv.Itoa(card.Seq), string(q.Kind)}
	title := answer.CardFront(c.glossary, c.lang, q.Term)
	show := primary(reply.NewButton(c.texts.Show, reply.ReviewShow, args...))
	r := reply.Reply{Matches: []reply.Match{reply.ExactMatch(q.Term)}, Blocks: []reply.Block{title, reply.Paragraph{Text: c.texts.WhatIsIt}}, Buttons: []reply.Button{show}}
	choose := func(label func(review.Choice) string) {
		r.Buttons = nil
		for _, choice := range q.Choices {
			r.Buttons = append(r.Buttons, reply.NewButton(label(choice), reply.ReviewChoose, append(slices.Clone(args), choice.Term.ID)...))
		}
	}
	switch q.Kind {
	case review.EnglishName:
		title.Other = ""
		r.Blocks = []reply.Block{title, reply.Paragraph{Text: c.texts.InEnglish}}
	case review.ChooseName:
		r.Blocks = []reply.Block{reply.Paragraph{Bold: q.Term.Summary.Paragraph(c.lang)}, reply.Paragraph{Text: c.texts.WhichTerm}}
		choose(func(choice review.Choice) string { return choice.Term.DisplayName(c.lang) })
	case review.FirstCheck:
		r.Blocks = []reply.Block{title, reply.Paragraph{Text: c.texts.RunFirst}}
		choose(func(choice review.Choice) string { return choice.Command.Run })
	}
	return r
}

// show returns a card's back, or the next card if this card is no longer reviewed.
func (c *exchange) show(ctx context.Context, a reply.Action) (reply.Reply, error) {
	p, t, err := c.pressOf(a)
	if err != nil {
		return reply.Reply{}, err
	}
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	session := d.Session()
	if card, ok := session.Next(); !ok || card.Term != p.Term || card.Seq != p.Seq {
		return c.next(ctx, d)
	}
	return reply.Reply{
		Matches: []reply.Match{reply.ExactMatch(t)},
		Blocks:  slices.Concat(c.progress(len(session.Answered)+1, session.Total()), answer.CardBack(c.glossary, c.lang, t)),
		Buttons: []reply.Button{
			reply.NewButton(c.texts.Forgot, reply.ReviewRate, append(slices.Clone(a.Args), reply.Lapsed)...),
			primary(reply.NewButton(c.texts.KnewIt, reply.ReviewRate, append(slices.Clone(a.Args), reply.Recalled)...)),
		},
	}, nil
}

// pressOf returns the press of a button in a session, without a rating, and the term that the
// button is for.
func (c *exchange) pressOf(a reply.Action) (review.Press, *glossary.Term, error) {
	t, ok := c.term(a.Arg(0))
	seq, err := strconv.Atoi(a.Arg(1))
	if !ok || err != nil {
		return review.Press{}, nil, errStale
	}
	p := review.Press{Term: a.Arg(0), Seq: seq, Kind: review.Kind(a.Arg(2))}
	switch p.Kind {
	case review.SelfGraded, review.ChooseName, review.FirstCheck, review.EnglishName:
		return p, t, nil
	}
	return review.Press{}, nil, errStale
}

// rate stores the answer to a card and shows the next card. After a wrong choice, it shows the
// right answer first. If the learner keeps forgetting the term, rate compares it with
// the terms that people confuse with it.
func (c *exchange) rate(ctx context.Context, a reply.Action) (reply.Reply, error) {
	p, t, err := c.pressOf(a)
	if err != nil {
		return reply.Reply{}, err
	}
	chosen, isChoice := a.Arg(3), a.Verb == reply.ReviewChoose
	switch {
	case isChoice && chosen == t.ID, !isChoice && chosen == reply.Recalled:
		p.Rating = review.Knew
	case isChoice, chosen == reply.Lapsed:
		p.Rating = review.Forgot
	default:
		return reply.Reply{}, errStale
	}
	res, err := c.reviewer.Answer(ctx, c.Learner, p)
	if err != nil {
		return reply.Reply{}, err
	}
	c.setLang(res.Deck.Settings.Lang)
	switch {
	case !res.Counted:
		return c.next(ctx, res.Deck)
	case res.Leech:
		return c.leech(p.Term, t), nil
	case isChoice && p.Rating == review.Forgot:
		return c.correct(t, chosen), nil
	case isChoice:
		return c.next(ctx, res.Deck, reply.Note{Text: c.texts.Right(t.DisplayName(c.lang))})
	}
	return c.next(ctx, res.Deck)
}

func (c *exchange) nextButton() reply.Button {
	return primary(reply.NewButton(c.texts.Next, reply.ReviewNext))
}

// correct shows the right term after a wrong choice, and how it differs from the chosen term.
func (c *exchange) correct(t *glossary.Term, chosen string) reply.Reply {
	r := reply.Reply{Matches: []reply.Match{reply.ExactMatch(t)}, Buttons: []reply.Button{c.nextButton()}}
	r.Blocks = append([]reply.Block{reply.Paragraph{Text: c.texts.Wrong(t.DisplayName(c.lang))}}, answer.CardBack(c.glossary, c.lang, t)...)
	if other, ok := c.glossary.Term(chosen); ok {
		if difference, ok := c.glossary.Difference(t, other, c.lang); ok {
			r.Blocks = append(r.Blocks, reply.Paragraph{Heading: wording.In(c.lang).ConfusedWith, Text: difference})
		}
	}
	return r
}

// leech shows the terms that a term is often confused with, and offers to suspend its card.
func (c *exchange) leech(card string, t *glossary.Term) reply.Reply {
	r := reply.Reply{Matches: []reply.Match{reply.ExactMatch(t)}, Buttons: []reply.Button{c.nextButton(), reply.NewButton(c.texts.LeaveOut, reply.ReviewLeaveOut, card)}}
	terms := append([]*glossary.Term{t}, c.asker().Confused(t.ID)...)
	said := reply.Paragraph{Text: c.texts.Leech(t.DisplayName(c.lang))}
	if len(terms) == 1 {
		r.Blocks = append([]reply.Block{said}, answer.CardBack(c.glossary, c.lang, t)...)
		return r
	}
	compared := answer.Comparison(c.glossary, c.lang, terms[:min(len(terms), answer.MaxCompared)]...)
	r.Blocks = append([]reply.Block{said}, compared.Blocks...)
	return r
}

// leaveOut suspends a card and shows the next one.
func (c *exchange) leaveOut(ctx context.Context, a reply.Action) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	t, ok := c.term(a.Arg(0))
	if _, has := d.Card(a.Arg(0)); !ok || !has {
		return reply.Reply{}, errStale
	}
	if err := c.reviewer.Suspend(ctx, c.Learner, a.Arg(0)); err != nil {
		return reply.Reply{}, err
	}
	if d, err = c.deck(ctx); err != nil {
		return reply.Reply{}, err
	}
	return c.next(ctx, d, reply.Note{Text: c.texts.LeftOut(t.DisplayName(c.lang))})
}

// end returns the reply that ends a session, with a button that undoes the last answer.
func (c *exchange) end(d review.Deck) reply.Reply {
	session := d.Session()
	text := c.texts.Nothing
	var buttons []reply.Button
	if n := len(session.Answered); n > 0 {
		text = c.texts.Score(session.Knew(), n)
		buttons = append(buttons, c.undoButton(session))
	}
	if day, ok := d.NextDay(); ok {
		text += c.space() + c.nextOn(d.Day, day)
	}
	return c.paragraph(text, buttons...)
}

// undoButton returns the button that undoes the last answer of a session, which must have an
// answer.
func (c *exchange) undoButton(s review.Session) reply.Button {
	last := s.Answered[len(s.Answered)-1]
	return reply.NewButton(c.texts.UndoLast, reply.ReviewUndo, last.Term, strconv.Itoa(last.Seq))
}

// week is the number of days after which a weekday is ambiguous.
const week = 7

// nextOn says when the next review is.
func (c *exchange) nextOn(today, day review.Day) string {
	if day == today+1 {
		return c.texts.NextTomorrow
	}
	return c.texts.NextOn(c.dayName(today, day))
}

// dayName returns the weekday of a day within the next week, or the date of a later day.
func (c *exchange) dayName(today, day review.Day) string {
	if day < today+week {
		return wording.WeekdayName(day.Weekday(), c.lang)
	}
	return wording.Date(day.Date(), c.lang)
}

// undo undoes an answer if it is the last one of the day, and shows its card again. Without
// arguments, as when a person types the command, it undoes the last answer of the day.
func (c *exchange) undo(ctx context.Context, a reply.Action) (reply.Reply, error) {
	if len(a.Args) == 0 {
		d, err := c.deck(ctx)
		if err != nil {
			return reply.Reply{}, err
		}
		session := d.Session()
		if len(session.Answered) == 0 {
			return c.next(ctx, d)
		}
		last := session.Answered[len(session.Answered)-1]
		a.Args = []string{last.Term, strconv.Itoa(last.Seq)}
	}
	seq, err := strconv.Atoi(a.Arg(1))
	if err != nil {
		return reply.Reply{}, errStale
	}
	res, err := c.reviewer.UndoAnswer(ctx, c.Learner, a.Arg(0), seq)
	if err != nil {
		return reply.Reply{}, err
	}
	if l := res.Deck.Settings.Lang; l != "" {
		c.setLang(l)
	}
	if !res.Counted {
		return c.next(ctx, res.Deck) // the answer has already been undone, or is no longer the last one
	}
	return c.next(ctx, res.Deck, reply.Note{Text: c.texts.Undone})
}
