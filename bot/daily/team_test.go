package daily

import (
	"context"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// A past is a [History] and a [Forgetting] of one channel.
type past struct {
	asked, forgotten string
}

func (past) Posted(context.Context, bot.Channel) ([]PostedTerm, error) { return nil, nil }

func (p past) AskedSince(context.Context, bot.Channel, time.Time) ([]AskedTerm, error) {
	return []AskedTerm{{Term: p.asked, Last: time.Now()}}, nil
}

func (p past) Forgetting(context.Context, string, string, string, review.Day) ([]review.ForgottenTerm, error) {
	return []review.ForgottenTerm{{Term: p.forgotten, Forgot: 0.5}}, nil
}

func (p past) ForgotLastWeek(context.Context, string, string, string, review.Day) ([]review.ForgottenTerm, error) {
	return nil, nil
}

// TestPickTeamTerm picks a team's term if it was asked for or forgotten in the channel, and never
// that of another tenant.
func TestPickTeamTerm(t *testing.T) {
	g := glossary.New([]*glossary.Term{{ID: "pod", Tier: 1, Category: "workloads"}})
	own := &glossary.Term{ID: "team-canary", Tier: 2, Category: "concepts", Own: true}
	of := func(_ context.Context, at team.Tenant) []*glossary.Term {
		if at.ID == "T1" {
			return []*glossary.Term{own}
		}
		return nil
	}
	for _, tt := range []struct {
		tenant   string
		category glossary.Category
		past     past
		want     string
	}{
		{"T1", "", past{}, "pod"},
		{"T1", "", past{asked: "team-canary"}, "team-canary"},
		{"T1", "concepts", past{}, "team-canary"},
		{"T1", "workloads", past{asked: "team-canary"}, "pod"},
		{"T1", "", past{forgotten: "team-canary"}, "team-canary"},
		{"T1", "", past{forgotten: "team-canary@T1"}, "team-canary"},
		{"T1", "", past{forgotten: "team-canary@T2"}, "pod"},
		{"T2", "", past{asked: "team-canary", forgotten: "team-canary"}, "pod"},
	} {
		p := &Picker{Glossary: g, History: tt.past, Forgetting: tt.past, Team: of}
		got, err := p.Next(t.Context(), bot.Channel{Platform: "slack", Tenant: tt.tenant, ID: "C"}, tt.category)
		if err != nil || got.ID != tt.want {
			t.Errorf("%+v: got %v, error %v", tt, got, err)
		}
		w := New(Options{Picker: p})
		again, _, err := w.termFor(t.Context(), bot.Delivery{Channel: bot.Channel{Platform: "slack", Tenant: tt.tenant}, Term: "team-canary"}, bot.Schedule{})
		if retried := err == nil && again == own; retried != (tt.tenant == "T1") && tt.past.forgotten == "" {
			t.Errorf("%+v: a retry posts %v, error %v", tt, again, err)
		}
	}
}
