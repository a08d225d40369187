package store

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"k8sbot/bot"
	"k8sbot/bot/daily"
)

func conformAsked(t *testing.T, s fullStore, c *clock) {
	here, there, unscheduled := channelOf(slackT1, "C1"), channelOf(slackT1, "C2"), channelOf(slackT1, "C3")
	start := c.now()
	mustPut(t, s, scheduleOf(here, start), scheduleOf(there, start))
	note := func(c bot.Channel, term string) {
		t.Helper()
		if err := s.NoteAsked(t.Context(), c, term); err != nil {
			t.Fatal(err)
		}
	}
	want := func(c bot.Channel, since time.Time, want ...daily.AskedTerm) {
		t.Helper()
		got, err := s.AskedSince(t.Context(), c, since)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("terms of %s (-want +got):\n%s", c.ID, diff)
		}
	}
	note(here, "service")
	note(here, "pod")
	note(there, "pod")
	note(unscheduled, "pod")
	c.add(time.Second)
	note(here, "pod")
	c.add(-time.Hour) // another replica's clock
	note(here, "pod")
	c.add(time.Hour)
	later := start.Add(time.Second)
	want(here, start, daily.AskedTerm{Term: "pod", Count: 3, Last: later}, daily.AskedTerm{Term: "service", Count: 1, Last: start})
	want(here, start.Add(time.Millisecond), daily.AskedTerm{Term: "pod", Count: 3, Last: later})
	want(here, later, daily.AskedTerm{Term: "pod", Count: 3, Last: later})
	want(here, later.Add(time.Millisecond))
	want(there, time.Time{}, daily.AskedTerm{Term: "pod", Count: 1, Last: start})
	want(unscheduled, time.Time{})

	most := func(t1 bot.Tenant, want ...string) {
		t.Helper()
		got, err := s.MostAsked(t.Context(), t1)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("most asked in %v: got %q, %v, want %q", t1, got, err, want)
		}
	}
	direct := scheduleOf(channelOf(slackT1, "D1"), start)
	direct.Direct = true
	mustPut(t, s, direct)
	note(direct.Channel, "taint")
	note(there, "node")
	note(there, "node")
	most(slackT1, "pod", "node", "service")
	most(bot.Tenant{Platform: slackT1.Platform, ID: "T9"})

	if _, err := s.PauseSchedule(t.Context(), there, "gone"); err != nil {
		t.Fatal(err)
	}
	note(there, "pod")
	if _, err := s.DeleteSchedule(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	note(here, "service")
	want(there, time.Time{}, daily.AskedTerm{Term: "node", Count: 2, Last: later}, daily.AskedTerm{Term: "pod", Count: 2, Last: later})
	most(slackT1, "node", "pod")
	want(here, later, daily.AskedTerm{Term: "pod", Count: 3, Last: later})
}
