package study

import (
	"context"
	"errors"

	"k8sbot/bot/answer"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/glossary"
)

// place stores the answer that the button contains, if any, and shows the placement's next term.
// The first time, it also opts the person in. A placement's progress is derived from the day's
// answers, so a placement continues after a restart.
func (c *exchange) place(ctx context.Context, a reply.Action) (reply.Reply, error) {
	d, err := c.deck(ctx)
	var said []reply.Block
	if errors.Is(err, review.ErrNotOptedIn) {
		if said, err = c.optIn(ctx); err == nil {
			d, err = c.deck(ctx)
		}
	}
	if err != nil {
		return reply.Reply{}, err
	}
	placed, t, ok := c.placement(d)
	if term := a.Arg(0); term != "" && ok && t.ID == term { // a second press does nothing
		if a.Arg(1) != reply.Recalled && a.Arg(1) != reply.Lapsed {
			return reply.Reply{}, errStale
		}
		if err := c.reviewer.Place(ctx, c.Learner, []review.PlacementAnswer{{Term: term, Knew: a.Arg(1) == reply.Recalled}}); err != nil {
			return reply.Reply{}, err
		}
		if d, err = c.deck(ctx); err != nil {
			return reply.Reply{}, err
		}
		placed, t, ok = c.placement(d)
	}
	if !ok {
		return c.placed(placed), nil
	}
	return reply.Reply{
		Matches: []reply.Match{reply.ExactMatch(t)},
		Blocks: append(append(said, reply.Note{Text: c.texts.Progress(len(placed)+1, review.PlacementTerms)}),
			answer.CardFront(c.glossary, c.lang, t), reply.Paragraph{Text: c.texts.DoYouKnow}),
		Buttons: []reply.Button{
			reply.NewButton(c.texts.IDontKnow, reply.ReviewPlace, t.ID, reply.Lapsed),
			reply.NewButton(c.texts.IKnow, reply.ReviewPlace, t.ID, reply.Recalled),
		},
	}, nil
}

// placement returns the answers of today's placement, and the next term. It returns false if
// the placement is over.
func (c *exchange) placement(d review.Deck) ([]review.PlacementAnswer, *glossary.Term, bool) {
	var placed []review.PlacementAnswer
	for _, a := range review.Counted(d.Answers) {
		if a.Kind == review.Placed && a.Day == d.Day {
			placed = append(placed, review.PlacementAnswer{Term: a.Term, Knew: a.Rating != review.Forgot})
		}
	}
	if len(placed) >= review.PlacementTerms {
		return placed, nil, false
	}
	seed := c.Tenant + "\x00" + c.User + "\x00" + d.Day.String()
	t, ok := review.NextPlacement(c.glossary, placed, seed, func(term string) bool {
		card, ok := d.Card(term)
		return ok && !card.IsNew()
	})
	return placed, t, ok
}

// placed returns the last reply of a placement.
func (c *exchange) placed(placed []review.PlacementAnswer) reply.Reply {
	knew := 0
	for _, p := range placed {
		if p.Knew {
			knew++
		}
	}
	if len(placed) == 0 {
		return c.paragraph(c.texts.Nothing)
	}
	return c.paragraph(c.texts.Placed(knew, len(placed)), reply.NewButton(c.texts.Overview, reply.ReviewHub))
}
