package daily

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
	"k8sbot/glossary/longtest"
)

// A record has the terms that were posted in a channel, as a store returns them: each
// term with its latest round, latest first.
type record []PostedTerm

func (r *record) add(term *glossary.Term, round int, at time.Time) {
	*r = slices.DeleteFunc(*r, func(other PostedTerm) bool { return other.Term == term.ID })
	*r = slices.Insert(*r, 0, PostedTerm{Term: term.ID, Round: round, At: at})
}

func realGlossary(tb testing.TB) *glossary.Glossary {
	tb.Helper()
	g, err := glossary.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// askedTerms returns how many terms the daily term may bring up.
func askedTerms(g *glossary.Glossary) int { return len(askedOnly(g.All())) }

// TestPick posts all terms, or a sample of them, three times in two channels.
func TestPick(t *testing.T) {
	if testing.Short() {
		t.Skip("goes through thousands of days without a goroutine")
	}
	g := glossary.New(longtest.Sample(t, realGlossary(t).All()))
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC) }
	orders := make(map[string]bool)
	asked := askedTerms(g)
	for _, id := range []string{"C1", "C2"} {
		c := bot.Channel{Platform: "slack", Tenant: "T", ID: id}
		var got record
		var order []string
		seen := make(map[string]int)
		for n := range 3 * asked {
			term, in := pickTerm(g, nil, c, "", channelHistory{posted: got})
			if n%10 == 0 {
				if again, _ := pickTerm(g, nil, c, "", channelHistory{posted: got}); again != term {
					t.Fatalf("day %d: got %s, then %s; want the same term", n, term.ID, again.ID)
				}
			}
			if !term.IsAsked() {
				t.Errorf("%s: posted although nobody needs to remember it", term.ID)
			}
			round := n / asked
			if seen[term.ID] != round || in != round+1 {
				t.Fatalf("%s: day %d: got round %d, want %d (seen %d times)", term.ID, n, in, round+1, seen[term.ID])
			}
			seen[term.ID]++
			if n > 0 {
				last, _ := g.Term(order[n-1])
				related := slices.ContainsFunc(g.Related(last), func(r glossary.Related) bool { return r.Term == term })
				// At the end of a round there may be nothing else left.
				if left := asked - n%asked; related && left > 10 {
					t.Errorf("%s follows the related term %s", term.ID, last.ID)
				}
			}
			order = append(order, term.ID)
			got.add(term, in, day(n))
		}
		orders[fmt.Sprint(order[:5])] = true
	}
	if len(orders) != 2 {
		t.Error("both channels got the same order of terms")
	}
}

// TestPickFromMore checks that terms a channel has never had, because they are new or
// because its schedule was limited to a category before, are each posted once before
// any term is repeated.
func TestPickFromMore(t *testing.T) {
	all := askedOnly(realGlossary(t).All())[:60]
	c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
	day, got := 0, record(nil)
	next := func(g *glossary.Glossary, category glossary.Category) string {
		term, round := pickTerm(g, nil, c, category, channelHistory{posted: got})
		got.add(term, round, time.Unix(0, 0).AddDate(0, 0, day))
		day++
		return term.ID
	}
	few := glossary.New(all[:40])
	for range 3*few.Len() + 20 {
		next(few, "")
	}
	more := glossary.New(all)
	seen := make(map[string]bool)
	for i := range more.Len() - few.Len() {
		id := next(more, "")
		if seen[id] || slices.ContainsFunc(few.All(), func(t *glossary.Term) bool { return t.ID == id }) {
			t.Errorf("new term %d: got %s, want one that was never posted", i+1, id)
		}
		seen[id] = true
	}
	for range 20 { // the rest of the fourth round
		if id := next(more, ""); seen[id] {
			t.Errorf("%s: repeated before the round is over", id)
		} else {
			seen[id] = true
		}
	}

	day, got, seen = 0, nil, make(map[string]bool)
	for range 100 {
		next(more, all[0].Category)
	}
	for range more.Len() - len(more.ByCategory(all[0].Category)) {
		if id := next(more, ""); seen[id] {
			t.Errorf("%s: repeated before all terms were posted", id)
		} else {
			seen[id] = true
		}
	}
}

// BenchmarkPick picks for a channel in the middle of its second round.
func BenchmarkPick(b *testing.B) {
	g := realGlossary(b)
	c := bot.Channel{Platform: "slack", Tenant: "T", ID: "C"}
	var got record
	for n := range askedTerms(g) * 3 / 2 {
		term, round := pickTerm(g, nil, c, "", channelHistory{posted: got})
		got.add(term, round, time.Unix(0, 0).AddDate(0, 0, n))
	}
	for b.Loop() {
		pickTerm(g, nil, c, "", channelHistory{posted: got})
	}
}

// TestPickTiers checks that common terms come before rare ones, and terms that were
// asked for before others.
func TestPickTiers(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c := bot.Channel{Platform: "discord", Tenant: "T", ID: "C"}
	term := func(id string, tier int, category glossary.Category) *glossary.Term {
		return &glossary.Term{ID: id, Tier: tier, Category: category, Name: glossary.Text{EN: id}}
	}
	g := glossary.New([]*glossary.Term{
		term("one", 1, "storage"), term("uno", 1, "node"), term("two", 2, "storage"), term("due", 2, "node"), term("three", 3, "storage"),
	})
	sent := func(id string, ago time.Duration) PostedTerm {
		return PostedTerm{Term: id, Round: 1, At: now.Add(-ago)}
	}
	const week = 7 * 24 * time.Hour
	for name, tt := range map[string]struct {
		category glossary.Category
		got      channelHistory
		want     []string // any of them
	}{
		"the first":              {"", channelHistory{}, []string{"one", "uno"}},
		"the other of its tier":  {"", channelHistory{posted: []PostedTerm{sent("one", week)}}, []string{"uno"}},
		"the next tier":          {"", channelHistory{posted: []PostedTerm{sent("one", week), sent("uno", 2*week)}}, []string{"two", "due"}},
		"one of a category":      {"node", channelHistory{posted: []PostedTerm{sent("uno", week)}}, []string{"due"}},
		"all were posted":        {"node", channelHistory{posted: []PostedTerm{sent("due", week), sent("uno", 2*week)}}, []string{"uno"}},
		"asked for in its tier":  {"", channelHistory{asked: []AskedTerm{{Term: "uno", Last: now}}}, []string{"uno"}},
		"asked for, one tier on": {"", channelHistory{asked: []AskedTerm{{Term: "due", Last: now}}}, []string{"due"}},
		"asked for, but rare":    {"", channelHistory{asked: []AskedTerm{{Term: "three", Last: now}}}, []string{"one", "uno"}},
		"asked for before it was posted": {"", channelHistory{
			posted: []PostedTerm{sent("one", week), sent("uno", week), sent("two", week), sent("due", week), sent("three", week)},
			asked:  []AskedTerm{{Term: "three", Last: now.Add(-2 * week)}},
		}, []string{"one", "uno"}},
		"left in the round":   {"node", channelHistory{posted: []PostedTerm{{Term: "uno", Round: 3, At: now}, {Term: "due", Round: 2, At: now.Add(-week)}}}, []string{"due"}},
		"no such category":    {"tools", channelHistory{}, nil},
		"a term that is gone": {"", channelHistory{posted: []PostedTerm{sent("gone", week), sent("one", 2*week)}}, []string{"uno"}},
	} {
		got, _ := pickTerm(g, nil, c, tt.category, tt.got)
		if got == nil && len(tt.want) > 0 || got != nil && !slices.Contains(tt.want, got.ID) {
			t.Errorf("%s: got %v, want one of %v", name, got, tt.want)
		}
	}
}
