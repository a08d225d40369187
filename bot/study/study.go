// Package study conducts the conversation about reviews: it turns learners' commands and button
// clicks into replies. Package review decides what is asked and when, and this package writes the
// messages.
//
// A [Tutor] answers commands with [Tutor.Command] and buttons with [Tutor.Press]. [Tutor.Offer]
// extends other answers to help people remember their terms. Everything that a button needs is
// in its ID and in the store, so a session continues after a restart and on another replica.
//
// # What a person sees
//
//   - Remember, below an answer: the term becomes a card. The first click also opts the person
//     in.
//   - the hub: how many cards there are to review, and how well the person recalls them
//   - a session: one card after another, front and back, until the day's limit
//   - a placement: eight terms that show what the person has forgotten
//   - a digest: the message that announces due cards
//
// Nothing is posted in channels. Replies do not reveal a backlog: the number of cards to review
// today never exceeds the day's limit.
package study

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A Tutor answers the commands and buttons for reviews. It is safe for concurrent use.
type Tutor struct {
	// Team finds tenants' terms. It is nil if tenants have no terms. Set it before the first use.
	Team team.Finder

	glossary *glossary.Glossary
	reviewer *review.Reviewer
	asker    func() *review.Asker // created when the first question is asked
	log      *slog.Logger
}

// New returns a tutor. A nil log means [slog.Default].
func New(g *glossary.Glossary, r *review.Reviewer, log *slog.Logger) *Tutor {
	if log == nil {
		log = slog.Default()
	}
	return &Tutor{glossary: g, reviewer: r, log: log, asker: sync.OnceValue(func() *review.Asker { return review.NewAsker(g) })}
}

func (t *Tutor) now() time.Time {
	if t.reviewer.Now != nil {
		return t.reviewer.Now()
	}
	return time.Now()
}

// A Person is the user who typed the text or pressed the button.
type Person struct {
	review.Learner
	// Here is the tenant where the person is. It is "" if there is none, as in direct messages
	// of some platforms.
	Here string
	// Lang is the language for a person who has not opted in. Learners have a language in their
	// settings.
	Lang glossary.Lang
	// Zone is the person's IANA time zone. It is "" if the time zone is unknown.
	Zone string
	// Digests is set if the platform can send digests.
	Digests bool
	// UndoNext is set if the next question offers to undo the last answer, as in a terminal,
	// where the buttons of earlier questions cannot be pressed.
	UndoNext bool
	// FromEphemeral is set if the button is on a message that only this person sees. The reply
	// may replace such a message.
	FromEphemeral bool
}

// An exchange is one request while it is being answered.
type exchange struct {
	*Tutor
	Person
	ctx      context.Context
	reviewer *review.Reviewer                                  // limited to the cards that are shown here
	found    map[string]func(id string) (*glossary.Term, bool) // what Team has returned, by tenant
	lang     glossary.Lang
	texts    *wording.Review // the texts in lang
}

func (c *exchange) setLang(l glossary.Lang) { c.lang, c.texts = l, wording.ReviewIn(l) }

// deck returns the learner's deck and sets the exchange's language to the learner's.
func (c *exchange) deck(ctx context.Context) (review.Deck, error) {
	d, err := c.reviewer.Deck(ctx, c.Learner)
	if err == nil && d.Settings.Lang != "" {
		c.setLang(d.Settings.Lang)
	}
	return d, err
}

// finish returns the reply, or handles the error: people who have not opted in receive the
// introduction; any other error is logged and becomes an apology.
func (c *exchange) finish(r reply.Reply, err error) reply.Reply {
	switch {
	case errors.Is(err, review.ErrNotOptedIn):
		r = c.introduction()
	case err != nil:
		c.log.Error("cannot respond to review", "platform", c.Platform, "error", err)
		r = c.paragraph(wording.In(c.lang).ChangeFailed)
	}
	r.Kind, r.Lang, r.Ephemeral = reply.KindReview, c.lang, true
	return r
}

// paragraph returns a reply with one paragraph.
func (c *exchange) paragraph(text string, buttons ...reply.Button) reply.Reply {
	return reply.Reply{Blocks: []reply.Block{reply.Paragraph{Text: text}}, Buttons: buttons}
}

// primary marks a button as the most likely next step.
func primary(b reply.Button) reply.Button {
	b.Primary = true
	return b
}

// errStale is the error for a button that this version does not know.
var errStale = errors.New("unknown review button")

// introduction returns a reply that explains reviews to people who have not opted in.
func (c *exchange) introduction() reply.Reply {
	return c.paragraph(c.texts.Intro,
		primary(reply.NewButton(c.texts.Placement, reply.ReviewPlace)),
		reply.NewButton(c.texts.SetUp, reply.ReviewSet, reply.SetForm))
}

// space returns the separator between two sentences.
func (c *exchange) space() string {
	if c.lang == glossary.English {
		return " "
	}
	return ""
}

// reacted returns the digest state after any reaction from the learner. Without reactions,
// digests become rarer and finally stop.
func reacted(d review.Digest, s review.Settings, now time.Time) review.Digest {
	if d.Unanswered == 0 && !d.Silent {
		return d
	}
	if s.Stopped {
		d.Unanswered, d.Silent = 0, false
		return d
	}
	return d.Reacted(s, now)
}
