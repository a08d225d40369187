package teamtest

import (
	"testing"
	"time"

	"k8sbot/bot/team"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// at returns the time that is the given number of minutes after an arbitrary start.
func at(minute int) time.Time { return time.UnixMilli(1_700_000_000_000 + int64(minute)*60_000).UTC() }

func revision(term string, number int, data string) team.Revision {
	return team.Revision{Term: term, Number: number, Category: "concepts", Data: data, Author: "U1", Approver: "U2", At: at(number)}
}

// same fails the test if got differs from want. what describes got.
func same(t *testing.T, what string, got, want any, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s: (-want +got)\n%s", what, d)
	}
}

func version(t *testing.T, s team.Store, id team.Tenant) int64 {
	t.Helper()
	terms, err := s.Terms(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return terms.Version
}
