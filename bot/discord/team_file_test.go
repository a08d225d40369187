package discord

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/team"
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

// TestTeamOwner asks the owner of team text after 180 days in a direct message, which belongs to no
// server: its buttons work there, and only for the owner.
func TestTeamOwner(t *testing.T) {
	d := newDesk(t, "en-US")
	home := team.Tenant{Platform: "discord", ID: "200000000000000001"}
	if err := d.store.SetSettings(t.Context(), team.Settings{Tenant: home, Channel: "300000000000000009"}); err != nil {
		t.Fatal(err)
	}
	e, _ := team.Fields{Name: "qzboat", Text: "a boat"}.Write(team.Entry{})
	if err := d.store.Commit(t.Context(), home, []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 1, Author: "600000000000000001", At: time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC)}}); err != nil {
		t.Fatal(err)
	}
	d.fake.Prepare("POST /users/@me/channels", platformtest.AnswerWith(http.StatusOK, `{"id":"400000000000000001"}`))
	d.later = 181 * 24 * time.Hour
	d.editor.AskOwners(t.Context())
	asked := d.fake.Await("POST /channels/400000000000000001/messages", 1).Body
	// direct sends an interaction in the direct messages of a user.
	direct := func(user string, kind int, data string) map[string]any {
		d.n++
		return d.deliver(fmt.Appendf(nil, `{"id":"%d","application_id":%q,"token":%q,"type":%d,"locale":"en-US","channel_id":"400000000000000001","user":{"id":%q,"username":"ann"},"message":{"id":"900000000000000001"},"data":%s}`,
			d.n, testApp, testInteractionToken, kind, user, data))
	}
	click := func(user string, v reply.Verb) map[string]any {
		return direct(user, 3, fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, d.button(asked, v)))
	}
	for _, v := range []reply.Verb{reply.TeamEdit, reply.TeamConfirm} {
		if got := fmt.Sprint(click("600000000000000003", v)); strings.Contains(got, "boat") || strings.Contains(got, "custom_id") {
			t.Errorf("%s by somebody else: got %s", v, got)
		}
	}
	form := click("600000000000000001", reply.TeamEdit)
	d.golden("team_en_owner_form", form)
	id := form["data"].(map[string]any)["custom_id"]
	d.golden("team_en_owner_proposed", direct("600000000000000001", 5, fmt.Sprintf(`{"custom_id":%q,"components":[{"type":18,"component":%s},{"type":18,"component":%s}]}`, id, text("name", "qzboat"), text("text", "a big boat"))))
	question := d.posted()
	d.clicks(manager, d.button(question, reply.TeamApprove), 0)
	if got := fmt.Sprint(d.asks(other, "qzboat")); !strings.Contains(got, "A big boat.") && !strings.Contains(got, "a big boat.") {
		t.Errorf("approved, but got %s", got)
	}
}

// TestTeamForget lets people who proposed and decided say "forget me", and checks that their
// texts stay and their IDs are deleted.
func TestTeamForget(t *testing.T) {
	d := newDesk(t, "en-US")
	home := team.Tenant{Platform: "discord", ID: "200000000000000001"}
	if err := d.store.SetSettings(t.Context(), team.Settings{Tenant: home, Channel: "300000000000000009"}); err != nil {
		t.Fatal(err)
	}
	propose := func(name string) string {
		d.submits(author, d.types(author, "add"), "", text("name", name), text("text", "the meaning of "+name))
		return d.button(d.posted(), reply.TeamApprove)
	}
	d.clicks(manager, propose("qzboat"), 0)
	waiting := propose("qzfish")
	for _, member := range []string{author, manager} {
		prompt := d.types(member, "forget")
		d.clicks(member, d.button(prompt, reply.ForgetMe), 64)
	}
	history, err := d.store.History(t.Context(), home, "team-qzboat", 9)
	if err != nil || len(history) != 1 || history[0].Author+history[0].Approver != "" || history[0].Data == "" {
		t.Errorf("got %+v, %v", history, err)
	}
	terms, err := d.store.Terms(t.Context(), home)
	if err != nil || len(terms.Entries) != 1 || terms.Entries[0].Owner != "" || len(terms.Pending) != 1 || terms.Pending[0].Author != "" {
		t.Errorf("got %+v, %v", terms, err)
	}
	d.clicks(manager, waiting, 0) // a proposal that waits stays
	if got := fmt.Sprint(d.asks(other, "qzfish")); !strings.Contains(got, "meaning of qzfish") {
		t.Errorf("approved, but got %s", got)
	}
}
