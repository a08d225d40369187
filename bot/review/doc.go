// Package review decides which terms a person is asked about again, and when. It applies spaced
// repetition to the terms that people look up.
//
// The path of one term:
//
//	a person remembers a term     Reviewer.Remember   a new Card
//	  -> a digest says it is due  Reviewer.Digest     Digest.Decide: at most one a day
//	    -> a session asks         Deck.Session        Deck.Queue: which cards, in which order
//	      -> Asker.Ask            a Question of a Kind
//	      -> Reviewer.Answer      an Answer in the log, and the Card after it
//
// All decisions are pure functions of values, with the time as an argument. The package does not
// depend on platforms, texts or SQL: the [Store] interface defines what it needs from a database.
// Package fsrs contains the memory model.
//
// # Vocabulary
//
// The terms are common in spaced repetition:
//
//   - learner: a person who has opted in to remembering terms
//   - card: a term that a learner remembers; deck: all cards of a learner, as of one day
//   - rating: how well the learner recalled a card: [Knew] or [Forgot]
//   - stability, difficulty, retrievability, interval: see package fsrs
//   - new: never rated; due: the interval is over; lapse: forgotten after an earlier rating
//   - leech: a card that lapses again and again; suspended: not shown until it is added again
//   - session: the cards that a learner answers in one go, at most the day's limit
//   - digest: the message that announces due cards
//   - intake brake: the rule that no new cards are shown while too many cards are due
//
// # Days
//
// An interval is a number of whole days in the learner's time zone (see [Day]). A card that was
// forgotten comes back on a later day, never on the same day.
//
// # What is stored
//
// Answers are append-only. A card's state is derived from its answers alone (see [Derive]), so
// every replica and every database derives the same card. Undoing an answer appends another
// answer.
package review
