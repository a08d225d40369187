package slack

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/courier"
	"k8sbot/bot/editor"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/formview"
	"k8sbot/bot/slack/manifest"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
	"k8sbot/glossary"
)

// A desk is a workspace with a bot that has the team's terms.
type desk struct {
	*harness
	store  *teamtest.Memory
	editor *editor.Editor
	later  time.Duration
	bot    *bot.Bot
	n      int
	calls  map[string]int
}

func newDesk(t *testing.T, locale string) *desk {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{store: new(teamtest.Memory), calls: make(map[string]int)}
	posters := new(bot.Posters)
	d.harness = newHarness(t, func(o *Options) {
		terms := overlay.NewCache(d.store, o.Log)
		d.editor = editor.New(editor.Options{Store: d.store, Terms: terms, Poster: courier.Courier{Posters: posters}, Upstream: "https://github.com/example/k8sbot", Log: o.Log, Now: func() time.Time { return now().Add(d.later) }})
		d.bot = bot.New(g, bot.Options{Log: o.Log, Overlays: terms, Editor: d.editor, Now: now, Posters: posters})
		o.Bot = d.bot
	})
	posters.Set(Platform, d.adapter)
	d.fake.locale = locale
	return d
}

// next returns the body of the next call of a method.
func (d *desk) next(method string) map[string]any {
	d.t.Helper()
	d.calls[method]++
	return d.fake.await(method, d.calls[method])
}

// types sends a slash command, and returns the answer.
func (d *desk) types(user, text string) string {
	d.t.Helper()
	d.n++
	form := url.Values{"team_id": {"T0001"}, "channel_id": {"C1"}, "user_id": {user}, "text": {text}, "response_url": {d.fake.responseURL()}, "trigger_id": {fmt.Sprint("trigger", d.n)}}
	return string(d.respondTo("/slack/commands", []byte(form.Encode())))
}

// sends sends an interaction of a user.
func (d *desk) sends(user string, fields map[string]any) []byte {
	d.t.Helper()
	d.n++
	for k, v := range map[string]any{
		"team": map[string]any{"id": "T0001"}, "user": map[string]any{"id": user, "name": strings.ToLower(user)}, "channel": map[string]any{"id": "C1"},
		"trigger_id": fmt.Sprint("trigger", d.n), "response_url": d.fake.responseURL(),
	} {
		fields[k] = v
	}
	body, err := json.Marshal(fields)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.respondTo("/slack/interactions", interactionForm(string(body)))
}

// clicks clicks a button of a message.
func (d *desk) clicks(user, id string, ephemeral bool) {
	d.t.Helper()
	d.sends(user, map[string]any{
		"type": "block_actions", "container": map[string]any{"type": "message", "message_ts": "1.1", "is_ephemeral": ephemeral},
		"actions": []any{map[string]any{"action_id": id, "action_ts": fmt.Sprint(d.n)}},
	})
}

// submits submits an open form with texts.
func (d *desk) submits(user string, form map[string]any, texts map[string]any) string {
	d.t.Helper()
	values := make(map[string]any)
	for id, v := range texts {
		if text, ok := v.(string); ok {
			v = map[string]any{"value": text}
		}
		values[id] = map[string]any{id: v}
	}
	view := form["view"].(map[string]any)
	return string(d.sends(user, map[string]any{"type": "view_submission", "view": map[string]any{
		"id": "V1", "type": "modal", "callback_id": view["callback_id"], "private_metadata": view["private_metadata"], "state": map[string]any{"values": values},
	}}))
}

// button returns the ID of the button with a verb in a message.
func (d *desk) button(message any, v reply.Verb) string {
	d.t.Helper()
	data, err := json.Marshal(message)
	if err != nil {
		d.t.Fatal(err)
	}
	prefix := reply.NewButton("", v).ID
	i := strings.Index(string(data), `"`+prefix)
	if i < 0 {
		d.t.Fatalf("no button %s in %s", v, data)
	}
	id, _, _ := strings.Cut(string(data[i+1:]), `"`)
	return id
}

// golden compares a JSON text or a value with a golden file. The IDs of proposals are random.
func (d *desk) golden(name string, v any, ids ...string) {
	d.t.Helper()
	if text, ok := v.(string); ok {
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			d.t.Fatalf("%s: %v in %q", name, err, text)
		}
	}
	data, err := json.Marshal(v)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, id := range ids {
		_, id, _ = strings.Cut(id[2:], ":")
		data = []byte(strings.ReplaceAll(string(data), id, "PROPOSAL"))
	}
	if err := json.Unmarshal(data, &v); err != nil {
		d.t.Fatal(err)
	}
	platformtest.Golden(d.t, name, v)
}

// chosen returns what a select menu sends.
func chosen(kind, value string) map[string]any {
	if kind == "static" {
		return map[string]any{"selected_option": map[string]any{"value": value}}
	}
	return map[string]any{"selected_" + kind: value}
}

// TestTeamFlow takes a term from a miss to an answer for everybody, with three clicks by two
// people, in both languages.
func TestTeamFlow(t *testing.T) {
	for _, locale := range []string{"en-US", "ja-JP"} {
		t.Run(locale[:2], func(t *testing.T) {
			d, file := newDesk(t, locale), func(name string) string { return "team_" + locale[:2] + "_" + name }
			d.types("UADMIN", "reviewers")
			form := d.next("views.open")
			d.golden(file("reviewers_form"), form)
			d.golden(file("reviewers_set"), d.submits("UADMIN", form, map[string]any{
				"channel": chosen("conversation", "C9"), "people": map[string]any{"selected_users": []string{"UADMIN"}}, "self": chosen("static", "no"),
			}))
			d.golden(file("reviewers_hello"), d.next("chat.postMessage"))

			miss := d.types("U1", "zqarium")
			d.golden(file("miss"), miss)
			d.clicks("U1", d.button(json.RawMessage(miss), reply.TeamAdd), true) // the first click
			form = d.next("views.open")
			d.golden(file("form"), form)
			d.golden(file("mistakes"), d.submits("U1", form, map[string]any{"name": "zqarium", "other": "tank", "text": "デフォルトの水槽です", "link": "wiki"}))
			text := map[string]any{"name": "zqarium", "text": "the glass tank in the office", "aliases": "ZQ, tank", "link": "http://wiki.example.com/tank"}
			d.golden(file("proposed"), d.submits("U1", form, text)) // the second click
			question := d.next("chat.postMessage")
			approve := d.button(question, reply.TeamApprove)
			d.golden(file("question"), question, approve)
			d.golden(file("draft"), d.types("U1", "zqarium"))
			if got := d.types("U2", "zqarium"); strings.Contains(got, "glass tank") {
				t.Errorf("another person sees the draft: %s", got)
			}

			d.clicks("U2", approve, false)
			d.golden(file("refused"), d.next("response_url"))
			d.clicks("UADMIN", approve, false) // the third click
			d.golden(file("approved"), d.next("response_url"))
			d.golden(file("told"), d.next("chat.postMessage"))
			d.golden(file("answer"), d.types("U2", "zqarium"))
			d.clicks("UADMIN", approve, false)
			d.golden(file("approved_again"), d.next("response_url"))
		})
	}
}

// TestTeamDecisions edits and declines proposals, and checks that the reviewers' message says
// so.
func TestTeamDecisions(t *testing.T) {
	d := newDesk(t, "en-US")
	if err := d.store.SetSettings(t.Context(), team.Settings{Tenant: team.Tenant{Platform: "slack", ID: "T0001"}, Channel: "C9"}); err != nil {
		t.Fatal(err)
	}
	propose := func(user, name string) map[string]any {
		t.Helper()
		d.types(user, "add "+name)
		d.submits(user, d.next("views.open"), map[string]any{"name": name, "text": "a " + name})
		return d.next("chat.postMessage")
	}
	question := propose("U1", "qzfish")
	d.clicks("UADMIN", d.button(question, reply.TeamReview), false)
	form := d.next("views.open")
	id := d.button(question, reply.TeamApprove)
	d.golden("team_edit_form", form, id)
	d.golden("team_edit_done", d.submits("UADMIN", form, map[string]any{"name": "qzfish", "text": "a fish that swims"}))
	d.golden("team_edit_message", d.next("chat.update"))
	d.golden("team_edit_told", d.next("chat.postMessage"))
	if got := d.types("U2", "qzfish"); !strings.Contains(got, "a fish that swims.") {
		t.Errorf("got %s", got)
	}

	question = propose("U1", "qzfish") // a new text for an existing term
	d.golden("team_change_question", question, d.button(question, reply.TeamApprove))
	d.clicks("UADMIN", d.button(question, reply.TeamDecline), false)
	form = d.next("views.open")
	d.golden("team_decline_form", form, d.button(question, reply.TeamDecline))
	d.golden("team_decline_empty", d.submits("UADMIN", form, map[string]any{"reason": " "}))
	d.golden("team_decline_done", d.submits("UADMIN", form, map[string]any{"reason": "too short <!channel>"}))
	d.golden("team_decline_message", d.next("chat.update"))
	d.golden("team_decline_told", d.next("chat.postMessage"))

	question = propose("UADMIN", "qzboat") // the reviewer's own proposal
	d.clicks("UADMIN", d.button(question, reply.TeamApprove), false)
	d.golden("team_own", d.next("response_url"))
	d.clicks("UADMIN", "1:team-approve:FORGED", false)
	d.golden("team_forged", d.next("response_url"))
	d.clicks("U1", d.button(question, reply.TeamDecline), false)
	d.golden("team_decline_refused", d.next("response_url"))
	d.types("U1", "reviewers")
}

// TestTeamReviewers checks that reviewers from outside the workspace are refused, as is a
// channel in which the bot cannot post, and that nothing is stored.
func TestTeamReviewers(t *testing.T) {
	d := newDesk(t, "en-US")
	d.types("UADMIN", "reviewers")
	form := d.next("views.open")
	values := map[string]any{"channel": chosen("conversation", "C9"), "people": map[string]any{"selected_users": []string{"UFORGED"}}}
	member := platformtest.AnswerWith(http.StatusOK, `{"ok":true,"user":{"id":"UADMIN","locale":"en-US","is_admin":true}}`)
	d.fake.Prepare("users.info", member, platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"user_not_found"}`))
	d.golden("team_reviewers_forged", d.submits("UADMIN", form, values))
	delete(values, "people")
	values["group"] = "@nobody"
	d.fake.Prepare("usergroups.list", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"missing_scope"}`))
	d.golden("team_reviewers_scope", d.submits("UADMIN", form, values))
	d.fake.Prepare("usergroups.list", platformtest.AnswerWith(http.StatusOK, `{"ok":true,"usergroups":[{"id":"S1","handle":"platform"}]}`))
	d.golden("team_reviewers_group", d.submits("UADMIN", form, values))
	delete(values, "group")
	d.fake.Prepare("chat.postMessage", platformtest.AnswerWith(http.StatusOK, `{"ok":false,"error":"not_in_channel"}`))
	d.golden("team_reviewers_channel", d.submits("UADMIN", form, values))
	if s, err := d.store.Settings(t.Context(), team.Tenant{Platform: "slack", ID: "T0001"}); err != nil || s.Channel != "" {
		t.Errorf("got %+v, %v", s, err)
	}
	if got := d.types("U1", "reviewers"); !strings.Contains(got, "Only admins can choose the reviewers.") {
		t.Errorf("a member: got %s", got)
	}
}

// TestTeamShortcut saves the text of a message.
func TestTeamShortcut(t *testing.T) {
	d := newDesk(t, "en-US")
	d.store.Fail = fmt.Errorf("down") // forms must open without the store
	d.sends("U1", map[string]any{"type": "message_action", "callback_id": manifest.SaveShortcut, "message": map[string]any{"text": "The *zqarium* is\nour tank &amp; pride.", "ts": "1.1"}})
	form := d.next("views.open")
	d.golden("team_shortcut_form", form)
	if form["view"].(map[string]any)["callback_id"] != formview.CallbackID {
		t.Error("got no form")
	}
	start := time.Now()
	d.types("U1", "add zqarium")
	d.next("views.open")
	if took := time.Since(start); took > time.Second {
		t.Errorf("the form took %v", took)
	}
	d.golden("team_store_down", d.submits("U1", form, map[string]any{"name": "zqarium", "text": "a tank"}))
}

// TestTeamLife takes a term through its life: it is edited, deleted, restored, and confirmed.
func TestTeamLife(t *testing.T) {
	for _, locale := range []string{"en-US", "ja-JP"} {
		t.Run(locale[:2], func(t *testing.T) {
			d, file := newDesk(t, locale), func(name string) string { return "team_" + locale[:2] + "_" + name }
			home := team.Tenant{Platform: "slack", ID: "T0001"}
			if err := d.store.SetSettings(t.Context(), team.Settings{Tenant: home, Channel: "C9"}); err != nil {
				t.Fatal(err)
			}
			e, _ := team.Fields{Name: "qzboat", Text: "a boat"}.Write(team.Entry{})
			if err := d.store.Commit(t.Context(), home, []team.Revision{{Term: e.Term, Category: e.Category, Data: e.Data, Number: 1, Author: "U1", At: now()}}); err != nil {
				t.Fatal(err)
			}
			e, _ = team.Fields{Name: "qzfish", Text: "a fish"}.Write(team.Entry{})
			for n := 1; n <= 2; n++ {
				r := team.Revision{Term: e.Term, Category: e.Category, Data: e.Data, Number: n, Author: "U1", Approver: "UADMIN", At: now()}
				if err := d.store.Commit(t.Context(), home, []team.Revision{r}); err != nil {
					t.Fatal(err)
				}
				e, _ = team.Fields{Name: "qzfish", Text: "a fish that swims"}.Write(e)
			}
			d.golden(file("life_answer"), d.types("U2", "qzfish"))
			d.clicks("U2", "1:team-history:team-qzfish", true)
			d.golden(file("history"), d.next("response_url"))
			d.clicks("U2", "1:team-restore:team-qzfish:1", true)
			d.golden(file("restore"), d.next("response_url"))
			question := d.next("chat.postMessage")
			d.golden(file("restore_question"), question, d.button(question, reply.TeamApprove))
			d.clicks("UADMIN", d.button(question, reply.TeamApprove), false)
			d.golden(file("restored"), d.next("response_url"))
			d.next("chat.postMessage") // tells U2
			d.clicks("U2", "1:team-delete:team-qzfish", true)
			d.golden(file("delete"), d.next("response_url"))
			question = d.next("chat.postMessage")
			d.golden(file("delete_question"), question, d.button(question, reply.TeamApprove))
			d.clicks("UADMIN", d.button(question, reply.TeamApprove), false)
			d.golden(file("deleted"), d.next("response_url"))
			if got := d.types("U2", "qzfish"); strings.Contains(got, "a fish") {
				t.Errorf("deleted, but answered: %s", got)
			}
			d.next("chat.postMessage")
			d.clicks("U2", "1:team-history:team-qzfish", true)
			d.golden(file("history_deleted"), d.next("response_url"))

			d.later = 179 * 24 * time.Hour
			d.editor.AskOwners(t.Context())
			d.later = 181 * 24 * time.Hour
			d.editor.AskOwners(t.Context())
			d.editor.AskOwners(t.Context()) // asks only once
			ask := d.next("chat.postMessage")
			d.golden(file("still_right"), ask)
			d.clicks("U2", d.button(ask, reply.TeamConfirm), false)
			d.golden(file("confirm_refused"), d.next("response_url"))
			d.clicks("U1", d.button(ask, reply.TeamConfirm), false)
			d.golden(file("confirmed"), d.next("response_url"))
			d.clicks("U1", d.button(ask, reply.TeamEdit), false)
			d.golden(file("owner_form"), d.next("views.open"))
		})
	}
}

// TestTeamGaps checks that missing terms are counted, except what may be secret, and shown to
// reviewers.
func TestTeamGaps(t *testing.T) {
	for _, locale := range []string{"en-US", "ja-JP"} {
		t.Run(locale[:2], func(t *testing.T) {
			d, file := newDesk(t, locale), func(name string) string { return "team_" + locale[:2] + "_" + name }
			d.golden(file("no_gaps"), d.types("UADMIN", "gaps"))
			for _, text := range []string{"zqarium", "Zqarium", "ken.zq@example.com", "zqtoken ghp_16C7e42F292c6912E7"} {
				d.types("U1", "term "+text)
			}
			d.clicks("U1", "1:team-unclear:widget", true)
			d.golden(file("unclear"), d.next("response_url"))
			d.clicks("U1", "1:forgot:gadget:2026-11-30:r", true)
			d.next("response_url")
			d.bot.Wait()
			d.golden(file("gaps"), d.types("UADMIN", "gaps"))
			d.golden(file("gaps_refused"), d.types("U1", "gaps"))
		})
	}
}
