package store

import (
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/followup"
)

// conformLastTerms checks that the last term of each conversation is kept for an hour, and that
// a person's private ones are forgotten with them.
func conformLastTerms(t *testing.T, s fullStore, c *clock) {
	private := followup.Conversation{Platform: "slack", Tenant: "T1", Channel: "D1", User: "U1"}
	conversations := []followup.Conversation{private}
	for _, change := range []func(*followup.Conversation){
		func(c *followup.Conversation) { c.Platform = "discord" },
		func(c *followup.Conversation) { c.Tenant = "T2" },
		func(c *followup.Conversation) { c.Channel = "D2" },
		func(c *followup.Conversation) { c.Thread = "1.2" },
		func(c *followup.Conversation) { c.User = "U2" },
		func(c *followup.Conversation) { c.User = "" },
	} {
		other := private
		change(&other)
		conversations = append(conversations, other)
	}
	set := func(c followup.Conversation, term string) {
		t.Helper()
		if err := s.SetLastTerm(t.Context(), c, term); err != nil {
			t.Fatal(err)
		}
	}
	want := func(c followup.Conversation, term string) {
		t.Helper()
		if got, err := s.LastTerm(t.Context(), c); got != term || err != nil {
			t.Errorf("LastTerm(%v) = %q, %v, want %q", c, got, err, term)
		}
	}
	names := []string{"pod", "node", "service", "ingress", "job", "secret", "event"}
	for i, c := range conversations {
		want(c, "")
		set(c, names[i])
	}
	for i, c := range conversations {
		want(c, names[i])
	}
	set(private, "taint")
	want(private, "taint")
	set(private, "")
	want(private, "")
	set(private, "")
	set(private, "pod")

	if err := s.Forget(t.Context(), bot.Person{Platform: "slack", Tenant: "T1"}); err != nil { // nobody
		t.Fatal(err)
	}
	want(conversations[6], "event")
	if err := s.Forget(t.Context(), bot.Person{Platform: "slack", Tenant: "T1", User: "U1"}); err != nil {
		t.Fatal(err)
	}
	for i, term := range []string{"", "node", "service", "", "", "secret", "event"} {
		want(conversations[i], term)
	}
	if err := s.Forget(t.Context(), bot.Person{Platform: "discord", User: "U1"}); err != nil { // in all tenants
		t.Fatal(err)
	}
	want(conversations[1], "")

	c.add(followup.Keep - time.Millisecond)
	want(conversations[2], "service")
	set(conversations[5], "pod")
	c.add(time.Millisecond)
	want(conversations[2], "")
	if err := s.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	want(conversations[5], "pod")
}
