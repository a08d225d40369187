package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/schedule"
	"k8sbot/bot/store/limits"
)

func TestLearners(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			reviewtest.TestStore(t, func(t *testing.T) review.Store {
				return openDB(t, newDatabase(t), Options{}).Learners()
			})
		})
	}
}

var ann = review.Learner{Platform: "slack", Tenant: "T1", User: "U1"}

// optIn stores a learner's settings and adds cards.
func optIn(tb testing.TB, s review.Store, l review.Learner, terms ...string) review.Settings {
	tb.Helper()
	settings := review.DefaultSettings(l, schedule.Defaults{})
	if err := s.PutSettings(tb.Context(), settings, review.Digest{Learner: l, Next: time.UnixMilli(0)}); err != nil {
		tb.Fatal(err)
	}
	var cards []review.Card
	for _, term := range terms {
		cards = append(cards, review.Card{Learner: l, Term: term, Added: time.UnixMilli(1_800_000_000_000).UTC()})
	}
	if err := s.AddCards(tb.Context(), cards); err != nil {
		tb.Fatal(err)
	}
	return settings
}

// press appends an answer to a card in a store.
func press(ctx context.Context, s review.Store, settings review.Settings, a review.Answer) (counted bool, err error) {
	log, err := s.CardAnswers(ctx, a.Learner, a.Term)
	if err != nil {
		return false, err
	}
	after := review.Derive(settings.Scheduler(), review.Card{Learner: a.Learner, Term: a.Term}, append(log, a))
	return s.Append(ctx, a, after)
}

// mustPress is press for an answer that counts.
func mustPress(tb testing.TB, s review.Store, settings review.Settings, a review.Answer) {
	tb.Helper()
	if counted, err := press(tb.Context(), s, settings, a); !counted || err != nil {
		tb.Fatalf("Append(%+v) = %v, %v, want true", a, counted, err)
	}
}

func mustCards(tb testing.TB, s review.Store, l review.Learner) []review.Card {
	tb.Helper()
	cards, err := s.Cards(tb.Context(), l)
	if err != nil {
		tb.Fatal(err)
	}
	return cards
}

// TestSameHistorySameCard gives all stores the same random history, and checks that their cards,
// answers and due digests are the same, and that the cards can be derived from the log.
func TestSameHistorySameCard(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("presses for 25 days, one after the other")
	}
	const people, terms, days = 3, 8, 25
	type state struct {
		Cards   []review.Card
		Answers []review.Answer
		Digests []review.Digest
	}
	history := func(t *testing.T, s review.Store, seed uint64) (got state) {
		rnd := rand.New(rand.NewPCG(seed, 0))
		now := time.Date(2027, time.January, 15, 9, 0, 0, 0, time.UTC)
		r := &review.Reviewer{Store: s, Now: func() time.Time { return now }}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var learners []review.Learner
		for i := range people {
			l := review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprint("U", i)}
			learners = append(learners, l)
			settings := review.DefaultSettings(l, schedule.Defaults{Zone: []string{"Asia/Tokyo", "America/New_York", ""}[i]})
			settings.Retention = 0.75 + 0.2*rnd.Float64()
			must(r.OptIn(t.Context(), settings))
		}
		for range days {
			for _, l := range learners {
				if rnd.IntN(2) == 0 {
					must(r.Remember(t.Context(), l, fmt.Sprint("term ", rnd.IntN(terms))))
				}
				for _, c := range mustCards(t, s, l) {
					rating := []review.Answer{{Rating: review.Forgot}, {Rating: review.Knew}}[rnd.IntN(2)].Rating
					_, err := r.Answer(t.Context(), l, review.Press{Term: c.Term, Seq: c.Seq, Kind: review.SelfGraded, Rating: rating})
					must(err)
				}
				if rnd.IntN(5) == 0 {
					_, err := r.Undo(t.Context(), l)
					must(err)
				}
				now = now.Add(time.Duration(rnd.IntN(1000)) * time.Millisecond)
			}
			now = now.AddDate(0, 0, 1)
		}
		var err error
		for _, l := range learners {
			got.Cards = append(got.Cards, mustCards(t, s, l)...)
			answers, err := s.Answers(t.Context(), l, 0)
			must(err)
			got.Answers = append(got.Answers, answers...)
			settings, _, err := s.Settings(t.Context(), l)
			must(err)
			for _, c := range mustCards(t, s, l) {
				if want := review.Derive(settings.Scheduler(), c, of(answers, c.Term)); c != want {
					t.Errorf("got %+v, want %+v from its log", c, want)
				}
			}
		}
		got.Digests, err = s.DueDigests(t.Context(), now.AddDate(1, 0, 0), 100)
		must(err)
		return got
	}
	for seed := range uint64(2) {
		memory := history(t, reviewtest.NewMemory(), seed)
		if len(memory.Answers) < 80 || len(memory.Digests) != people {
			t.Fatalf("got %d answers and %d digests: the history is too short", len(memory.Answers), len(memory.Digests))
		}
		for name, newDatabase := range databases {
			t.Run(fmt.Sprint(name, " ", seed), func(t *testing.T) {
				got := history(t, openDB(t, newDatabase(t), Options{}).Learners(), seed)
				if diff := cmp.Diff(memory, got); diff != "" {
					t.Errorf("(-memory +%s):\n%s", name, diff)
				}
			})
		}
	}
}

// of returns the answers to one card.
func of(answers []review.Answer, term string) (log []review.Answer) {
	for _, a := range answers {
		if a.Term == term {
			log = append(log, a)
		}
	}
	return log
}

// TestPressCountsOnce presses each of six buttons 50 times at once, on three replicas and
// alternating between two cards.
func TestPressCountsOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		replicas := replicasOf(t, dsn, 3, newClock())
		settings := optIn(t, replicas[0].Learners(), ann, "pod", "pdb")
		var log []review.Answer
		for i := range 6 {
			a := review.Answer{Learner: ann, Term: []string{"pod", "pdb"}[i%2], Seq: i/2 + 1, Kind: review.SelfGraded, Day: review.Day(20_000 + i)}
			counted := make([]atomic.Int32, 2) // by rating
			var all sync.WaitGroup
			for n := range 50 {
				all.Go(func() {
					a := a
					a.Rating, a.At = review.Forgot, time.UnixMilli(int64(n)).UTC()
					if n%2 == 0 {
						a.Rating = review.Knew
					}
					ok, err := press(t.Context(), replicas[n%len(replicas)].Learners(), settings, a)
					if err != nil {
						t.Error(err)
					}
					if ok {
						counted[n%2].Add(1)
					}
				})
			}
			all.Wait()
			knew, forgot := counted[0].Load(), counted[1].Load()
			if knew+forgot != 1 {
				t.Fatalf("press %d counted %d times", i+1, knew+forgot)
			}
			answers, err := replicas[0].Learners().Answers(t.Context(), ann, 0)
			if err != nil || len(answers) != i+1 {
				t.Fatalf("got %d answers, %v, want %d", len(answers), err, i+1)
			}
			if last := answers[i]; last.Term != a.Term || last.Seq != a.Seq || (last.Rating == review.Knew) != (knew == 1) {
				t.Errorf("got %+v, want the press that counted", last)
			}
			log = answers
		}
		for _, c := range mustCards(t, replicas[1].Learners(), ann) {
			if want := review.Derive(settings.Scheduler(), c, of(log, c.Term)); c != want {
				t.Errorf("got %+v, want %+v", c, want)
			}
		}
	})
}

// TestDigestIsTakenOnce lets three replicas take all due digests at once, and checks that each
// is taken once.
func TestDigestIsTakenOnce(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		replicas := replicasOf(t, dsn, 3, newClock())
		const people = 10
		for i := range people {
			optIn(t, replicas[0].Learners(), review.Learner{Platform: "discord", User: fmt.Sprint("U", i)})
		}
		var taken atomic.Int32
		var all sync.WaitGroup
		for n := range 9 {
			all.Go(func() {
				s := replicas[n%len(replicas)].Learners()
				due, err := s.DueDigests(t.Context(), time.UnixMilli(0), people)
				if err != nil {
					t.Error(err)
				}
				for _, d := range due {
					d.Next = time.Time{}
					first, err := s.SetDigest(t.Context(), d)
					if err != nil {
						t.Error(err)
					}
					if first {
						taken.Add(1)
					}
				}
			})
		}
		all.Wait()
		if taken.Load() != people {
			t.Errorf("%d digests were taken, want %d", taken.Load(), people)
		}
	})
}

// TestForgetLearnerRaces forgets learners while replicas store things about them. No rows about
// them may remain, except about those who opted in again.
func TestForgetLearnerRaces(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		replicas := replicasOf(t, dsn, 3, newClock())
		for i := range 12 {
			l := review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprint("U", i)}
			settings := optIn(t, replicas[0].Learners(), l, "pod", "pdb")
			again := i%3 == 0
			var all sync.WaitGroup
			run := func(f func(db *DB) error) {
				db := replicas[rand.IntN(len(replicas))]
				all.Go(func() {
					if err := f(db); err != nil {
						t.Error(err)
					}
				})
			}
			for n, term := range []string{"pod", "pdb", "taint"} {
				run(func(db *DB) error {
					return db.Learners().AddCards(t.Context(), []review.Card{{Learner: l, Term: term}})
				})
				run(func(db *DB) error {
					_, err := press(t.Context(), db.Learners(), settings, review.Answer{Learner: l, Term: term, Seq: 1, Rating: review.Knew, Day: 1})
					return err
				})
				if n == 1 {
					run(func(db *DB) error {
						if again {
							return db.Learners().Forget(t.Context(), l)
						}
						return db.Forget(t.Context(), bot.Person{Platform: "slack", Tenant: "T1", User: l.User})
					})
				}
			}
			if again {
				run(func(db *DB) error { return db.Learners().PutSettings(t.Context(), settings, review.Digest{Learner: l}) })
			}
			all.Wait()
			rows := countRows(t, replicas[0], l)
			if _, ok, err := replicas[0].Learners().Settings(t.Context(), l); err != nil || ok != (rows["learner"] == 1) {
				t.Fatal(ok, err)
			}
			switch {
			case rows["learner"] != rows["digest"]:
				t.Errorf("%v: got rows %v, want settings and a digest, or neither", l, rows)
			case rows["learner"] == 0 && rows["card"]+rows["answer"] > 0, !again && rows["learner"] > 0:
				t.Errorf("%v: rows are left: %v", l, rows)
			case rows["answer"] > rows["card"]:
				t.Errorf("%v: answers without cards are left: %v", l, rows)
			}
		}
	})
}

// countRows returns the number of rows about a learner, by table.
func countRows(t *testing.T, db *DB, l review.Learner) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	for _, table := range []string{"learner", "card", "answer", "digest"} {
		var n int
		row := db.Reader().QueryRow(`SELECT COUNT(*) FROM `+table+` WHERE `+ofLearner, learnerArgs(l)...)
		if err := row.Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

// TestAppendIsAtomic checks that a card stays as it is if its answer cannot be stored.
func TestAppendIsAtomic(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		db := openDB(t, dsn, Options{})
		settings := optIn(t, db.Learners(), ann, "pod")
		a := review.Answer{Learner: ann, Term: "pod", Seq: 1, Kind: review.SelfGraded, Rating: review.Knew, Day: 20_000}
		rename := func(from, to string) {
			t.Helper()
			if _, err := db.Writer().Exec(`ALTER TABLE ` + from + ` RENAME TO ` + to); err != nil {
				t.Fatal(err)
			}
		}
		before := mustCards(t, db.Learners(), ann)
		rename("answer", "away")
		after := before[0].Apply(settings.Scheduler(), a)
		if counted, err := db.Learners().Append(t.Context(), a, after); counted || err == nil {
			t.Errorf("Append without a table = %v, %v, want an error", counted, err)
		}
		if err := db.Learners().Forget(t.Context(), ann); err == nil {
			t.Error("Forget without a table: got no error")
		}
		rename("away", "answer")
		if diff := cmp.Diff(before, mustCards(t, db.Learners(), ann)); diff != "" {
			t.Errorf("cards (-before +after):\n%s", diff)
		}
		mustPress(t, db.Learners(), settings, a)
	})
}

// TestLearnerLimits checks that both databases reject what one of them cannot store, with an
// error that does not quote it, and that calls end with their context.
func TestLearnerLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	calls := func(ctx context.Context, s review.Store, text string) map[string]error {
		errs := make(map[string]error)
		for name, l := range map[string]review.Learner{
			"platform": {Platform: text}, "tenant": {Tenant: text}, "user": {User: text},
		} {
			_, _, settingsErr := s.Settings(ctx, l)
			_, cardsErr := s.Cards(ctx, l)
			_, cardsOfErr := s.CardsOf(ctx, []review.Learner{ann, l})
			_, answersErr := s.Answers(ctx, l, 0)
			_, answersOfErr := s.AnswersOf(ctx, []review.Learner{ann, l}, 0)
			_, cardAnswersErr := s.CardAnswers(ctx, l, "pod")
			_, appendErr := s.Append(ctx, review.Answer{Learner: l}, review.Card{})
			_, digestErr := s.Digest(ctx, l)
			_, setErr := s.SetDigest(ctx, review.Digest{Learner: l})
			for call, err := range map[string]error{
				"Settings": settingsErr, "PutSettings": s.PutSettings(ctx, review.Settings{Learner: l}, review.Digest{Learner: l}), "Forget": s.Forget(ctx, l),
				"Cards": cardsErr, "CardsOf": cardsOfErr, "AddCards": s.AddCards(ctx, []review.Card{{Learner: l}}),
				"RemoveNew": s.RemoveNew(ctx, l, "pod"), "Suspend": s.Suspend(ctx, l, "pod"),
				"Answers": answersErr, "AnswersOf": answersOfErr, "CardAnswers": cardAnswersErr, "Append": appendErr,
				"Digest": digestErr, "SetDigest": setErr,
			} {
				errs[call+" with a "+name] = err
			}
		}
		_, cardAnswersErr := s.CardAnswers(ctx, ann, text)
		_, appendErr := s.Append(ctx, review.Answer{Learner: ann, Term: text}, review.Card{})
		_, kindErr := s.Append(ctx, review.Answer{Learner: ann, Term: "pod", Kind: review.Kind(text)}, review.Card{})
		_, refErr := s.SetDigest(ctx, review.Digest{Learner: ann, Ref: text})
		for call, err := range map[string]error{
			"AddCards": s.AddCards(ctx, []review.Card{{Learner: ann, Term: text}}), "RemoveNew": s.RemoveNew(ctx, ann, text),
			"Suspend": s.Suspend(ctx, ann, text), "CardAnswers": cardAnswersErr, "Append": appendErr,
		} {
			errs[call+" with a term"] = err
		}
		errs["Append with a kind"] = kindErr
		errs["SetDigest with a message"] = refErr
		errs["PutSettings with a message"] = s.PutSettings(ctx, review.Settings{Learner: ann}, review.Digest{Ref: text})
		errs["PutSettings with a zone"] = s.PutSettings(ctx, review.Settings{Learner: ann, Schedule: schedule.Spec{Zone: text}}, review.Digest{})
		return errs
	}
	onDatabases(t, func(t *testing.T, dsn string) {
		s := openDB(t, dsn, Options{}).Learners()
		fits := strings.Repeat("あ", limits.MaxKey/len("あ"))
		for call, err := range calls(t.Context(), s, fits) {
			if err != nil {
				t.Errorf("%s: %v", call, err)
			}
		}
		for _, bad := range []string{fits + "secret", "secret\x00", "secret\xff"} {
			for call, err := range calls(t.Context(), s, bad) {
				if err == nil || strings.Contains(err.Error(), "secret") {
					t.Errorf("%s with %q: got %v, want an error that does not quote it", call, bad, err)
				}
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for call, err := range calls(ctx, s, "a") {
			if err == nil {
				t.Errorf("%s with a cancelled context: got no error", call)
			}
		}
		if _, err := s.DueDigests(ctx, time.Now(), 1); err == nil {
			t.Error("DueDigests with a cancelled context: got no error")
		}
	})
}

// TestManyLearners reads more learners than one statement matches.
func TestManyLearners(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		s := openDB(t, dsn, Options{}).Learners()
		var learners []review.Learner
		for i := range maxBatch + 2 {
			learners = append(learners, review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprint("U", i)})
		}
		for _, l := range []review.Learner{learners[0], learners[maxBatch], learners[maxBatch+1]} {
			mustPress(t, s, optIn(t, s, l, "pod"), review.Answer{Learner: l, Term: "pod", Seq: 1, Rating: review.Knew, Day: 20_000})
		}
		cards, err := s.CardsOf(t.Context(), learners)
		if err != nil || len(cards) != 3 {
			t.Errorf("got %d cards, %v, want 3", len(cards), err)
		}
		for since, want := range map[review.Day]int{20_000: 3, 20_001: 0} {
			if answers, err := s.AnswersOf(t.Context(), learners, since); err != nil || len(answers) != want {
				t.Errorf("got %d answers, %v, want %d", len(answers), err, want)
			}
		}
	})
}

// BenchmarkAppend stores answers of one person.
func BenchmarkAppend(b *testing.B) {
	for name, newDatabase := range databases {
		b.Run(name, func(b *testing.B) {
			s := openDB(b, newDatabase(b), Options{}).Learners()
			settings := optIn(b, s, ann, "pod")
			a := review.Answer{Learner: ann, Term: "pod", Kind: review.SelfGraded, Rating: review.Knew, Day: 20_000}
			after := mustCards(b, s, ann)[0].Apply(settings.Scheduler(), a)
			for b.Loop() {
				a.Seq++
				if counted, err := s.Append(b.Context(), a, after); !counted || err != nil {
					b.Fatal(counted, err)
				}
			}
		})
	}
}
