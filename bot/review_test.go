package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/store/storetest"
)

// TestReviews checks that people's answers are stored, and that they can delete them.
func TestReviews(t *testing.T) {
	kept := new(storetest.Memory)
	c := newChannel(t, kept)
	p := bot.Person{Platform: "slack", Tenant: "T", User: "U"}
	if r := c.ask("", press("1:knew:pod:2026-11-24")); !r.Ephemeral || !strings.Contains(says(r), "knew Pod") {
		t.Errorf("knew: got %s", says(r))
	}
	if r := c.ask("", press("1:forgot:pod:2026-11-24")); !r.Ephemeral || r.Kind != reply.KindTerm {
		t.Errorf("forgot: got %s", says(r))
	}
	c.ask("", press("1:knew:node:2026-11-25"))
	for _, bad := range []string{"1:knew:no-such-term:2026-11-24", "1:knew:pod:today", "1:knew:pod"} {
		if r := c.ask("", press(bad)); !strings.Contains(says(r), "no longer works") {
			t.Errorf("%s: got %s", bad, says(r))
		}
	}
	c.ask("lang en")
	reviews, err := kept.Reviews(t.Context(), p)
	if err != nil || len(reviews) != 2 || reviews[0].Term != "node" && reviews[1].Term != "node" {
		t.Errorf("got reviews %v, %v", reviews, err)
	}
	if r := c.ask("", press("1:discuss:pod")); r.Ephemeral || !r.InThread {
		t.Errorf("discuss: got %+v", r)
	}
	if r := c.ask("forget"); !strings.Contains(says(r), "forget me") {
		t.Errorf("forget: got %s", says(r))
	}
	if reviews, _ := kept.Reviews(t.Context(), p); len(reviews) != 2 {
		t.Error("forget without me deleted reviews")
	}
	if r := c.ask("forget me"); !strings.Contains(says(r), "deleted") {
		t.Errorf("forget me: got %s", says(r))
	}
	reviews, err = kept.Reviews(t.Context(), p)
	if lang, _ := kept.Language(t.Context(), p); err != nil || len(reviews) != 0 || lang != "" {
		t.Errorf("after forget me: got %v, %q, %v", reviews, lang, err)
	}
}

// TestReveal clicks the button of a post, and then the buttons below the answer, which is
// ephemeral. It checks that the stored review says that the person could try to remember, and
// that nothing is stored about a person who did not know the term, and who then reads the long
// answer.
func TestReveal(t *testing.T) {
	kept := new(storetest.Memory)
	c := newChannel(t, kept)
	answer := c.ask("", press("1:reveal:pod:2026-11-24"))
	if !answer.Ephemeral || !strings.Contains(says(answer), "Pod") || len(answer.Buttons) != 4 {
		t.Fatalf("reveal: got %+v, want a private answer with four buttons", answer)
	}
	if r := c.ask("", press(answer.Buttons[2].ID)); r.Kind != reply.KindTerm || !r.Ephemeral {
		t.Errorf("new to me: got %s, want the long answer", says(r))
	}
	p := bot.Person{Platform: "slack", Tenant: "T", User: "U"}
	if reviews, err := kept.Reviews(t.Context(), p); err != nil || len(reviews) != 0 {
		t.Errorf("new to me: got reviews %v, %v, want none", reviews, err)
	}
	c.ask("", press(answer.Buttons[0].ID))
	c.ask("", press("1:knew:node:2026-11-24")) // of an older release
	reviews, err := kept.Reviews(t.Context(), p)
	if err != nil || len(reviews) != 2 {
		t.Fatalf("got reviews %v, %v, want two", reviews, err)
	}
	for _, r := range reviews {
		if !r.Knew || r.Revealed != (r.Term == "pod") {
			t.Errorf("got %+v, want knew, and revealed only for pod", r)
		}
	}
}

// TestForgetDirect checks that "forget me" and "daily off" delete everything about a daily term
// in direct messages, and nothing about one in a channel.
func TestForgetDirect(t *testing.T) {
	for _, direct := range []bool{true, false} {
		for _, command := range []string{"forget me", "daily off"} {
			synctest.Test(t, func(t *testing.T) {
				kept := new(storetest.Memory)
				c := newChannel(t, kept)
				here := func(r *bot.Request) { r.Channel, r.Direct = "D1", direct }
				if r := c.ask("daily on 9:00 UTC", here); !strings.Contains(says(r), "09:00") {
					t.Fatalf("daily on: got %s", says(r))
				}
				stop := c.runWorker(kept, 15*time.Second)
				time.Sleep(24 * time.Hour)
				stop()
				c.ask("pod", here)
				c.bot.Wait()
				if r := c.ask(command, here); r.Kind != reply.KindSetting {
					t.Errorf("%s: got %s", command, says(r))
				}
				channel := bot.Channel{Platform: "slack", Tenant: "T", ID: "D1"}
				_, scheduled, err := kept.Schedule(t.Context(), channel)
				if want := !direct && command == "forget me"; scheduled != want || err != nil {
					t.Errorf("direct %v, after %s: got a schedule %v, %v; want %v", direct, command, scheduled, err, want)
				}
				posts, err := kept.Deliveries(t.Context(), channel, 10)
				if err != nil || (len(posts) == 0) != direct {
					t.Errorf("direct %v, after %s: got deliveries %v, %v", direct, command, posts, err)
				}
				asked, err := kept.AskedSince(t.Context(), channel, time.Time{})
				if err != nil || (len(asked) == 0) != direct {
					t.Errorf("direct %v, after %s: got asked terms %v, %v", direct, command, asked, err)
				}
			})
		}
	}
}
