package study

import (
	"context"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/wording"
)

// Digest returns the message for a digest. The action must be one that shows a message: see
// [review.Action.IsMessage].
func (t *Tutor) Digest(action review.Action, d review.Deck) reply.Reply {
	c := t.exchange(context.Background(), Person{Learner: d.Settings.Learner, Lang: d.Settings.Lang, Digests: true})
	r := reply.Reply{Kind: reply.KindReview, Lang: c.lang}
	if action == review.Farewell {
		r.Blocks = []reply.Block{reply.Paragraph{Text: c.texts.Farewell}}
		r.Buttons = []reply.Button{reply.NewButton(c.texts.Resume, reply.ReviewSet, reply.SetResume)}
		return r
	}
	if action == review.Finish {
		end := c.end(d)
		end.Kind, end.Lang = r.Kind, r.Lang
		return end
	}
	due := len(d.Queue())
	r.Blocks = []reply.Block{reply.Paragraph{Text: c.texts.Due(due, review.Minutes(due))}}
	r.Buttons = []reply.Button{
		primary(reply.NewButton(c.texts.Start, reply.ReviewNext)),
		reply.NewButton(c.texts.InAnHour, reply.ReviewSnooze, reply.SnoozeHour),
		reply.NewButton(c.texts.Tomorrow, reply.ReviewSnooze, reply.SnoozeDay),
	}
	r.Menu = reply.Menu{Label: c.texts.More, Options: []reply.Button{
		reply.NewButton(c.texts.Pause, reply.ReviewSet, reply.SetPause),
		reply.NewButton(c.texts.Settings, reply.ReviewSet, reply.SetForm),
		reply.NewButton(c.texts.Stop, reply.ReviewSet, reply.SetStop),
	}}
	return r
}

// snooze postpones the day's digest.
func (c *exchange) snooze(ctx context.Context, a reply.Action) (reply.Reply, error) {
	change := review.Digest.InAnHour
	switch a.Arg(0) {
	case reply.SnoozeHour:
	case reply.SnoozeDay:
		change = review.Digest.Tomorrow
	default:
		return reply.Reply{}, errStale
	}
	d, err := c.deck(ctx)
	if err != nil {
		return reply.Reply{}, err
	}
	if err := c.reviewer.Postpone(ctx, c.Learner, change); err != nil {
		return reply.Reply{}, err
	}
	digest, err := c.reviewer.Store.Digest(ctx, c.Learner)
	if err != nil {
		return reply.Reply{}, err
	}
	if digest.Next.IsZero() {
		return c.paragraph(c.texts.Stopped, reply.NewButton(c.texts.Resume, reply.ReviewSet, reply.SetResume)), nil
	}
	at := d.Settings.Local(digest.Next)
	weekday := ""
	if day := d.Settings.Today(digest.Next); day != d.Day {
		weekday = wording.WeekdayName(day.Weekday(), c.lang)
	}
	return c.paragraph(c.texts.Again(weekday, at.Format("15:04")), primary(reply.NewButton(c.texts.Start, reply.ReviewNext))), nil
}
