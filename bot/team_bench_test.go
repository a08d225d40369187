package bot

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
)

// BenchmarkTeamTerms looks up words of the glossary in a tenant without terms and in one with 5,000.
func BenchmarkTeamTerms(b *testing.B) {
	store := new(teamtest.Memory)
	var all []team.Revision
	for n := range team.MaxTerms {
		data := fmt.Sprintf("name:\n  en: word %d of list\naliases: [w%dw]\nsummary:\n  en: Meaning %d.\n", n, n, n)
		all = append(all, team.Revision{Term: fmt.Sprint("team-", n), Category: "concepts", Data: data, Number: 1})
	}
	if err := store.Commit(b.Context(), team.Tenant{Platform: "slack", ID: "5000"}, all); err != nil {
		b.Fatal(err)
	}
	terms := realBot(b)
	terms.overlays = overlay.NewCache(store, nil)
	terms.Warm()
	queries := []string{"CrashLoopBackOff", "pod", "what is a taint", "OOMKilled", "pvc", "ノード", "deplyoment", "imagepullb"}
	for _, tenant := range []string{"0", "5000"} {
		ask := func(n int) {
			terms.Handle(context.Background(), Request{Platform: "slack", Surface: Slash, Tenant: tenant, User: "U", Text: queries[n%len(queries)], Locales: []string{"en"}})
		}
		ask(0) // reads the terms
		b.Run(tenant, func(b *testing.B) {
			var took []time.Duration
			for n := 0; b.Loop(); n++ {
				start := time.Now()
				ask(n)
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-us")
			b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-us")
		})
	}
}
