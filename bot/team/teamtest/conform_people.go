package teamtest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot/team"
	"k8sbot/glossary"
)

func conformSettings(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	got, err := s.Settings(ctx, home)
	same(t, "none", got, team.Settings{Tenant: home}, err)
	want := team.Settings{Tenant: home, People: []string{"U1", "U2"}, Group: "S1", Channel: "C1", SelfApproval: true}
	if err := s.SetSettings(ctx, want); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(ctx, home, []team.Revision{revision("team-a", 1, "x")}); err != nil { // keeps them
		t.Fatal(err)
	}
	got, err = s.Settings(ctx, home)
	same(t, "settings", got, want, err)
	before := version(t, s, home)
	if err := s.SetSettings(ctx, team.Settings{Tenant: home, Channel: "C2"}); err != nil {
		t.Fatal(err)
	}
	got, err = s.Settings(ctx, home)
	same(t, "changed", got, team.Settings{Tenant: home, Channel: "C2"}, err)
	if version(t, s, home) != before {
		t.Error("settings have changed the version")
	}
	got, err = s.Settings(ctx, other)
	same(t, "another tenant", got, team.Settings{Tenant: other}, err)
}

func conformConfirm(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	nobody := revision("team-c", 1, "z")
	nobody.Author = ""
	if err := s.Commit(ctx, home, []team.Revision{revision("team-a", 1, "x"), revision("team-b", 1, "y"), nobody}); err != nil {
		t.Fatal(err)
	}
	asked := func(before, now int) (terms []string) {
		t.Helper()
		due, err := s.Unconfirmed(ctx, at(before), at(now), 2*team.MaxTerms)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range due {
			if u.Tenant == home {
				terms = append(terms, u.Entry.Term)
			}
		}
		return terms
	}
	same(t, "not yet", asked(1, 1), []string(nil), nil)
	same(t, "asked", asked(100, 100), []string{"team-a", "team-b"}, nil)
	same(t, "asked again", asked(100, 101), []string(nil), nil)
	for _, tt := range []struct {
		tenant team.Tenant
		number int
		want   bool
	}{{other, 1, false}, {home, 2, false}, {home, 0, false}, {home, 1, true}} {
		if ok, err := s.Confirm(ctx, tt.tenant, "team-a", tt.number, at(150)); ok != tt.want || err != nil {
			t.Errorf("Confirm of %+v: got %v, %v", tt, ok, err)
		}
	}
	same(t, "much later", asked(140, 200), []string{"team-b"}, nil)
}

func conformGaps(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	count := func(kind team.GapKind, word string, l glossary.Lang, minute int) {
		t.Helper()
		if err := s.CountGap(ctx, home, team.Gap{Kind: kind, Word: word, Lang: l, Last: at(minute)}); err != nil {
			t.Fatal(err)
		}
	}
	count(team.Missing, "canary", "en", 3)
	count(team.Missing, "canary", "en", 1) // another replica's clock is slow
	count(team.Missing, "whale", "ja", 2)
	count(team.Missing, "old", "ja", 0)
	count(team.Unclear, "pod", "en", 4)
	count(team.Unclear, "pod", "ja", 4)
	got, err := s.Gaps(ctx, home, at(1), 5)
	same(t, "gaps", got, []team.Gap{
		{Kind: team.Missing, Word: "canary", Lang: "en", Count: 2, Last: at(3)}, {Kind: team.Missing, Word: "whale", Lang: "ja", Count: 1, Last: at(2)},
		{Kind: team.Unclear, Word: "pod", Lang: "en", Count: 1, Last: at(4)}, {Kind: team.Unclear, Word: "pod", Lang: "ja", Count: 1, Last: at(4)},
	}, err)
	got, err = s.Gaps(ctx, home, at(1), 1)
	same(t, "limit", len(got), 2, err)
	got, err = s.Gaps(ctx, other, at(0), 5)
	same(t, "another tenant", got, []team.Gap(nil), err)
}

func conformForget(t *testing.T, s team.Store, home, other team.Tenant) {
	ctx := t.Context()
	for _, id := range []team.Tenant{home, other} {
		if err := s.Commit(ctx, id, []team.Revision{revision("team-a", 1, "x")}); err != nil {
			t.Fatal(err)
		}
		if err := s.Propose(ctx, team.Proposal{Tenant: id, ID: "p", Term: "team-b", Category: "concepts", Data: "y", Author: "U1", Created: at(1)}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetSettings(ctx, team.Settings{Tenant: id, People: []string{"U1", "U2"}}); err != nil {
			t.Fatal(err)
		}
	}
	people := func(id team.Tenant) string {
		t.Helper()
		terms, err := s.Terms(ctx, id)
		history, err2 := s.History(ctx, id, "team-a", 1)
		settings, err3 := s.Settings(ctx, id)
		if err := errors.Join(err, err2, err3); err != nil || len(terms.Entries) != 1 || len(terms.Pending) != 1 || len(history) != 1 {
			t.Fatalf("the texts are gone: %+v, %+v, %v", terms, history, err)
		}
		return fmt.Sprint(terms.Entries[0].Owner, ",", terms.Pending[0].Author, ",", history[0].Author, ",", history[0].Approver, ",", strings.Join(settings.People, " "))
	}
	before := version(t, s, home)
	if err := s.Forget(ctx, team.Member{Tenant: home, User: "U1"}); err != nil {
		t.Fatal(err)
	}
	if got := people(home); got != ",,,U2,U2" {
		t.Errorf("got %s", got)
	}
	if version(t, s, home) <= before {
		t.Error("the draft stays on other replicas")
	}
	if got := people(other); got != "U1,U1,U1,U2,U1 U2" {
		t.Errorf("another tenant: got %s", got)
	}
	if err := s.Forget(ctx, team.Member{Tenant: team.Tenant{Platform: "slack"}, User: "U2"}); err != nil { // everywhere
		t.Fatal(err)
	}
	if got := people(other); got != "U1,U1,U1,,U1" {
		t.Errorf("everywhere: got %s", got)
	}
}

func conformCancelled(t *testing.T, s team.Store, home, _ team.Tenant) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Commit(ctx, home, []team.Revision{revision("team-a", 1, "x")}); err == nil {
		t.Error("Commit: got no error")
	}
	if _, err := s.Terms(ctx, home); err == nil {
		t.Error("Terms: got no error")
	}
	if version(t, s, home) != 0 {
		t.Error("something was stored")
	}
}

func conformFiles(t *testing.T, s team.Store, home, other team.Tenant) {
	data := strings.Repeat("名前,text\n", 10_000)
	if err := s.PutFile(t.Context(), home, "f", data, at(1)); err != nil {
		t.Fatal(err)
	}
	if got, ok, err := s.File(t.Context(), home, "f"); got != data || !ok || err != nil {
		t.Errorf("got %d bytes, %t, %v", len(got), ok, err)
	}
	for _, tenant := range []team.Tenant{home, other} {
		if got, ok, err := s.File(t.Context(), tenant, "f"+tenant.ID[:1]); ok || err != nil {
			t.Errorf("%v: got %q, %v, want no file", tenant, got, err)
		}
	}
	if got, ok, err := s.File(t.Context(), other, "f"); ok || err != nil {
		t.Errorf("another tenant: got %q, %v, want no file", got, err)
	}
}
