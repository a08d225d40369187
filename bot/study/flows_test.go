package study_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/glossary"
)

// says returns the text of a reply.
func says(r reply.Reply) string { return shown(r) }

// TestPressedTwice presses the same buttons on all replicas at once, and checks that each
// answer counts once, and that each undo undoes one answer.
func TestPressedTwice(t *testing.T) {
	s := newReplicas(t, glossary.English, 3)
	s.remember("pod", "node", "taint")
	all := func(id string) {
		var replicas sync.WaitGroup
		for i := range 9 {
			replicas.Go(func() {
				r := s.bots[i%len(s.bots)].Handle(context.Background(), bot.Request{
					Platform: "slack", Caps: chat, Tenant: "T", Surface: bot.ButtonClick, User: "U", Action: id, FromEphemeral: true,
				})
				if r.Kind != reply.KindReview {
					t.Errorf("%s: got %s", id, shown(r))
				}
			})
		}
		replicas.Wait()
	}
	s.ask("review")
	s.press("Review")
	for n := 1; n <= 3; n++ {
		card := s.deck().Queue()[0]
		all(fmt.Sprintf("1:review-rate:%s:%d:self:f", card.Term, card.Seq))
		if got := len(s.deck().Answered()); got != n {
			t.Fatalf("got %d answers, want %d", got, n)
		}
	}
	last := s.deck().Answered()[2]
	all(fmt.Sprintf("1:review-undo:%s:%d", last.Term, last.Seq))
	if got := len(s.deck().Answered()); got != 2 {
		t.Errorf("after undo: got %d answers, want 2", got)
	}
}

// TestCap checks that no text mentions how many cards are due if there are forty.
func TestCap(t *testing.T) {
	s := newSchool(t, glossary.English)
	g, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	var terms []string
	for _, term := range g.All()[:40] {
		terms = append(terms, term.ID)
	}
	s.remember(terms...)
	for range 40 { // one a day, so that all have been rated
		s.at = s.at.AddDate(0, 0, 1)
		for _, card := range s.deck().Queue() {
			s.click(fmt.Sprintf("1:review-rate:%s:%d:%s:f", card.Term, card.Seq, kindOf(t, card)))
		}
	}
	s.at = s.at.AddDate(0, 2, 0)
	if hub := says(s.ask("review")); !strings.Contains(hub, "5 to review · 40 terms · 5 in the next 7 days") {
		t.Errorf("got %s, want at most 5 a day", hub)
	}
	if front := says(s.press("Review")); !strings.Contains(front, "1 of 5") {
		t.Errorf("got %s, want at most 5", front)
	}
}

// kindOf returns the kind of question asked for a card.
func kindOf(t *testing.T, c review.Card) review.Kind {
	q, ok := askers().Ask(c, glossary.English)
	if !ok {
		t.Fatalf("no question for %s", c.Term)
	}
	return q.Kind
}

var askers = sync.OnceValue(func() *review.Asker {
	g, err := embedded()
	if err != nil {
		panic(err)
	}
	return review.NewAsker(g)
})

// TestKinds answers every term of the glossary in each kind of question, rightly and wrongly.
func TestKinds(t *testing.T) {
	g, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	asked := make(map[review.Kind]int)
	s := newSchool(t, glossary.Japanese)
	for i, term := range g.All() {
		if i%7 != 0 {
			continue
		}
		s.user = term.ID
		s.remember(term.ID)
		for day := 0; day < 8; day++ {
			card, ok := s.deck().Card(term.ID)
			if !ok {
				t.Fatalf("no card of %s", term.ID)
			}
			if !card.IsNew() {
				s.at = card.Due.Date().Add(3 * time.Hour)
			}
			q, _ := askers().Ask(card, glossary.Japanese)
			asked[q.Kind]++
			front := s.click("1:review-next")
			var r reply.Reply
			switch knew := day != 3; {
			case q.Choices == nil:
				s.press("答えを見る")
				label := "覚えていた"
				if !knew {
					label = "忘れていた"
				}
				r = s.press(label)
			case len(front.Buttons) != 3:
				t.Fatalf("%s: got\n%s, want three choices", term.ID, shown(front))
			case knew:
				r = s.click(front.Buttons[q.Right].ID)
				if !strings.Contains(says(r), "正解です") {
					t.Errorf("%s: right choice: got\n%s", term.ID, shown(r))
				}
			default:
				r = s.click(front.Buttons[(q.Right+1)%3].ID)
				if !strings.Contains(says(r), "正解は"+term.DisplayName(glossary.Japanese)) {
					t.Errorf("%s: wrong choice: got\n%s", term.ID, shown(r))
				}
				r = s.press("次へ")
			}
			if !strings.Contains(says(r), "1語中") {
				t.Fatalf("%s: got\n%s, want the end of the session", term.ID, shown(r))
			}
		}
	}
	for _, kind := range []review.Kind{review.SelfGraded, review.ChooseName, review.FirstCheck, review.EnglishName} {
		if asked[kind] < 5 {
			t.Errorf("asked only %d questions of kind %s", asked[kind], kind)
		}
	}
}

// TestLeech forgets a term again and again, and suspends its card.
func TestLeech(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod-disruption-budget")
	card := func() review.Card {
		c, _ := s.deck().Card("pod-disruption-budget")
		return c
	}
	for n := 0; n <= review.LeechLapses; n++ {
		s.at = s.at.AddDate(0, 0, 30)
		s.click("1:review-next")
		c := card()
		s.click(fmt.Sprintf("1:review-rate:%s:%d:%s:f", c.Term, c.Seq, kindOf(t, c)))
		if leech := strings.Contains(says(s.last), "You keep forgetting"); leech != (n == review.LeechLapses) {
			t.Errorf("after %d lapses: got\n%s", n, shown(s.last))
		}
	}
	if s.press("Stop asking"); !card().Suspended || !strings.Contains(says(s.last), "won't ask you about") {
		t.Errorf("got\n%s and %+v, want a card that is left out", shown(s.last), card())
	}
	s.at = s.at.AddDate(0, 0, 90)
	if r := s.click("1:review-next"); !strings.Contains(says(r), "Nothing to review today") {
		t.Errorf("left out, but got\n%s", shown(r))
	}
	if s.remember("pod-disruption-budget"); card().Suspended {
		t.Error("remembering it again does not bring it back")
	}
}

// TestPlacement answers a placement for a person who knows every other term. It checks that
// each answer is stored at once, and that pressing twice answers once.
func TestPlacement(t *testing.T) {
	s := newSchool(t, glossary.English)
	r := s.ask("review placement")
	if !strings.Contains(says(r), "1 of 8") || !strings.Contains(says(r), "From now on") {
		t.Fatalf("got\n%s, want the first term, and what was set", shown(r))
	}
	for n := range review.PlacementTerms {
		b := s.last.Buttons[n%2]
		s.click(b.ID)
		if n < review.PlacementTerms-1 {
			s.click(b.ID)
		}
		if got := len(s.deck().Cards); got != n+1 {
			t.Fatalf("after %d terms: got %d cards", n+1, got)
		}
	}
	if !strings.Contains(says(s.last), "You know 4 of 8. I'll ask you about the other 4") {
		t.Errorf("got\n%s, want the result", shown(s.last))
	}
	if r := s.ask("review placement"); !strings.Contains(says(r), "You know 4 of 8") {
		t.Errorf("on the same day: got\n%s, want the same result", shown(r))
	}
	// The overview offers no second placement, and knows no recall before the first review.
	hub := shown(s.press("Overview"))
	if strings.Contains(hub, "What have I forgotten?") || strings.Contains(hub, "Recall") {
		t.Errorf("got the overview\n%s, want no placement and no recall", hub)
	}
	s.at = s.at.AddDate(0, 0, 1)
	if hub := shown(s.ask("review")); !strings.Contains(hub, "What have I forgotten?") || strings.Contains(hub, "Recall") {
		t.Errorf("the next day: got the overview\n%s, want a placement and no recall", hub)
	}
	s.press("Review")
	for !strings.Contains(shown(s.last), "Recall") && len(s.last.Buttons) > 0 {
		s.click(s.last.Buttons[0].ID)
		if strings.Contains(shown(s.last), "The next review") {
			s.ask("review")
			break
		}
	}
	if hub := shown(s.last); !strings.Contains(hub, "Recall") {
		t.Errorf("after a review: got\n%s, want the recall", hub)
	}
	s.at = s.at.AddDate(0, 0, 1)
	if due := len(s.deck().Queue()); due == 0 || due > 4 {
		t.Errorf("the day after: got %d cards, want those that were forgotten", due)
	}
}

// TestUndoTyped undoes answers by the command, and checks that a terminal offers it with the
// next question.
func TestUndoTyped(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod", "node", "taint")
	if r := s.ask("review undo"); !strings.Contains(says(r), "1 of 3") {
		t.Errorf("before the first answer: got\n%s, want the first question", shown(r))
	}
	answer := func() reply.Reply {
		card := s.deck().Queue()[0]
		return s.click(fmt.Sprintf("1:review-rate:%s:%d:self:f", card.Term, card.Seq))
	}
	if r := answer(); strings.Contains(shown(r), "Undo last") {
		t.Errorf("in a chat: got\n%s, want no button to undo", shown(r))
	}
	answer()
	for n := 1; n >= 0; n-- {
		if r := s.ask("復習 取り消し"); !strings.Contains(says(r), "Undone") || len(s.deck().Answered()) != n {
			t.Fatalf("got %d answers and\n%s, want %d and the question again", len(s.deck().Answered()), shown(r), n)
		}
	}
	card := s.deck().Queue()[0]
	r := s.handle(func(r *bot.Request) {
		r.Surface, r.Action = bot.Terminal, fmt.Sprintf("1:review-rate:%s:%d:self:k", card.Term, card.Seq)
	})
	if !strings.Contains(says(r), "2 of 3") {
		t.Fatalf("got\n%s, want the second question", shown(r))
	}
	if r := s.press("Undo last"); !strings.Contains(says(r), "1 of 3") || len(s.deck().Answered()) != 0 {
		t.Errorf("got %d answers and\n%s, want the first question again", len(s.deck().Answered()), shown(r))
	}
}

// TestSnooze presses the buttons of a digest.
func TestSnooze(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod")
	if r := s.click("1:review-later:hour"); !strings.Contains(says(r), "remind you at 11:00") {
		t.Errorf("in an hour: got\n%s", shown(r))
	}
	if r := s.click("1:review-later:day"); !strings.Contains(says(r), "remind you on Tuesday at 09:00") {
		t.Errorf("tomorrow: got\n%s", shown(r))
	}
	direct := s.handle(func(r *bot.Request) {
		r.Surface, r.Action, r.Direct = bot.ButtonClick, "1:review-next", true
	})
	if direct.Ephemeral || !direct.ReplaceOriginal {
		t.Errorf("in direct messages: got\n%s, want the message to change", shown(direct))
	}
	public := s.handle(func(r *bot.Request) {
		r.Surface, r.Action = bot.ButtonClick, "1:review-next"
	})
	if !public.Ephemeral || public.ReplaceOriginal {
		t.Errorf("in a channel: got\n%s, want a private reply", shown(public))
	}
}

// TestStale presses buttons that this version does not know.
func TestStale(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod")
	for _, id := range []string{
		"1:remember", "1:remember:s", "1:remember:s:no-such-term", "1:review-show:pod", "1:review-show:pod:x:self", "1:review-rate:pod:0:self",
		"1:review-rate:pod:0:daily:k", "1:review-rate:pod:0:self:z", "1:review-undo:pod", "1:review-out:none", "1:review-set:none", "1:review-later:never", "1:review-export:pdf",
	} {
		if r := s.click(id); !strings.Contains(says(r), "no longer works") {
			t.Errorf("%s: got\n%s", id, shown(r))
		}
	}
	if got := s.deck().Answers; len(got) != 0 {
		t.Errorf("got answers %+v", got)
	}
}

// TestAskedBefore looks a term up twice within 60 days, privately and publicly.
func TestAskedBefore(t *testing.T) {
	s := newSchool(t, glossary.English)
	const line = "looked this up before"
	if s.ask("pod"); strings.Contains(says(s.ask("pod")), line) {
		t.Error("got the line without having opted in: nothing may be stored")
	}
	s.remember("taint")
	s.ask("pod")
	s.at = s.at.AddDate(0, 0, 59)
	if r := s.handle(func(r *bot.Request) { r.Surface, r.Text = bot.Mention, "pod" }); strings.Contains(says(r), line) {
		t.Errorf("in public: got\n%s", shown(r))
	}
	if r := s.ask("pod"); !strings.Contains(says(r), line) {
		t.Errorf("second lookup: got\n%s, want the line", shown(r))
	}
	s.at = s.at.AddDate(0, 0, 61)
	if r := s.ask("pod"); strings.Contains(says(r), line) {
		t.Errorf("after 61 days: got\n%s", shown(r))
	}
	s.remember("pod")
	if r := s.ask("pod"); strings.Contains(says(r), line) {
		t.Errorf("remembered: got\n%s", shown(r))
	}
}

// TestUndelivered checks that answers mention the due cards if today's digest could not be
// sent.
func TestUndelivered(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod", "node")
	r := &review.Reviewer{Store: s.store, Now: func() time.Time { return s.at }}
	s.at = s.at.AddDate(0, 0, 1).Add(-time.Hour) // Tuesday, 09:00
	due, err := s.store.DueDigests(context.Background(), s.at, 10)
	if err != nil || len(due) != 1 {
		t.Fatalf("got %v, %v, want a digest", due, err)
	}
	if action, _, _, err := r.Digest(context.Background(), due[0]); action != review.Send || err != nil {
		t.Fatalf("got %v, %v, want a message", action, err)
	}
	if got := says(s.ask("taint")); !strings.Contains(got, "2 terms to review. Type “review”") {
		t.Errorf("got\n%s, want the number", got)
	}
	if err := r.Sent(context.Background(), due[0].Learner, "ref"); err != nil {
		t.Fatal(err)
	}
	if got := says(s.ask("taint")); strings.Contains(got, "to review") {
		t.Errorf("delivered: got\n%s", got)
	}
}

// TestDaily checks that answers to daily terms change only the cards of people who opted in.
func TestDaily(t *testing.T) {
	s := newSchool(t, glossary.English)
	daily := func(id string) { s.click(id) }
	daily("1:forgot:pod:2026-11-30:r")
	if _, ok, _ := s.store.Settings(context.Background(), review.Learner{Platform: "slack", Tenant: "T", User: "U"}); ok {
		t.Fatal("an answer to a daily term opted in")
	}
	s.remember("taint")
	daily("1:forgot:pod:2026-11-30:r")
	daily("1:forgot:pod:2026-11-30:r") // once a day
	daily("1:knew:taint:2026-11-30")   // after the answer was read
	daily("1:knew:namespace:2026-11-30:r")
	daily("1:new:node")
	d := s.deck()
	var got []string
	for _, c := range d.Cards {
		got = append(got, fmt.Sprint(c.Term, " ", c.Reps))
	}
	if want := []string{"node 0", "pod 1", "taint 0"}; !slices.Equal(got, want) {
		t.Errorf("got cards %q, want %q", got, want)
	}
}

// TestStoreFails checks that a failing store does not prevent an answer.
func TestStoreFails(t *testing.T) {
	s := newSchool(t, glossary.English)
	s.remember("pod")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := s.bots[0].Handle(ctx, bot.Request{Platform: "slack", Caps: chat, Tenant: "T", Surface: bot.ButtonClick, User: "U", Action: "1:review-rate:pod:0:self:k", Locales: []string{"en"}})
	if !strings.Contains(says(r), "Something went wrong") || len(s.deck().Answers) != 0 {
		t.Errorf("got\n%s and answers %v", shown(r), s.deck().Answers)
	}
	if r := s.bots[0].Handle(ctx, bot.Request{Platform: "slack", Caps: chat, Tenant: "T", Surface: bot.Slash, User: "U", Text: "pod", Locales: []string{"en"}}); r.Kind != reply.KindTerm {
		t.Errorf("got\n%s, want the term", shown(r))
	}
}

var _ review.LookUps = (*reviewtest.Memory)(nil)
