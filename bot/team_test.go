package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
)

// write stores a term of a tenant.
func write(t *testing.T, s team.Store, at team.Tenant, f team.Fields) {
	t.Helper()
	e, mistakes := f.Write(team.Entry{})
	if len(mistakes) > 0 {
		t.Fatal(mistakes)
	}
	if err := s.Commit(t.Context(), at, []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 1, Author: "U1", At: time.Unix(1, 0)}}); err != nil {
		t.Fatal(err)
	}
}

func shownText(r reply.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		switch block := block.(type) {
		case reply.Title:
			b.WriteString(block.Name + " [" + strings.Join(block.Context, ", ") + "]\n")
		case reply.Entry:
			b.WriteString(block.Name + ": " + block.Text + "\n")
		case reply.Paragraph:
			b.WriteString(block.Bold + block.Text + "\n")
		case reply.Note:
			b.WriteString(block.Text + "\n")
		}
	}
	return b.String()
}

// TestTeamTerms asks about terms of two tenants and of a member. It checks that the answer
// contains both meanings if the glossary has a term with the same name, and that other tenants
// and members never see the terms.
func TestTeamTerms(t *testing.T) {
	store := new(teamtest.Memory)
	one, two := team.Tenant{Platform: "slack", ID: "T1"}, team.Tenant{Platform: "slack", ID: "T2"}
	write(t, store, one, team.Fields{Name: "canary", Text: "the first Pod of a release"})
	write(t, store, one, team.Fields{Name: "Widget", Text: "the button on our page"})
	write(t, store, two, team.Fields{Name: "canary", Text: "a bird in a mine"})
	draft, _ := team.Fields{Name: "zqarium", Text: "the largest cluster"}.Write(team.Entry{})
	if err := store.Propose(t.Context(), team.Proposal{Tenant: one, ID: "p", Term: draft.Term, Category: draft.Category, Data: draft.Data, Author: "U1"}); err != nil {
		t.Fatal(err)
	}
	b := fixture(t, Options{Overlays: overlay.NewCache(store, nil)})
	chat := Capabilities{Channels: true}
	for _, tt := range []struct {
		name string
		req  Request
		want string
	}{
		{"own", Request{Tenant: "T1", Text: "canary"}, "canary [your team's term, concept]\nthe first Pod of a release.\n"},
		{"other tenant", Request{Tenant: "T2", Text: "canary"}, "canary [your team's term, concept]\na bird in a mine.\n"},
		{"third tenant", Request{Tenant: "T3", Text: "canary"}, "I couldn't find “canary”.\n"},
		{"no tenant", Request{Text: "canary"}, "I couldn't find “canary”.\n"},
		{"button", Request{Tenant: "T1", Surface: ButtonClick, Action: "1:more:team-canary"}, "canary [your team's term, concept]\nthe first Pod of a release.\n"},
		{"button of another tenant", Request{Tenant: "T3", Surface: ButtonClick, Action: "1:more:team-canary"}, "This button no longer works. Please ask again.\n"},
		{"draft", Request{Tenant: "T1", User: "U1", Text: "zqarium"}, "zqarium [draft, visible only to you, concept]\nthe largest cluster.\n"},
		{"draft of another person", Request{Tenant: "T1", User: "U2", Text: "zqarium"}, "I couldn't find “zqarium”.\n"},
		{"draft in public", Request{Tenant: "T1", User: "U1", Public: true, Text: "zqarium"}, "I couldn't find “zqarium”.\n"},
		{"draft in a mention", Request{Tenant: "T1", User: "U1", Surface: Mention, Text: "zqarium"}, "I couldn't find “zqarium”.\n"},
		{"draft to share", Request{Tenant: "T1", User: "U1", Surface: ButtonClick, Action: "1:share:team-zqarium:en"}, "This button no longer works. Please ask again.\n"},
	} {
		tt.req.Platform, tt.req.Caps, tt.req.Locales = "slack", chat, []string{"en"}
		if tt.req.Surface == "" {
			tt.req.Surface = Slash
		}
		r := b.Handle(context.Background(), tt.req)
		if got := shownText(r); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		if r.CacheKey != "" && len(r.Matches) > 0 {
			t.Errorf("%s: the answer has the cache key %q", tt.name, r.CacheKey)
		}
		if _, ok := reply.Find(r.Buttons, reply.ShareTerm); ok && strings.HasPrefix(tt.name, "draft") {
			t.Errorf("%s: can be shared", tt.name)
		}
	}
	both := b.Handle(context.Background(), Request{Platform: "slack", Caps: chat, Tenant: "T1", Surface: Slash, Text: "what is a widget", Locales: []string{"en"}})
	if got := summary(both); got != "term en team-widget,widget ephemeral" {
		t.Errorf("got %q, want both meanings", got)
	}
	if got := shownText(both); !strings.Contains(got, "Widget · your team's term: the button on our page.") {
		t.Errorf("got %q, want a mark on the team's", got)
	}
	list := b.Complete(context.Background(), Request{Platform: "slack", Tenant: "T1", User: "U1", Text: "wid"}, 25)
	if len(list) < 2 || list[0].Label != "Widget · チームの用語 — the button on our page." {
		t.Errorf("got completions %+v", list)
	}
	if list := b.Complete(context.Background(), Request{Platform: "slack", Tenant: "T3", User: "U1", Text: "zqarium"}, 25); len(list) > 0 {
		t.Errorf("another tenant: got completions %+v", list)
	}
	if list := b.Complete(context.Background(), Request{Platform: "slack", Surface: Slash, Tenant: "T1", User: "U1", Text: "zqarium"}, 25); len(list) != 1 {
		t.Errorf("draft: got completions %+v", list)
	}
}

// TestTeamSeen pastes output in which a team's term is recognized by its rules, without its name.
func TestTeamSeen(t *testing.T) {
	store := new(teamtest.Memory)
	data := "name:\n  en: Budget guard\nsummary:\n  en: It stops teams that spend too much.\nseverity: failure\nseen:\n- in: message\n  text: GPU budget of {name} is spent\n- in: event\n  reason: OverBudget\n" +
		"checks:\n- run: budgetctl show NAME\n  en: Look at the rest.\n"
	if err := store.Commit(t.Context(), team.Tenant{Platform: "slack", ID: "T1"}, []team.Revision{{Term: "team-budget-guard", Category: "concepts", Data: data, Number: 1}}); err != nil {
		t.Fatal(err)
	}
	b := realBot(t)
	b.overlays = overlay.NewCache(store, nil)
	for _, text := range []string{
		"NAME    READY   STATUS             RESTARTS\nweb-1   0/1     CrashLoopBackOff   5\n\nLAST SEEN   TYPE      REASON       OBJECT      MESSAGE\n5s          Warning   OverBudget   pod/web-2   no more",
		"E1130 10:00:00.000000       1 admit.go:12] GPU budget of team-a is spent\nE1130 10:00:01.000000       1 admit.go:12] GPU budget of team-a is spent\n",
		"error: GPU budget of team-a is spent",
	} {
		for _, tenant := range []string{"T1", "T2"} {
			r := b.Handle(t.Context(), Request{Platform: "slack", Surface: Slash, Tenant: tenant, User: "U", Text: text, Locales: []string{"en"}})
			if got := shownText(r); strings.Contains(got, "Budget guard · your team's term: It stops teams that spend too much.") != (tenant == "T1") {
				t.Errorf("%s: %q: got %q", tenant, text, got)
			}
		}
	}
}

// TestTeamPaste checks that the answer to a paste explains a team's term in it.
func TestTeamPaste(t *testing.T) {
	store := new(teamtest.Memory)
	write(t, store, team.Tenant{Platform: "slack", ID: "T1"}, team.Fields{Name: "BlueWhale", Text: "the largest cluster"})
	b := realBot(t)
	b.overlays = overlay.NewCache(store, nil)
	for _, tt := range []struct{ text, want string }{
		{"NAME    READY   STATUS             RESTARTS\nweb-1   0/1     CrashLoopBackOff   5\n# on BlueWhale", "BlueWhale · your team's term"},
		{"2026-11-30 started on BlueWhale\n2026-11-30 stopped on BlueWhale\n", "BlueWhale · your team's term"},
	} {
		for _, tenant := range []string{"T1", "T2"} {
			r := b.Handle(t.Context(), Request{Platform: "slack", Surface: Slash, Tenant: tenant, User: "U", Command: ExplainCommand, Text: tt.text, Locales: []string{"en"}})
			if got := shownText(r); strings.Contains(got, tt.want) != (tenant == "T1") {
				t.Errorf("%s: %q: got %q", tenant, tt.text, got)
			}
		}
	}
}

// TestTeamLists lists a team's terms beside the categories, and to its members only.
func TestTeamLists(t *testing.T) {
	store := new(teamtest.Memory)
	write(t, store, team.Tenant{Platform: "slack", ID: "T1"}, team.Fields{Name: "Blue Whale", Text: "the largest cluster"})
	b := fixture(t, Options{Overlays: overlay.NewCache(store, nil), Random: func(n int) int { return n - 1 }})
	ask := func(tenant, text, action string) (reply.Reply, string) {
		req := Request{Platform: "slack", Caps: Capabilities{Channels: true}, Tenant: tenant, Surface: Slash, User: "U", Channel: "C", Text: text, Locales: []string{"en"}}
		if action != "" {
			req.Surface, req.Action = ButtonClick, action
		}
		r := b.Handle(t.Context(), req)
		said := shownText(r)
		for _, block := range r.Blocks {
			switch block := block.(type) {
			case reply.Paragraph:
				said += block.Heading + "\n"
			case reply.List:
				said += strings.Join(block.Items, "\n") + "\n"
			}
		}
		return r, said
	}
	for text, want := range map[string]string{
		"list": "Your team's terms (`team`): Blue Whale", "list team": "Your team's terms (1 term)", "list concepts": "Your team's terms (1 term)", "random concepts": "Blue Whale [your team's term, concept]",
	} {
		r, got := ask("T1", text, "")
		if !strings.Contains(got, want) || !strings.Contains(got, "Blue Whale") {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
		if share, ok := reply.Find(r.Buttons, reply.ShareAnswer); ok {
			if shared, said := ask("T1", "", share.ID); shared.Kind != reply.KindList || !strings.Contains(said, "Blue Whale") {
				t.Errorf("%s: shared %q", text, said)
			}
			if _, said := ask("T2", "", share.ID); strings.Contains(said, "Whale") {
				t.Errorf("%s: shared %q in another tenant", text, said)
			}
		}
		if _, got := ask("T2", text, ""); strings.Contains(got, "Whale") {
			t.Errorf("%s: another tenant got %q", text, got)
		}
	}
}
