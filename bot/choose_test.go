package bot

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"k8sbot/glossary"
)

// TestChoose lets channels get all terms, twice.
func TestChoose(t *testing.T) {
	g := real(t).glossary
	day := func(n int) time.Time { return time.Date(2026, 1, 1+n, 9, 0, 0, 0, time.UTC) }
	orders := make(map[string]bool)
	for _, id := range []string{"C1", "C2"} {
		c := Channel{Platform: Slack, Tenant: "T", ID: id}
		var h history
		var order []string
		seen := make(map[string]int)
		for n := range 2 * g.Len() {
			term := choose(g, c, "", h)
			if again := choose(g, c, "", h); again != term {
				t.Fatal("two replicas choose otherwise")
			}
			round := n / g.Len()
			if seen[term.ID] != round {
				t.Errorf("%s comes in round %d for the %d. time", term.ID, round, seen[term.ID]+1)
			}
			seen[term.ID]++
			if n > 0 {
				last, _ := g.Term(order[n-1])
				related := slices.ContainsFunc(g.Related(last), func(r glossary.Related) bool { return r.Term == term })
				// At the end of a round there may be nothing else left.
				if left := g.Len() - n%g.Len(); related && left > 10 {
					t.Errorf("%s follows %s, to which it is related", term.ID, last.ID)
				}
			}
			order = append(order, term.ID)
			h.posted = append([]Delivery{{Channel: c, At: day(n), Term: term.ID, State: Sent}}, h.posted...)
		}
		if !slices.Equal(sorted(order[:g.Len()]), sorted(order[g.Len():])) {
			t.Error("the second round has other terms")
		}
		orders[fmt.Sprint(order[:5])] = true
	}
	if len(orders) != 2 {
		t.Error("two channels get the same terms")
	}
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// TestChooseTiers holds that what everybody needs comes before what is rare, and
// what the channel asked for before others.
func TestChooseTiers(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c := Channel{Platform: Discord, Tenant: "T", ID: "C"}
	term := func(id string, tier int, category glossary.Category) *glossary.Term {
		return &glossary.Term{ID: id, Tier: tier, Category: category, Name: glossary.Text{EN: id}}
	}
	g := glossary.New([]*glossary.Term{
		term("one", 1, "storage"), term("uno", 1, "node"), term("two", 2, "storage"), term("due", 2, "node"), term("three", 3, "storage"),
	})
	sent := func(id string, ago time.Duration) Delivery {
		return Delivery{Channel: c, Term: id, State: Sent, At: now.Add(-ago)}
	}
	const week = 7 * 24 * time.Hour
	for name, tt := range map[string]struct {
		category glossary.Category
		h        history
		want     []string // any of them
	}{
		"the first":              {"", history{}, []string{"one", "uno"}},
		"the other of its tier":  {"", history{posted: []Delivery{sent("one", week)}}, []string{"uno"}},
		"the next tier":          {"", history{posted: []Delivery{sent("one", week), sent("uno", 2*week)}}, []string{"two", "due"}},
		"one of a category":      {"node", history{posted: []Delivery{sent("uno", week)}}, []string{"due"}},
		"all were shown":         {"node", history{posted: []Delivery{sent("due", week), sent("uno", 2*week)}}, []string{"uno"}},
		"asked for in its tier":  {"", history{asked: []Asked{{Term: "uno", Last: now}}}, []string{"uno"}},
		"asked for, one tier on": {"", history{asked: []Asked{{Term: "due", Last: now}}}, []string{"due"}},
		"asked for, but rare":    {"", history{asked: []Asked{{Term: "three", Last: now}}}, []string{"one", "uno"}},
		"asked for before it was posted": {"", history{
			posted: []Delivery{sent("one", week), sent("uno", week), sent("two", week), sent("due", week), sent("three", week)},
			asked:  []Asked{{Term: "three", Last: now.Add(-2 * week)}},
		}, []string{"one", "uno"}},
		"never was sent":      {"", history{posted: []Delivery{{Term: "one", State: Failed, At: now}, {Term: "uno", State: Skipped, At: now}}}, []string{"one", "uno"}},
		"may have been sent":  {"", history{posted: []Delivery{{Term: "one", State: Unclear, At: now}}}, []string{"uno"}},
		"no such category":    {"tools", history{}, nil},
		"a term that is gone": {"", history{posted: []Delivery{sent("gone", week), sent("one", 2*week)}}, []string{"uno"}},
	} {
		got := choose(g, c, tt.category, tt.h)
		if got == nil && len(tt.want) > 0 || got != nil && !slices.Contains(tt.want, got.ID) {
			t.Errorf("%s: %v, want one of %v", name, got, tt.want)
		}
	}
}
