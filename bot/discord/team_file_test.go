package discord

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"k8sbot/bot/reply"
)

// TestTeamFile imports a file with terms from the menu of its message.
func TestTeamFile(t *testing.T) {
	d := newDesk(t, "en-US")
	d.serveFiles(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "name_en,summary_en,aliases\nQzboat,A boat.,boaty\n")
	})
	explain := func(member string) map[string]any {
		return d.sends(member, 2, `{"id":"1","name":"Explain Kubernetes terms","type":3,"target_id":"900000000000000005","resolved":{"messages":{"900000000000000005":{"id":"900000000000000005","content":"our words","attachments":`+
			`[{"id":"1","filename":"team.csv","size":50,"content_type":"text/csv; charset=utf-8","url":"https://cdn.discordapp.com/attachments/1/1/team.csv?ex=1&is=1&hm=1"}]}}}}`)
	}
	d.golden("team_en_file_refused", explain(author))
	plan := explain(manager)
	b := d.button(plan, reply.TeamImport)
	d.golden("team_en_file_plan", plan, strings.TrimSuffix(b, b[strings.LastIndex(b, ":"):]))
	d.golden("team_en_file_not_reviewer", d.clicks(author, b, 64))
	d.golden("team_en_file_imported", d.clicks(manager, b, 64))
	if got := fmt.Sprint(d.asks(other, "boaty")); !strings.Contains(got, "A boat.") {
		t.Errorf("imported, but got %s", got)
	}
}
