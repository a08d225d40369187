package study

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// export returns a learner's cards as files: a deck for Anki, or tables of the cards and
// answers.
func (c *exchange) export(ctx context.Context, a reply.Action) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	if len(d.Cards) == 0 {
		return c.paragraph(c.texts.ExportEmpty), nil
	}
	r := c.paragraph(c.texts.Exported(len(d.Cards)))
	switch a.Arg(0) {
	case reply.ExportAnki:
		var deck strings.Builder
		if err := review.WriteAnki(&deck, c.term, d.Cards, c.lang); err != nil {
			return reply.Reply{}, err
		}
		r.Files = []reply.File{{Name: "k8sbot-anki.txt", Text: deck.String()}}
	case reply.ExportCSV:
		log, err := c.reviewer.Store.Answers(ctx, c.Learner, 0)
		if err != nil {
			return reply.Reply{}, err
		}
		var cards, answers strings.Builder
		if err := review.WriteCards(&cards, d.Cards); err != nil {
			return reply.Reply{}, err
		}
		if err := review.WriteAnswers(&answers, c.reviewer.Shown(log)); err != nil {
			return reply.Reply{}, err
		}
		r.Files = []reply.File{{Name: "k8sbot-cards.csv", Text: cards.String()}, {Name: "k8sbot-answers.csv", Text: answers.String()}}
	default:
		return reply.Reply{}, errStale
	}
	return r, nil
}
