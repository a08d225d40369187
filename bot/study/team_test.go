package study_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/study"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
	"k8sbot/glossary"
)

// TestTeamCards remembers a team's term. A person who is the same in all tenants gets its card in
// the tenant and in direct messages, and never in another tenant.
func TestTeamCards(t *testing.T) {
	for _, global := range []bool{false, true} {
		g := glossary.New(nil)
		terms := new(teamtest.Memory)
		commit := func(id, data string, number int) {
			at := team.Tenant{Platform: "slack", ID: id}
			if err := terms.Commit(t.Context(), at, []team.Revision{{Term: "team-blue-whale", Category: "concepts", Data: data, Number: number}}); err != nil {
				t.Fatal(err)
			}
		}
		commit("T", "name:\n  en: Blue Whale\nsummary:\n  en: The largest cluster.\n", 1)
		commit("T2", "name:\n  en: blue whale\nsummary:\n  en: An animal.\n", 1)
		cache := overlay.NewCache(terms, nil)
		s := &school{t: t, store: reviewtest.NewMemory(), at: monday, lang: "en", platform: "slack", user: "U", caps: chat}
		s.caps.GlobalUsers = global
		log := slog.New(slog.DiscardHandler)
		tutor := study.New(g, &review.Reviewer{Store: s.store, Now: func() time.Time { return s.at }}, log)
		tutor.Team = cache.Find
		s.bots = []*bot.Bot{bot.New(g, bot.Options{Tutor: tutor, Overlays: cache, Log: log, Now: func() time.Time { return s.at }})}
		in := func(tenant, text, press string) string {
			return shown(s.handle(func(r *bot.Request) {
				if r.Tenant, r.Text = tenant, text; press != "" {
					r.Surface, r.Action, r.FromEphemeral = bot.ButtonClick, press, true
				}
			}))
		}
		expect := func(got string, want ...string) {
			t.Helper()
			for _, w := range want {
				if no, ok := strings.CutPrefix(w, "!"); strings.Contains(strings.ToLower(got), strings.ToLower(no)) == ok {
					t.Errorf("global %t: got\n%s\nwant %q", global, got, w)
				}
			}
		}
		s.ask("blue whale")
		expect(shown(s.press("Remember")), "The largest cluster.", "blue whale")
		expect(in("T", "review", ""), "1 to review")
		expect(in("T", "", "1:review-next"), "Blue Whale", "your team's term", "!The largest cluster")
		show, _ := reply.Find(s.last.Buttons, reply.ReviewShow)
		expect(in("T2", "review", ""), "!to review", "!whale")
		expect(in("T2", "review export csv", ""), "!whale")
		expect(in("T2", "", show.ID), "!The largest cluster")
		here := "T"
		if global {
			if show.ID != "1:review-show:team-blue-whale@T:0:self" {
				t.Errorf("got the button %q", show.ID)
			}
			expect(in("T2", "", "1:remember:o:team-blue-whale@T"), "!whale", "no longer works")
			expect(in("", "", "1:review-out:team-blue-whale@T2"), "!whale", "no longer works")
			expect(in("", "review", ""), "1 to review")
			here = "" // direct messages of a platform where they belong to no tenant
		}
		expect(in(here, "", show.ID), "The largest cluster")
		expect(in(here, "", strings.Replace(show.ID, "-show", "-rate", 1)+":k"), "1 of 1")
		in(here, "review export", "")
		if got := s.last.Files[0].Text; !strings.Contains(got, "Blue Whale\tThe largest cluster.") {
			t.Errorf("global %t: exported %q", global, got)
		}
		s.at = s.at.Add(30 * 24 * time.Hour)
		commit("T", "", 2)
		if _, err := cache.Reload(t.Context(), team.Tenant{Platform: "slack", ID: "T"}); err != nil {
			t.Fatal(err)
		}
		expect(in(here, "review", ""), "1 to review")
		expect(in(here, "review start", ""), "!Whale")
		expect(in(here, "review", ""), "0 to review")
	}
}
