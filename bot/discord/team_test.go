package discord

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/courier"
	"k8sbot/bot/editor"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
	"k8sbot/glossary"
)

// A desk is a server with a bot that has the team's terms.
type desk struct {
	*harness
	store  *teamtest.Memory
	editor *editor.Editor
	later  time.Duration
	locale string
	n      int
	posts  int
}

func newDesk(t *testing.T, locale string) *desk {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{store: new(teamtest.Memory), locale: locale}
	now := func() time.Time { return time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC).Add(d.later) }
	posters := new(bot.Posters)
	d.harness = newHarness(t, func(o *Options) {
		terms := overlay.NewCache(d.store, o.Log)
		e := editor.New(editor.Options{Store: d.store, Terms: terms, Poster: courier.Courier{Posters: posters}, Log: o.Log, Now: now})
		d.editor = e
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Overlays: terms, Editor: e, Now: now, Posters: posters})
	})
	posters.Set(Platform, d.adapter)
	return d
}

// Members of the server.
const (
	author  = `{"user":{"id":"600000000000000001","username":"ann"},"permissions":"0","roles":[]}`
	manager = `{"user":{"id":"600000000000000002","username":"mia"},"permissions":"32","roles":["700000000000000001"]}`
	other   = `{"user":{"id":"600000000000000003","username":"otto"},"permissions":"0","roles":[]}`
)

// sends sends an interaction of a type with data, and returns the response.
func (d *desk) sends(member string, kind int, data string, more ...string) map[string]any {
	d.t.Helper()
	d.n++
	body := fmt.Sprintf(`{"id":"%d","application_id":%q,"token":%q,"type":%d,"locale":%q,"channel_id":"300000000000000001","guild_id":"200000000000000001","member":%s,"data":%s%s}`,
		d.n, testApp, testInteractionToken, kind, d.locale, member, data, strings.Join(more, ""))
	r := d.deliver([]byte(body))
	checkResponse(d.t.(*testing.T), r)
	return r
}

func (d *desk) types(member, sub string, options ...string) map[string]any {
	d.t.Helper()
	return d.sends(member, 2, fmt.Sprintf(`{"name":"k8s","type":1,"options":[{"name":%q,"type":1,"options":[%s]}]}`, sub, strings.Join(options, ",")))
}

func (d *desk) asks(member, name string) map[string]any {
	d.t.Helper()
	return d.types(member, "term", fmt.Sprintf(`{"name":"name","type":3,"value":%q}`, name))
}

func (d *desk) clicks(member, id string, flags int) map[string]any {
	d.t.Helper()
	return d.sends(member, 3, fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, id), fmt.Sprintf(`,"message":{"id":"900000000000000001","flags":%d}`, flags))
}

// submits submits an open form: values are the components of its labels, as JSON.
func (d *desk) submits(member string, modal map[string]any, more string, values ...string) map[string]any {
	d.t.Helper()
	id := modal["data"].(map[string]any)["custom_id"]
	var rows []string
	for _, v := range values {
		rows = append(rows, `{"type":18,"component":`+v+`}`)
	}
	return d.sends(member, 5, fmt.Sprintf(`{"custom_id":%q,"components":[%s]%s}`, id, strings.Join(rows, ","), more))
}

func text(id, value string) string {
	return fmt.Sprintf(`{"type":4,"custom_id":%q,"value":%q}`, id, value)
}

func choice(kind int, id, value string) string {
	return fmt.Sprintf(`{"type":%d,"custom_id":%q,"values":[%q]}`, kind, id, value)
}

// button returns the ID of the button with a verb in a message.
func (d *desk) button(message any, v reply.Verb) string {
	d.t.Helper()
	data, err := json.Marshal(message)
	if err != nil {
		d.t.Fatal(err)
	}
	i := strings.Index(string(data), `"`+reply.NewButton("", v).ID)
	if i < 0 {
		d.t.Fatalf("no button %s in %s", v, data)
	}
	id, _, _ := strings.Cut(string(data[i+1:]), `"`)
	return id
}

// posted returns the next message in the review channel.
func (d *desk) posted() map[string]any {
	d.t.Helper()
	d.posts++
	return d.fake.Await("POST /channels/300000000000000009/messages", d.posts).Body
}

// golden compares a message with a golden file. The IDs of proposals are random.
func (d *desk) golden(name string, v any, ids ...string) {
	d.t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, id := range ids {
		data = []byte(strings.ReplaceAll(string(data), id[strings.LastIndex(id, ":")+1:], "PROPOSAL"))
	}
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		d.t.Fatal(err)
	}
	platformtest.Golden(d.t, name, out)
}

// TestTeamFlow takes a term from a miss to an answer for everybody, with three clicks by two
// people, in both languages.
func TestTeamFlow(t *testing.T) {
	for _, locale := range []string{"en-US", "ja"} {
		t.Run(locale[:2], func(t *testing.T) {
			d, file := newDesk(t, locale), func(name string) string { return "team_" + locale[:2] + "_" + name }
			form := d.types(manager, "reviewers")
			d.golden(file("reviewers_form"), form)
			d.golden(file("reviewers_set"), d.submits(manager, form, `,"resolved":{"roles":{"700000000000000001":{}}}`,
				choice(8, "channel", "300000000000000009"), choice(6, "group", "700000000000000001"), choice(3, "self", "no")))
			d.golden(file("reviewers_hello"), d.posted())

			miss := d.asks(author, "zqarium")
			d.golden(file("miss"), miss)
			form = d.clicks(author, d.button(miss, reply.TeamAdd), 64) // the first click
			d.golden(file("form"), form)
			wrong := d.submits(author, form, "", text("name", "zqarium"), text("text", "デフォルトの水槽です"), text("link", "wiki"))
			fix := d.button(wrong, reply.TeamFix)
			d.golden(file("mistakes"), wrong, fix)
			d.golden(file("fix_form"), d.clicks(author, fix, 64))
			d.golden(file("proposed"), d.submits(author, form, "", text("name", "zqarium"), text("text", "the glass tank in the office"), text("aliases", "ZQ, tank"))) // the second click
			question := d.posted()
			approve := d.button(question, reply.TeamApprove)
			d.golden(file("question"), question, approve)
			d.golden(file("draft"), d.asks(author, "zqarium"))
			if got := fmt.Sprint(d.asks(other, "zqarium")); strings.Contains(got, "glass tank") {
				t.Errorf("another person sees the draft: %s", got)
			}

			d.golden(file("refused"), d.clicks(other, approve, 0))
			d.golden(file("approved"), d.clicks(manager, approve, 0)) // the third click
			d.golden(file("told"), d.fake.Await("POST /channels/900000000000000001/messages", 1).Body)
			d.golden(file("answer"), d.asks(other, "zqarium"))
			d.golden(file("approved_again"), d.clicks(manager, approve, 0))
		})
	}
}

// TestTeamDecisions edits and declines proposals, and saves a message as a term. A role that
// Discord does not resolve must be refused as forged.
func TestTeamDecisions(t *testing.T) {
	d := newDesk(t, "en-US")
	form := d.types(manager, "reviewers")
	forged := d.submits(manager, form, "", choice(8, "channel", "300000000000000009"), choice(6, "group", "700000000000000009"))
	d.golden("team_reviewers_forged", forged, d.button(forged, reply.TeamFix))
	d.golden("team_reviewers_refused", d.types(other, "reviewers"))
	d.submits(manager, form, "", choice(8, "channel", "300000000000000009"))
	d.posted()

	saved := d.sends(author, 2, `{"name":"Save as a team term","type":3,"target_id":"1","resolved":{"messages":{"1":{"id":"1","content":"The **qzfish** swims."}}}}`)
	d.golden("team_message_form", saved)
	d.submits(author, saved, "", text("name", "qzfish"), text("text", "a fish"))
	question := d.posted()
	form = d.clicks(manager, d.button(question, reply.TeamReview), 0)
	d.golden("team_edit_form", form, d.button(question, reply.TeamReview))
	d.golden("team_edit_done", d.submits(manager, form, "", text("name", "qzfish"), text("text", "a fish that swims")))
	d.golden("team_edit_message", d.fake.Await("PATCH /channels/300000000000000009/messages/900000000000000001", 1).Body)

	form = d.types(author, "add", `{"name":"name","type":3,"value":"qzboat"}`)
	d.submits(author, form, "", text("name", "qzboat"), text("text", "a boat"))
	question = d.posted()
	form = d.clicks(manager, d.button(question, reply.TeamDecline), 0)
	d.golden("team_decline_form", form, d.button(question, reply.TeamDecline))
	d.golden("team_decline_done", d.submits(manager, form, "", text("reason", "no @everyone")))
}
