package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// hub shows how many cards there are to review, how well the learner recalls them, and buttons
// for everything else.
func (c *exchange) hub(ctx context.Context, said ...reply.Block) (reply.Reply, error) {
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	r := reply.Reply{Blocks: slices.Clone(said), Menu: c.menu(d)}
	if len(d.Cards) == 0 {
		r.Blocks = append(r.Blocks, reply.Paragraph{Text: c.texts.NoneYet})
		r.Buttons = []reply.Button{primary(reply.NewButton(c.texts.Placement, reply.ReviewPlace))}
		return r, nil
	}
	due := len(d.Queue())
	counts := []string{c.texts.ToReview(due), c.texts.InDeck(len(d.Cards))}
	if n := d.DueWithin(week); n > 0 {
		counts = append(counts, c.texts.NextWeek(n))
	}
	r.Blocks = append(r.Blocks, reply.Paragraph{Bold: strings.Join(counts, " · ")})
	recall, err := c.recall(ctx, d)
	if err != nil {
		return reply.Reply{}, err
	}
	if recall.Text != "" {
		r.Blocks = append(r.Blocks, recall)
	}
	r.Blocks = append(r.Blocks, reply.Note{Text: c.state(d)})
	if due > 0 {
		r.Buttons = append(r.Buttons, primary(reply.NewButton(c.texts.Review, reply.ReviewNext)))
	} else if day, ok := d.NextDay(); ok {
		r.Blocks = append(r.Blocks, reply.Note{Text: c.nextOn(d.Day, day)})
	}
	return r, nil
}

// state says when the learner receives digests, or why they receive none.
func (c *exchange) state(d review.Deck) string {
	switch s := d.Settings; {
	case !c.Digests:
		return c.when(s)
	case s.Stopped:
		return c.texts.Stopped
	case s.PausedUntil > d.Day:
		return c.texts.PausedUntil(c.dayName(d.Day, s.PausedUntil))
	default:
		return c.when(s)
	}
}

// menu returns a menu of rarely needed functions.
func (c *exchange) menu(d review.Deck) reply.Menu {
	m, s := reply.Menu{Label: c.texts.More}, d.Settings
	if placed, _, more := c.placement(d); more || len(placed) == 0 { // unless today's placement is over
		m.Options = append(m.Options, reply.NewButton(c.texts.Placement, reply.ReviewPlace))
	}
	m.Options = append(m.Options, reply.NewButton(c.texts.Settings, reply.ReviewSet, reply.SetForm))
	switch {
	case !c.Digests:
	case s.Stopped || s.PausedUntil > s.Today(c.now()):
		m.Options = append(m.Options, reply.NewButton(c.texts.Resume, reply.ReviewSet, reply.SetResume))
	default:
		m.Options = append(m.Options, reply.NewButton(c.texts.Pause, reply.ReviewSet, reply.SetPause), reply.NewButton(c.texts.Stop, reply.ReviewSet, reply.SetStop))
	}
	m.Options = append(m.Options,
		reply.NewButton(c.texts.Export, reply.ReviewExport, reply.ExportAnki),
		reply.NewButton(c.texts.ExportCSV, reply.ReviewExport, reply.ExportCSV))
	return m
}

const (
	// recallDays is the period of the recall chart, in days. recallPoints is the number of points
	// in the chart.
	recallDays   = 56
	recallPoints = 9
)

// levels are the characters that plot a point of the recall chart, for a recall from 0 to 1.
var levels = []rune("▁▂▃▄▅▆▇█")

// recall returns the recall over time as a line of text. It returns the zero value if no card
// has been reviewed yet. Answers in a placement do not count as reviews, because they do not
// measure recall.
func (c *exchange) recall(ctx context.Context, d review.Deck) (p reply.Paragraph, err error) {
	mean, n := review.Recall(d.Settings.Scheduler(), d.Cards, d.Day)
	if n == 0 {
		return p, nil
	}
	log, err := c.reviewer.Store.Answers(ctx, c.Learner, 0)
	if err != nil {
		return p, err
	}
	if !slices.ContainsFunc(log, func(a review.Answer) bool { return a.Kind != review.Placed }) {
		return p, nil
	}
	var line strings.Builder
	for _, point := range review.RecallOverTime(d.Settings.Scheduler(), c.reviewer.Shown(log), d.Day-recallDays, d.Day, recallPoints) {
		if point.Cards > 0 { // no point before the first card
			line.WriteRune(levels[min(int(point.Mean*float64(len(levels))), len(levels)-1)])
			p.Chart = append(p.Chart, point.Mean)
		}
	}
	p.Text = fmt.Sprintf("%s %s %d %%", c.texts.Recall, line.String(), int(mean*100+0.5))
	return p, nil
}
