package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"k8sbot/bot/review/fsrs"
)

// ErrNotOptedIn is returned for people who have not opted in. Nothing is stored about them.
var ErrNotOptedIn = errors.New("person has not opted in to reviews: show the form first")

// A Reviewer makes the decisions of this package and stores them. It is safe for concurrent
// use.
type Reviewer struct {
	Store Store
	// Now returns the time. The default is [time.Now].
	Now func() time.Time
	// Shows reports whether a term's card belongs in the deck. If it is nil, all cards do. A person
	// who is the same learner in several tenants sees a tenant's terms only in that tenant.
	Shows func(term string) bool
}

func (r *Reviewer) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// OptIn stores a learner's settings, whether they are new or changed. It returns an error if the
// settings are invalid.
func (r *Reviewer) OptIn(ctx context.Context, s Settings) error {
	if err := s.Check(); err != nil {
		return err
	}
	if err := r.Store.PutSettings(ctx, s, NewDigest(s, r.now())); err != nil {
		return err
	}
	return r.Postpone(ctx, s.Learner, Digest.Replan)
}

// Deck returns a learner's deck as of now. It returns [ErrNotOptedIn] if the person has not
// opted in.
func (r *Reviewer) Deck(ctx context.Context, l Learner) (Deck, error) {
	s, ok, err := r.Store.Settings(ctx, l)
	switch {
	case err != nil:
		return Deck{}, err
	case !ok:
		return Deck{}, ErrNotOptedIn
	}
	d := Deck{Settings: s, Day: s.Today(r.now())}
	if d.Cards, err = r.Store.Cards(ctx, l); err != nil {
		return Deck{}, err
	}
	if d.Answers, err = r.Store.Answers(ctx, l, d.Day); err == nil && r.Shows != nil {
		all := len(d.Answered())
		d.Cards = slices.DeleteFunc(d.Cards, func(c Card) bool { return !r.Shows(c.Term) })
		d.Answers = r.Shown(d.Answers)
		d.Elsewhere = all - len(d.Answered())
	}
	return d, err
}

// Shown returns the answers that are about cards in the deck.
func (r *Reviewer) Shown(log []Answer) []Answer {
	return slices.DeleteFunc(log, func(a Answer) bool { return r.Shows != nil && !r.Shows(a.Term) })
}

// Remember adds cards for the given terms. Existing cards keep their state, but are no longer
// suspended. It returns [ErrNotOptedIn] if the person has not opted in.
func (r *Reviewer) Remember(ctx context.Context, l Learner, terms ...string) error {
	if _, ok, err := r.Store.Settings(ctx, l); err != nil {
		return err
	} else if !ok {
		return ErrNotOptedIn
	}
	cards := make([]Card, len(terms))
	for i, term := range terms {
		cards[i] = Card{Learner: l, Term: term, Added: r.now()}
	}
	return r.Store.AddCards(ctx, cards)
}

// Unremember undoes Remember: it deletes the card, unless the card has been rated.
func (r *Reviewer) Unremember(ctx context.Context, l Learner, term string) error {
	return r.Store.RemoveNew(ctx, l, term)
}

// A Press is a click on a button that rates a card.
type Press struct {
	Term   string
	Seq    int // the card's Seq when the button was made
	Kind   Kind
	Rating fsrs.Rating // Knew or Forgot
}

// A Result is the outcome of a press.
type Result struct {
	// Counted is false if the press had no effect, because it was a repetition or came too
	// late.
	Counted bool
	Card    Card // the card after the press
	// Leech is true if the press made the card a leech, or if a leech has lapsed another
	// [LeechLapses] times.
	Leech bool
	Deck  Deck // the deck after the press; its session contains the next card
}

// Answer rates a card in a session. If Counted is set in the result, the answer is stored. Answer
// returns [ErrNotOptedIn] if the person has not opted in.
func (r *Reviewer) Answer(ctx context.Context, l Learner, p Press) (Result, error) {
	if p.Rating != Knew && p.Rating != Forgot || !p.Kind.inSession() {
		return Result{}, fmt.Errorf("invalid rating %d of kind %q: use Knew or Forgot in a session", p.Rating, p.Kind)
	}
	deck, err := r.Deck(ctx, l)
	if err != nil {
		return Result{}, err
	}
	shown := slices.ContainsFunc(deck.Queue(), func(c Card) bool { return c.Term == p.Term && c.Seq == p.Seq })
	if !shown {
		c, _ := deck.Card(p.Term)
		return Result{Card: c, Deck: deck}, nil
	}
	return r.rate(ctx, deck, p)
}

// AnswerDaily rates the card for a daily term, at most once a day. If the learner forgot the term
// and has no card for it, AnswerDaily adds one. It does nothing if the person has not opted in.
func (r *Reviewer) AnswerDaily(ctx context.Context, l Learner, term string, rating fsrs.Rating) (Result, error) {
	deck, err := r.Deck(ctx, l)
	if errors.Is(err, ErrNotOptedIn) {
		return Result{}, nil
	}
	if err != nil {
		return Result{}, err
	}
	c, ok := deck.Card(term)
	again := slices.ContainsFunc(Counted(deck.Answers), func(a Answer) bool { return a.Term == term && a.Kind == DailyTerm })
	if again || !ok && rating != Forgot {
		return Result{Card: c, Deck: deck}, nil
	}
	if !ok {
		if deck, err = r.add(ctx, deck, term); err != nil {
			return Result{}, err
		}
	}
	return r.rate(ctx, deck, Press{Term: term, Seq: c.Seq, Kind: DailyTerm, Rating: rating})
}

// Place adds a placement's cards. The terms that the learner knew start with a long interval. Terms
// that have already been rated keep their state.
func (r *Reviewer) Place(ctx context.Context, l Learner, placed []PlacementAnswer) error {
	deck, err := r.Deck(ctx, l)
	if err != nil {
		return err
	}
	for _, p := range placed {
		c, ok := deck.Card(p.Term)
		if !ok {
			if deck, err = r.add(ctx, deck, p.Term); err != nil {
				return err
			}
		}
		if c.IsNew() {
			if _, err := r.rate(ctx, deck, Press{p.Term, c.Seq, Placed, placedRating(p.Knew)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds a new card to the store and the deck.
func (r *Reviewer) add(ctx context.Context, d Deck, term string) (Deck, error) {
	c := Card{Learner: d.Settings.Learner, Term: term, Added: r.now()}
	d.Cards = append(d.Cards, c)
	return d, r.Store.AddCards(ctx, []Card{c})
}

// rate appends an answer to the log of a card in the deck.
func (r *Reviewer) rate(ctx context.Context, deck Deck, p Press) (Result, error) {
	before, _ := deck.Card(p.Term)
	a := Answer{
		Learner: before.Learner, Term: p.Term, Seq: p.Seq + 1, Kind: p.Kind, Rating: p.Rating,
		Day: deck.Day, At: r.now(),
	}
	after := before.Apply(deck.Settings.Scheduler(), a)
	deck, counted, err := r.append(ctx, deck, a, after)
	if err != nil {
		return Result{}, err
	}
	res := Result{Counted: counted, Deck: deck}
	res.Card, _ = deck.Card(p.Term)
	res.Leech = counted && after.Lapses > before.Lapses && after.Lapses%LeechLapses == 0
	return res, nil
}

// append stores an answer and the card after it, and returns the deck with both. The deck passed
// in must not be used afterwards. If another replica has stored an answer first, append returns
// false and the stored deck.
func (r *Reviewer) append(ctx context.Context, deck Deck, a Answer, after Card) (Deck, bool, error) {
	// Store the reaction first. If that fails, nothing is stored. If only the answer cannot be
	// stored, the learner has still reacted.
	err := r.changeDigest(ctx, deck.Settings, func(d Digest, s Settings, now time.Time) Digest {
		if d.Unanswered == 0 && !d.Silent {
			return d
		}
		return d.Reacted(s, now)
	})
	if err != nil {
		return deck, false, err
	}
	counted, err := r.Store.Append(ctx, a, after)
	if err != nil {
		return deck, false, err
	}
	if !counted {
		deck, err = r.Deck(ctx, a.Learner)
		return deck, false, err
	}
	deck.Cards[slices.IndexFunc(deck.Cards, func(c Card) bool { return c.Term == a.Term })] = after
	deck.Answers = append(deck.Answers, a)
	return deck, true, nil
}

// Undo undoes the learner's last answer of the day in a session. Counted is false if there is no
// such answer.
func (r *Reviewer) Undo(ctx context.Context, l Learner) (Result, error) {
	return r.undo(ctx, l, func(Answer) bool { return true })
}

// UndoAnswer is like [Reviewer.Undo], but Counted is also false if the last answer does not have
// the given term and Seq. So an answer is undone only once, even if several replicas try to undo
// it at the same time.
func (r *Reviewer) UndoAnswer(ctx context.Context, l Learner, term string, seq int) (Result, error) {
	return r.undo(ctx, l, func(last Answer) bool { return last.Term == term && last.Seq == seq })
}

func (r *Reviewer) undo(ctx context.Context, l Learner, isMeant func(last Answer) bool) (Result, error) {
	deck, err := r.Deck(ctx, l)
	if err != nil {
		return Result{}, err
	}
	answered := deck.Answered()
	if len(answered) == 0 || !isMeant(answered[len(answered)-1]) {
		return Result{Deck: deck}, nil
	}
	last := answered[len(answered)-1]
	c, _ := deck.Card(last.Term)
	log, err := r.Store.CardAnswers(ctx, l, last.Term)
	if err != nil {
		return Result{}, err
	}
	undo := Answer{Learner: l, Term: last.Term, Seq: c.Seq + 1, Kind: last.Kind, Undoes: last.Seq, Day: deck.Day, At: r.now()}
	after := Derive(deck.Settings.Scheduler(), c, append(log, undo))
	deck, counted, err := r.append(ctx, deck, undo, after)
	return Result{Counted: counted, Card: after, Deck: deck}, err
}

// Suspend suspends a card until the learner remembers its term again.
func (r *Reviewer) Suspend(ctx context.Context, l Learner, term string) error {
	return r.Store.Suspend(ctx, l, term)
}

// maxTries is the maximum number of times that changeDigest tries to store a change. An attempt
// fails if another replica changes the same digest.
const maxTries = 5

// Postpone changes the state of a learner's digests, for example with [Digest.InAnHour].
func (r *Reviewer) Postpone(ctx context.Context, l Learner, change func(Digest, Settings, time.Time) Digest) error {
	s, ok, err := r.Store.Settings(ctx, l)
	switch {
	case err != nil:
		return err
	case !ok:
		return ErrNotOptedIn
	}
	return r.changeDigest(ctx, s, change)
}

// changeDigest is like Postpone, but with settings that have already been read.
func (r *Reviewer) changeDigest(ctx context.Context, s Settings, change func(Digest, Settings, time.Time) Digest) error {
	for range maxTries {
		d, err := r.Store.Digest(ctx, s.Learner)
		if err != nil {
			return err
		}
		next := change(d, s, r.now())
		if next == d {
			return nil
		}
		if ok, err := r.Store.SetDigest(ctx, next); ok || err != nil {
			return err
		}
	}
	return fmt.Errorf("digest of %v keeps changing: try again", s.Learner)
}

// Digest makes the decision about a digest that [Digests.DueDigests] returned. If several
// replicas call Digest, one receives the action, and the others receive [DoNothing]. Digest
// stores the decision before the message is sent: if the replica dies in between, the learner
// receives no digest that day, but never two.
func (r *Reviewer) Digest(ctx context.Context, d Digest) (Action, Digest, Deck, error) {
	if stored, err := r.Store.Digest(ctx, d.Learner); err != nil || stored.Version != d.Version {
		return DoNothing, d, Deck{}, err
	}
	deck, err := r.Deck(ctx, d.Learner)
	if err != nil {
		return DoNothing, d, Deck{}, err
	}
	action, next := d.Decide(deck.Settings, len(deck.Queue()), r.now())
	if next == d {
		return DoNothing, d, deck, nil
	}
	won, err := r.Store.SetDigest(ctx, next)
	if err != nil || !won {
		return DoNothing, d, deck, err
	}
	next.Version++
	return action, next, deck, nil
}

// Sent stores the platform's ID for the message that contains a digest.
func (r *Reviewer) Sent(ctx context.Context, l Learner, ref string) error {
	return r.Postpone(ctx, l, func(d Digest, _ Settings, _ time.Time) Digest {
		d.Ref = ref
		return d
	})
}
