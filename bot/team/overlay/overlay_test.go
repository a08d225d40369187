package overlay

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8sbot/bot/team"
	"k8sbot/bot/team/teamtest"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// shared is the index of the built-in terms.
var shared = sync.OnceValue(func() *search.Index {
	g, err := glossary.Load()
	if err != nil {
		panic(err)
	}
	return search.New(g)
})

func entry(t testing.TB, f team.Fields) team.Entry {
	t.Helper()
	e, mistakes := f.Write(team.Entry{})
	if len(mistakes) > 0 {
		t.Fatalf("%+v: %v", f, mistakes)
	}
	e.Number = 1
	return e
}

func found(matches []search.Match) string {
	var ids []string
	for _, m := range matches {
		kind := ""
		if m.Score < search.AnswerThreshold {
			kind = "?"
		}
		ids = append(ids, m.Term.ID+kind)
	}
	return strings.Join(ids, " ")
}

func TestSearch(t *testing.T) {
	o := New(team.Terms{Version: 1, Entries: []team.Entry{
		entry(t, team.Fields{Name: "release train", Other: "リリース便", Text: "the weekly deployment to production", Aliases: "RT, 便"}),
		entry(t, team.Fields{Name: "Pod", Text: "our group of four engineers\n四人のチームです"}),
		entry(t, team.Fields{Name: "PodDisruptionBudget", Text: "every chart has one"}),
		entry(t, team.Fields{Name: "Blue Whale", Text: "the largest cluster", Link: "http://wiki/whale"}),
	}})
	for _, tt := range []struct{ text, want string }{
		{"release train", "team-release-train"},
		{"リリース便", "team-release-train"},
		{"what is the release train", "team-release-train"},
		{"リリース便って何?", "team-release-train"},
		{"relase train", "team-release-train"},
		{"RT", "team-release-train"},
		{"便", "team-release-train"},
		{"blue wh", "team-blue-whale"},
		{"Pod", "team-pod pod"},
		{"podって何?", "team-pod pod"},
		{"PodDisruptionBudget", "team-poddisruptionbudget pod-disruption-budget"},
		{"PDB", "team-poddisruptionbudget pod-disruption-budget"},
		{"what is a PDB", "team-poddisruptionbudget pod-disruption-budget"},
		{"CrashLoopBackOff", "crashloopbackoff"},
		{"crashlop", found(shared().Search("crashlop", 3))},
		{"why is my container killed with 137", found(shared().Search("why is my container killed with 137", 3))},
		{"who drives the release train on mondays", "team-release-train"},
		{"zzzzqqq", ""},
	} {
		if got := found(o.Search(shared(), tt.text, 3)); got != tt.want {
			t.Errorf("Search(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := found(o.Complete(shared(), "rel", 25)); !strings.HasPrefix(got, "team-release-train") {
		t.Errorf("got completions %q", got)
	}
	if got := o.Complete(shared(), "po", 25); len(got) != 25 || got[0].Term.ID != "team-pod" {
		t.Errorf("got %d completions: %s", len(got), found(got))
	}
	if got := o.Occurrences("pod/web-1 in BlueWhale: Blue Whale is down"); len(got) != 1 || got[0].ID != "team-blue-whale" {
		t.Errorf("got occurrences %v", got)
	}
	var none *Overlay
	if got := found(none.Search(shared(), "Pod", 3)); got != "pod" {
		t.Errorf("without terms: got %q", got)
	}
}

// TestTenants runs random operations of 20 tenants on two replicas, and checks that each tenant
// finds all of its terms, and never a term of another tenant.
func TestTenants(t *testing.T) {
	const tenants, operations = 20, 300
	g, err := glossary.LoadTree(os.DirFS("../../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, store, shared := t.Context(), new(teamtest.Memory), search.New(g)
	replicas := []*Cache{NewCache(store, nil), NewCache(store, nil)}
	after := []int64{0, 0}
	r := rand.New(rand.NewPCG(20, 1))
	words := []string{"canary", "train", "whale", "pod", "taint", "gate", "便", "リリース"}
	mark := func(n int) string { return fmt.Sprintf("qz%cx", 'a'+n) }
	at := func(n int) team.Tenant { return team.Tenant{Platform: "slack", ID: fmt.Sprintf("T%d", n)} }
	numbers := make(map[string]int) // revisions, by tenant and term
	present := make(map[string]bool)
	for range operations {
		n := r.IntN(tenants)
		word := words[r.IntN(len(words))]
		name := mark(n) + " " + word
		if r.IntN(4) == 0 {
			name = word // a word that many tenants have
		}
		e := entry(t, team.Fields{Name: name, Text: "what " + mark(n) + " means by it", Aliases: mark(n) + word})
		key := at(n).ID + e.Term
		replica := r.IntN(len(replicas))
		switch r.IntN(4) {
		case 0, 1:
			rev := team.Revision{Term: e.Term, Category: e.Category, Data: e.Data, Number: numbers[key] + 1, Author: "U", At: time.Unix(1, 0)}
			if r.IntN(3) == 0 {
				rev.Data = ""
			}
			if err := store.Commit(ctx, at(n), []team.Revision{rev}); err != nil {
				t.Fatal(err)
			}
			numbers[key]++
			present[key] = rev.Data != ""
		case 2:
			p := team.Proposal{Tenant: at(n), ID: fmt.Sprint("p", len(numbers), r.Uint64()), Term: e.Term, Category: e.Category, Data: e.Data, Author: mark(n), Base: numbers[key]}
			if err := store.Propose(ctx, p); err != nil && !errors.Is(err, team.ErrTooManyProposals) {
				t.Fatal(err)
			}
		}
		next, err := replicas[replica].poll(ctx, after[replica])
		if err != nil {
			t.Fatal(err)
		}
		after[replica] = next
		o := replicas[replica].Of(ctx, at(n))
		ask := []string{name, word, mark(n), "what is " + name, mark(r.IntN(tenants)) + " " + word, mark(r.IntN(tenants)) + word}
		for _, q := range ask {
			for _, o := range []*Overlay{o, o.Draft(mark(n)), o.Draft(mark((n + 1) % tenants))} {
				all := slices.Concat(o.Search(shared, q, 5), o.Complete(shared, q, 25), o.Exact(q))
				for _, m := range all {
					if text := m.Term.Name.EN + m.Term.Name.JA + m.Term.Summary.EN + strings.Join(m.Term.Aliases, " "); team.IsID(m.Term.ID) {
						for other := range tenants {
							if other != n && strings.Contains(text, mark(other)) {
								t.Fatalf("tenant %d asks %q and gets %q", n, q, text)
							}
						}
					}
				}
			}
		}
		if _, ok := o.Term(e.Term); ok != present[key] {
			t.Fatalf("tenant %d, term %s: got %v, want %v", n, e.Term, ok, present[key])
		}
	}
}

// TestBounds adds more terms than the cache may contain, and checks that it drops the tenants
// that were least recently used, and reads them again when needed.
func TestBounds(t *testing.T) {
	ctx, store := t.Context(), new(teamtest.Memory)
	c := NewCache(store, nil)
	e := entry(t, team.Fields{Name: "canary", Text: "the first Pod of a release"})
	at := func(n int) team.Tenant { return team.Tenant{Platform: "slack", ID: fmt.Sprint("T", n)} }
	const tenants = maxTenants + 10
	for n := range tenants {
		if err := store.Commit(ctx, at(n), []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 1, At: time.Unix(1, 0)}}); err != nil {
			t.Fatal(err)
		}
		if c.Of(ctx, at(n)).Len() != 1 {
			t.Fatalf("tenant %d has no term", n)
		}
	}
	if c.tenants.Len() != maxTenants || c.terms != maxTenants {
		t.Errorf("got %d tenants and %d terms, want %d of each", c.tenants.Len(), c.terms, maxTenants)
	}
	if c.Of(ctx, at(0)).Len() != 1 {
		t.Error("the first tenant is not read again")
	}
}

// TestOutage checks that people get no terms of the tenant, but no error either, if the store
// fails.
func TestOutage(t *testing.T) {
	store := &teamtest.Memory{Fail: errors.New("down")}
	c := NewCache(store, nil)
	home := team.Tenant{Platform: "slack", ID: "T"}
	start := time.Now()
	for range 100 {
		if o := c.Of(t.Context(), home); o.Len() != 0 {
			t.Fatal("got terms")
		}
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("took %v", d)
	}
	if o := c.Of(t.Context(), team.Tenant{Platform: "discord"}); o != nil {
		t.Error("direct messages have terms")
	}
}

// TestRun checks that a change becomes visible on another replica.
func TestRun(t *testing.T) {
	store := new(teamtest.Memory)
	home := team.Tenant{Platform: "slack", ID: "T"}
	c := NewCache(store, nil)
	if c.Of(t.Context(), home).Len() != 0 {
		t.Fatal("got terms")
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- c.Run(ctx) }()
	e := entry(t, team.Fields{Name: "canary", Text: "the first Pod of a release"})
	if err := store.Commit(ctx, home, []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 1}}); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for c.Of(ctx, home).Len() == 0 {
		if time.Since(start) > 3*time.Second {
			t.Fatal("the term is not there after 3 s")
		}
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	if err := cmp.Or(<-ended); err != nil {
		t.Error(err)
	}
}
