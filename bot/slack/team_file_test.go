package slack

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
)

// TestTeamFile sends files with terms in a direct message: it checks that the reply shows what a
// file changes, and that nothing changes until a reviewer confirms it.
func TestTeamFile(t *testing.T) {
	for _, locale := range []string{"en-US", "ja-JP"} {
		t.Run(locale[:2], func(t *testing.T) {
			d := newDesk(t, locale)
			home, file := team.Tenant{Platform: "slack", ID: "T0001"}, ""
			d.serveFiles(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, file) })
			drop := func(user, text string) map[string]any {
				d.n++
				file = text
				d.respondTo("/slack/events", fmt.Appendf(nil, `{"team_id":"T0001","type":"event_callback","event_id":"Ev%d","event":{"type":"message","channel":"D1","channel_type":"im","user":%q,"text":"","ts":"%d.1","subtype":"file_share",`+
					`"files":[{"id":"F1","name":"team.csv","mimetype":"text/csv","url_private":"https://files.slack.com/files-pri/T1-F1/team.csv"}]}}`, d.n, user, 1700000000+d.n))
				return d.next("chat.postMessage")
			}
			golden := func(name string, v map[string]any) {
				t.Helper()
				d.golden("team_"+locale[:2]+"_file_"+name, v)
			}
			const rows = "\ufeffname_en,summary_en,aliases\nQzboat,A boat.,boaty\nqzfish,A fish.,\n"
			golden("refused", drop("U1", rows))
			plan := drop("UADMIN", rows)
			b := d.button(plan, reply.TeamImport)
			d.golden("team_"+locale[:2]+"_file_plan", plan, strings.TrimSuffix(b, b[strings.LastIndex(b, ":"):]))
			d.clicks("U1", b, false)
			golden("not_reviewer", d.next("response_url"))
			if terms, _ := d.store.Terms(t.Context(), home); len(terms.Entries) > 0 {
				t.Fatalf("changed before it was confirmed: %+v", terms)
			}
			d.clicks("UADMIN", b, false)
			golden("imported", d.next("response_url"))
			d.clicks("UADMIN", b, false)
			golden("again", d.next("response_url"))
			if got := d.types("U2", "boaty"); !strings.Contains(got, "A boat.") {
				t.Errorf("imported, but got %s", got)
			}
			golden("conflict", drop("UADMIN", rows+"qzcrab,no sentence,\nqzfish,Another fish.,\n"))
			golden("unreadable", drop("UADMIN", "name_en,summary_en,sumary_ja\na,b,c\n"))

			changed := strings.Replace(rows, "A fish", "A big fish", 1)
			b = d.button(drop("UADMIN", changed), reply.TeamImport)
			e, _ := team.Fields{Name: "qzfish", Text: "a small fish"}.Write(team.Entry{})
			if err := d.store.Commit(t.Context(), home, []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 2, Author: "U1", At: now()}}); err != nil {
				t.Fatal(err)
			}
			d.clicks("UADMIN", b, false)
			asked := d.next("response_url")
			again := d.button(asked, reply.TeamImport)
			d.golden("team_"+locale[:2]+"_file_changed", asked, strings.TrimSuffix(again, again[strings.LastIndex(again, ":"):]))
			d.clicks("UADMIN", again, false)
			d.next("response_url")
			history, err := d.store.History(t.Context(), home, "team-qzfish", 9)
			if err != nil || len(history) != 3 || history[0].Approver != "UADMIN" || !strings.Contains(history[0].Data, "A big fish.") {
				t.Errorf("got %+v, %v", history, err)
			}
		})
	}
}
