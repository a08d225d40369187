package store

import (
	"testing"
	"time"

	"k8sbot/bot"
)

// TestRepeat lists the deliveries that were not sent, and plans them again.
func TestRepeat(t *testing.T) {
	for name, newDatabase := range databases {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			db := openDB(t, newDatabase(t), Options{Now: c.now})
			at := c.now()
			for id, state := range map[string]bot.DeliveryState{"C1": bot.Unknown, "C2": bot.Sent, "C3": bot.Failed, "C4": ""} {
				mustPlan(t, db, channelOf(slackT1, id), "2027-01-15", at)
				if state == "" {
					continue
				}
				for {
					d, ok, err := db.Claim(t.Context(), slackT1, "a", time.Hour)
					if err != nil || !ok {
						t.Fatal(err)
					}
					end := state
					if d.Channel.ID != id {
						end = bot.Sent
					}
					if err := db.End(t.Context(), d, "a", end, ""); err != nil {
						t.Fatal(err)
					}
					if d.Channel.ID == id {
						break
					}
				}
			}
			got, err := db.NotSent(t.Context(), "2027-01-01", 10)
			if err != nil || len(got) != 2 || got[0].Channel.ID != "C1" || got[1].Channel.ID != "C3" {
				t.Fatalf("got %+v, %v; want C1 and C3", got, err)
			}
			if got, err := db.NotSent(t.Context(), "2027-01-16", 10); err != nil || len(got) != 0 {
				t.Errorf("since a later day: got %+v, %v", got, err)
			}
			c.add(10 * time.Hour)
			for id, want := range map[string]bool{"C1": true, "C2": false, "C4": false, "none": false} {
				if ok, err := db.Repeat(t.Context(), channelOf(slackT1, id), "2027-01-15"); ok != want || err != nil {
					t.Errorf("Repeat(%s) = %v, %v; want %v", id, ok, err, want)
				}
			}
			if _, err := db.Repeat(t.Context(), channelOf(slackT1, "C1"), "yesterday"); err == nil {
				t.Error("Repeat with an invalid day: got no error")
			}
			again, err := db.Deliveries(t.Context(), channelOf(slackT1, "C1"), 1)
			if err != nil || again[0].State != bot.Planned || !again[0].At.Equal(c.now()) || again[0].Attempts != 0 {
				t.Errorf("got %+v, %v; want a delivery planned for now", again, err)
			}
		})
	}
}
