package teamtest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// Conform checks that a store behaves as [team.Store] documents. The store must be empty.
func Conform(t *testing.T, s team.Store) {
	for name, conform := range map[string]func(*testing.T, team.Store, team.Tenant, team.Tenant){
		"revisions": conformRevisions, "limit": conformLimit, "proposals": conformProposals, "decisions": conformDecisions, "concurrent": conformConcurrent,
		"settings": conformSettings, "confirm": conformConfirm, "gaps": conformGaps, "files": conformFiles, "forget": conformForget, "cancelled": conformCancelled,
	} {
		t.Run(name, func(t *testing.T) {
			conform(t, s, team.Tenant{Platform: "slack", ID: "T-" + name}, team.Tenant{Platform: "slack", ID: "O-" + name})
		})
	}
}

func conformRevisions(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	if got, err := s.Terms(ctx, home); err != nil || got.Version != 0 || len(got.Entries) > 0 {
		t.Fatalf("no terms: got %+v, %v", got, err)
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-b", 1, "one"), revision("team-a", 1, "two"), revision("team-a", 2, "three")}); err != nil {
		t.Fatal(err)
	}
	first := version(t, s, home)
	terms, err := s.Terms(ctx, home)
	same(t, "terms", terms.Entries, []team.Entry{
		{Term: "team-a", Category: "concepts", Data: "three", Number: 2, Owner: "U1", Confirmed: at(2)},
		{Term: "team-b", Category: "concepts", Data: "one", Number: 1, Owner: "U1", Confirmed: at(1)},
	}, err)
	for _, bad := range [][]team.Revision{
		{revision("team-c", 1, "new"), revision("team-a", 2, "again")}, // all or none
		{revision("team-c", 2, "skips one")},
		{revision("team-a", 4, "skips one")},
	} {
		if err := s.Commit(ctx, home, bad); !errors.Is(err, team.ErrChanged) {
			t.Errorf("%+v: got error %v, want ErrChanged", bad, err)
		}
	}
	if version(t, s, home) != first {
		t.Error("a refused change has a version")
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-b", 2, "")}); err != nil { // a deletion
		t.Fatal(err)
	}
	terms, err = s.Terms(ctx, home)
	if err != nil || len(terms.Entries) != 1 || terms.Version <= first {
		t.Errorf("after a deletion: got %+v, %v", terms, err)
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-b", 3, "restored")}); err != nil {
		t.Fatal(err)
	}
	history, err := s.History(ctx, home, "team-b", 2)
	want := []team.Revision{revision("team-b", 3, "restored"), revision("team-b", 2, "")}
	for i := range want {
		want[i].Tenant = home
	}
	same(t, "history", history, want, err)
	history, err = s.History(ctx, other, "team-b", 10)
	same(t, "history of another tenant", history, []team.Revision(nil), err)
	if version(t, s, other) != 0 {
		t.Error("another tenant has a version")
	}
	changes, err := s.Changes(ctx, first, 1000)
	found := 0
	for i, c := range changes {
		if c.Tenant == home && c.Version == version(t, s, home) {
			found++
		}
		if i > 0 && changes[i-1].Version >= c.Version {
			t.Errorf("changes out of order: %+v", changes)
		}
	}
	if err != nil || found != 1 {
		t.Errorf("got changes %+v, %v", changes, err)
	}
	if changes, err := s.Changes(ctx, version(t, s, home), 1000); err != nil || len(changes) > 0 && changes[0].Tenant == home {
		t.Errorf("after the last change: got %+v, %v", changes, err)
	}
}

// conformLimit adds as many terms as a tenant may have, and checks that another term is refused,
// together with the other revisions of the same call.
func conformLimit(t *testing.T, s team.Store, home, _ team.Tenant) {
	ctx := t.Context()
	var all []team.Revision
	for n := range team.MaxTerms {
		all = append(all, revision(fmt.Sprint("team-", n), 1, strings.Repeat("x", 200)))
	}
	if err := s.Commit(ctx, home, append(all, revision("team-more", 1, "x"))); !errors.Is(err, team.ErrFull) {
		t.Fatalf("one term more: got error %v, want ErrFull", err)
	}
	if terms, err := s.Terms(ctx, home); err != nil || len(terms.Entries) > 0 {
		t.Fatalf("got %d terms, %v, want none", len(terms.Entries), err)
	}
	if err := s.Commit(ctx, home, all); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-1", 2, "y")}); err != nil {
		t.Errorf("another text: %v", err)
	}
	p := team.Proposal{Tenant: home, ID: "p", Term: "team-more", Category: "concepts", Data: "x", Author: "U1", Created: at(1)}
	if err := s.Propose(ctx, p); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Decide(ctx, team.Decision{Tenant: home, Proposal: "p", State: team.Approved, Entry: p.Entry(), Decider: "U2", At: at(2)}); !errors.Is(err, team.ErrFull) {
		t.Errorf("approval: got error %v, want ErrFull", err)
	}
	if p, _, err := s.Proposal(ctx, home, "p"); err != nil || p.State != team.Pending {
		t.Errorf("after a refused approval: got %+v, %v", p, err)
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-2", 2, ""), revision("team-more", 1, "x")}); err != nil {
		t.Errorf("one for one: %v", err)
	}
}

func conformProposals(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	p := team.Proposal{Tenant: home, ID: "p1", Term: "team-a", Category: "concepts", Data: "one", Author: "U1", Lang: glossary.Japanese, Created: at(1)}
	before := version(t, s, home)
	if err := s.Propose(ctx, p); err != nil {
		t.Fatal(err)
	}
	if version(t, s, home) <= before {
		t.Error("a proposal has no version")
	}
	p.State = team.Pending
	if err := s.SetRef(ctx, home, "p1", "C9/1.1"); err != nil {
		t.Fatal(err)
	}
	p.Ref = "C9/1.1"
	got, ok, err := s.Proposal(ctx, home, "p1")
	if same(t, "proposal", got, p, err); !ok {
		t.Error("not found")
	}
	if _, ok, err := s.Proposal(ctx, other, "p1"); ok || err != nil {
		t.Errorf("another tenant: got %v, %v", ok, err)
	}
	q := p
	q.ID, q.Data, q.Created, q.Ref = "p2", "two", at(2), ""
	if err := s.Propose(ctx, q); err != nil {
		t.Fatal(err)
	}
	q.State = team.Pending
	terms, err := s.Terms(ctx, home)
	same(t, "pending", terms.Pending, []team.Proposal{q}, err)
	if got, _, err := s.Proposal(ctx, home, "p1"); err != nil || got.State != team.Withdrawn {
		t.Errorf("the earlier one: got %+v, %v", got, err)
	}
	for n := 1; n < team.MaxPending+2; n++ {
		p := team.Proposal{Tenant: home, ID: fmt.Sprint("m", n), Term: fmt.Sprint("team-m", n), Category: "concepts", Data: "x", Author: "U1", Created: at(n)}
		err := s.Propose(ctx, p)
		if tooMany := n > team.MaxPending-1; tooMany != errors.Is(err, team.ErrTooManyProposals) || !tooMany && err != nil {
			t.Errorf("proposal %d: got error %v", n+1, err)
		}
	}
}

func conformDecisions(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	propose := func(id, term string, base int) team.Proposal {
		t.Helper()
		p := team.Proposal{Tenant: home, ID: id, Term: term, Category: "concepts", Data: "text of " + id, Base: base, Author: "U-" + id, Created: at(1), State: team.Pending}
		if err := s.Propose(ctx, p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := propose("p1", "team-a", 0)
	e := p.Entry()
	e.Data = "edited"
	d := team.Decision{Tenant: home, Proposal: "p1", State: team.Approved, Entry: e, Decider: "U2", At: at(2)}
	elsewhere := d
	elsewhere.Tenant = other
	if _, ok, err := s.Decide(ctx, elsewhere); ok || err != nil {
		t.Errorf("another tenant: got %v, %v", ok, err)
	}
	got, ok, err := s.Decide(ctx, d)
	p.State, p.Data, p.Decider, p.Decided = team.Approved, "edited", "U2", at(2)
	if same(t, "approved", got, p, err); !ok {
		t.Error("not decided")
	}
	d.State, d.Reason = team.Declined, "late"
	got, ok, err = s.Decide(ctx, d)
	if same(t, "decided before", got, p, err); ok {
		t.Error("decided twice")
	}
	terms, err := s.Terms(ctx, home)
	same(t, "terms", terms.Entries, []team.Entry{{Term: "team-a", Category: "concepts", Data: "edited", Number: 1, Owner: "U-p1", Confirmed: at(2)}}, err)

	stale := propose("p2", "team-a", 0) // by somebody who has not seen the current text
	if _, _, err := s.Decide(ctx, team.Decision{Tenant: home, Proposal: "p2", State: team.Approved, Entry: stale.Entry(), Decider: "U2", At: at(3)}); !errors.Is(err, team.ErrChanged) {
		t.Errorf("stale: got error %v, want ErrChanged", err)
	}
	got, ok, err = s.Decide(ctx, team.Decision{Tenant: home, Proposal: "p2", State: team.Declined, Decider: "U3", Reason: "there is one", At: at(4)})
	stale.State, stale.Decider, stale.Reason, stale.Decided = team.Declined, "U3", "there is one", at(4)
	if same(t, "declined", got, stale, err); !ok {
		t.Error("not declined")
	}
	history, err := s.History(ctx, home, "team-a", 10)
	same(t, "history", history, []team.Revision{{Tenant: home, Term: "team-a", Number: 1, Category: "concepts", Data: "edited", Author: "U-p1", Approver: "U2", At: at(2)}}, err)
	deletion := team.Proposal{Tenant: home, ID: "p3", Term: "team-a", Category: "concepts", Base: 1, Author: "U1", Created: at(5)}
	if err := s.Propose(ctx, deletion); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Decide(ctx, team.Decision{Tenant: home, Proposal: "p3", State: team.Approved, Entry: deletion.Entry(), Decider: "U2", At: at(6)}); !ok || err != nil {
		t.Errorf("deletion: got %v, %v", ok, err)
	}
	if terms, err := s.Terms(ctx, home); err != nil || len(terms.Entries)+len(terms.Pending) > 0 {
		t.Errorf("after the deletion: got %+v, %v", terms, err)
	}
}

// conformConcurrent checks that only one of several reviewers who click at the same time decides.
func conformConcurrent(t *testing.T, s team.Store, home, _ team.Tenant) {
	const reviewers = 8
	p := team.Proposal{Tenant: home, ID: "p1", Term: "team-a", Category: "concepts", Data: "one", Author: "U1", Created: at(1)}
	if err := s.Propose(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	decided := make(chan bool, reviewers)
	for n := range reviewers {
		wg.Go(func() {
			_, ok, err := s.Decide(t.Context(), team.Decision{Tenant: home, Proposal: "p1", State: team.Approved, Entry: p.Entry(), Decider: fmt.Sprint("R", n), At: at(2)})
			if err != nil {
				t.Error(err)
			}
			decided <- ok
		})
	}
	wg.Wait()
	close(decided)
	n := 0
	for ok := range decided {
		if ok {
			n++
		}
	}
	if history, err := s.History(t.Context(), home, "team-a", 10); err != nil || n != 1 || len(history) != 1 {
		t.Errorf("%d reviewers decided, history %+v, %v", n, history, err)
	}
}
