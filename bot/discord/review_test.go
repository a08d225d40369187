package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/platformtest"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// A pupil is a user of an adapter whose bot remembers terms.
type pupil struct {
	*harness
	store *reviewtest.Memory
	tutor *study.Tutor
	n     int
	shown map[string]any // the last response
	dm    bool
	now   time.Time
}

func newPupil(t *testing.T) *pupil {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	p := &pupil{store: reviewtest.NewMemory(), now: time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC)}
	now := func() time.Time { return p.now }
	p.harness = newHarness(t, func(o *Options) {
		p.tutor = study.New(g, &review.Reviewer{Store: p.store, Now: now}, o.Log)
		o.Bot = bot.New(g, bot.Options{Log: o.Log, Tutor: p.tutor, Now: now})
	})
	return p
}

// interact sends an interaction of a type with data, and returns the response.
func (p *pupil) interact(kind int, data string, more ...string) map[string]any {
	p.t.Helper()
	p.n++
	where := `"guild_id":"200000000000000001","member":{"user":{"id":"600000000000000001"},"permissions":"0"}`
	if p.dm {
		where = `"user":{"id":"600000000000000001"}`
	}
	body := fmt.Sprintf(`{"id":"%d","application_id":%q,"token":%q,"type":%d,"locale":"en-US","channel_id":"300000000000000001",%s,"data":%s%s}`,
		p.n, testApp, testInteractionToken, kind, where, data, strings.Join(more, ""))
	p.shown = p.deliver([]byte(body))
	checkResponse(p.t.(*testing.T), p.shown)
	return p.shown
}

func (p *pupil) command(sub string, options ...string) map[string]any {
	p.t.Helper()
	return p.interact(2, fmt.Sprintf(`{"name":"k8s","type":1,"options":[{"name":%q,"type":1,"options":[%s]}]}`, sub, strings.Join(options, ",")))
}

const onEphemeral = `,"message":{"id":"900000000000000001","flags":64}`

// press clicks the button or option with the given label in the last response.
func (p *pupil) press(label string) map[string]any {
	p.t.Helper()
	id := ""
	data, _ := p.shown["data"].(map[string]any)
	for _, row := range objects(data["components"]) {
		for _, c := range objects(row["components"]) {
			if c["label"] == label {
				id = fmt.Sprint(c["custom_id"])
			}
			for _, o := range objects(c["options"]) {
				if o["label"] == label {
					id = fmt.Sprint(o["value"])
				}
			}
		}
	}
	if id == "" {
		p.t.Fatalf("no button %q in %v", label, p.shown)
	}
	return p.click(id)
}

// followUp returns the nth answer that replaces a deferred response: the message, and its
// picture if there is one.
func (p *pupil) followUp(n int) (message map[string]any, picture []byte) {
	p.t.Helper()
	sent := p.fake.Await("PATCH /webhooks/"+testApp+"/"+testInteractionToken+"/messages/@original", n)
	if message = sent.Body; message == nil {
		boundary, _, _ := bytes.Cut(bytes.TrimPrefix(sent.Raw, []byte("--")), []byte("\r\n"))
		form, err := multipart.NewReader(bytes.NewReader(sent.Raw), string(boundary)).ReadForm(1 << 20)
		if err != nil {
			p.t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(form.Value["payload_json"][0]), &message); err != nil {
			p.t.Fatal(err)
		}
		f, err := form.File["files[0]"][0].Open()
		if err != nil {
			p.t.Fatal(err)
		}
		if picture, err = io.ReadAll(f); err != nil {
			p.t.Fatal(err)
		}
	}
	p.shown = map[string]any{"type": p.shown["type"], "data": message}
	return message, picture
}

func (p *pupil) click(id string) map[string]any {
	message := onEphemeral
	if p.dm {
		message = `,"message":{"id":"900000000000000001","flags":0}`
	}
	return p.interact(3, fmt.Sprintf(`{"custom_id":%q,"component_type":2}`, id), message)
}

// TestReview plays the first review. The button opens the form, and after the form the answer
// says that the term is remembered. The session stays in one ephemeral message.
func TestReview(t *testing.T) {
	t.Parallel()
	p := newPupil(t)
	p.command("term", `{"name":"name","type":3,"value":"Widget"}`)
	modal := p.press("Remember")
	platformtest.Golden(t, "review_form", modal)
	if modal["type"] != 9.0 {
		t.Fatalf("got %v, want the form", modal)
	}
	chosen := func(values ...string) string {
		var rows []string
		for i, field := range []string{"time", "days", "count", "lang"} {
			rows = append(rows, fmt.Sprintf(`{"type":18,"component":{"type":3,"custom_id":%q,"values":[%s]}}`, field, values[i]))
		}
		id := modal["data"].(map[string]any)["custom_id"]
		return fmt.Sprintf(`{"custom_id":%q,"components":[%s]}`, id, strings.Join(rows, ","))
	}
	platformtest.Golden(t, "review_remembered", p.interact(5, chosen(`"08:00"`, `"mon","fri"`, `"3"`, `"en"`), onEphemeral))
	l := review.Learner{Platform: string(Platform), User: "600000000000000001"}
	s, ok, err := p.store.Settings(t.Context(), l)
	if err != nil || !ok || s.Schedule.Time != 8*60 || s.PerDay != 3 || s.Schedule.Days.Format(glossary.English) != "Mon, Fri" || s.Stopped {
		t.Errorf("got settings %+v, %v, %v, want those that were chosen", s, ok, err)
	}
	p.click("1:remember:s:gadget") // no form this time
	if p.shown["type"] != 7.0 {
		t.Errorf("second term: got %v, want an updated message", p.shown)
	}
	p.command("review")
	hub, picture := p.followUp(1)
	platformtest.Golden(t, "review_hub", hub)
	if picture != nil {
		t.Error("there is a picture of the recall before a term was asked")
	}
	platformtest.Golden(t, "review_front", p.press("Review"))
	platformtest.Golden(t, "review_back", p.press("Show"))
	p.press("Knew it")
	p.press("Show")
	platformtest.Golden(t, "review_end", p.press("Forgot"))
	// Two weeks later, the hub has a picture of the recall. The next card removes it.
	p.now = p.now.AddDate(0, 0, 14)
	p.click(reply.NewButton("", reply.ReviewHub).ID)
	hub, picture = p.followUp(2)
	platformtest.Golden(t, "review_chart", hub)
	if shown, err := png.Decode(bytes.NewReader(picture)); err != nil || shown.Bounds().Dx() < 100 {
		t.Errorf("got picture %.20q, %v", picture, err)
	}
	if next := p.press("Review"); fmt.Sprint(next["data"].(map[string]any)["attachments"]) != "[]" {
		t.Errorf("the next card keeps the picture: %v", next)
	}
	platformtest.Golden(t, "review_settings", p.command("review", `{"name":"do","type":3,"value":"settings"}`))

	// An export is sent as files, after a deferred response.
	if r := p.click("1:review-export:csv"); fmt.Sprint(r) != "map[type:6]" {
		t.Errorf("export: got %v, want a deferred response", r)
	}
	sent := p.fake.Await("POST /webhooks/"+testApp+"/"+testInteractionToken, 1)
	for _, want := range []string{`name="payload_json"`, `"flags":64`, `name="files[0]"; filename="k8sbot-cards.csv"`, "term,added,reps", `name="files[1]"; filename="k8sbot-answers.csv"`, ",self,forgot,"} {
		if !strings.Contains(string(sent.Raw), want) {
			t.Errorf("export: %s lacks %q", sent.Raw, want)
		}
	}
}

// TestReviewForm checks that a form does not follow a deferred response, and that a user who
// dismisses it has not opted in.
func TestReviewForm(t *testing.T) {
	t.Parallel()
	p := newPupil(t)
	p.click("1:remember:s:widget")
	_, ok, err := p.store.Settings(t.Context(), review.Learner{Platform: string(Platform), User: "600000000000000001"})
	if ok || err != nil {
		t.Errorf("got settings %v, %v of somebody who saw the form", ok, err)
	}
	p.adapter.followUp(t.Context(), interaction{Type: 3, ApplicationID: testApp, Token: testInteractionToken}, []byte(`{"type":9,"data":{}}`))
	if n := p.fake.Count("POST /webhooks/" + testApp + "/" + testInteractionToken); n != 0 {
		t.Errorf("got %d follow-ups with a form, want none", n)
	}
}

// TestDigest sends a digest as a direct message, edits it, and deletes it. A session begins in
// the message.
func TestDigest(t *testing.T) {
	t.Parallel()
	p := newPupil(t)
	const channel = "/channels/400000000000000001/messages"
	p.fake.Prepare("POST /users/@me/channels", platformtest.AnswerWith(http.StatusOK, `{"id":"400000000000000001"}`))
	p.fake.Prepare("POST "+channel, platformtest.AnswerWith(http.StatusOK, `{"id":"900000000000000001"}`))
	p.click("1:remember:s:widget")
	p.interact(5, `{"custom_id":"1:reviews:remember:s:widget","components":[]}`, onEphemeral)
	r := &review.Reviewer{Store: p.store, Now: func() time.Time { return time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC) }}
	d, err := r.Deck(t.Context(), review.Learner{Platform: string(Platform), User: "600000000000000001"})
	if err != nil {
		t.Fatal(err)
	}
	message := p.tutor.Digest(review.Send, d)
	ref, err := p.adapter.SendMessage(t.Context(), bot.Tenant{Platform: Platform}, "600000000000000001", message, "key")
	if err != nil || ref != "400000000000000001/900000000000000001" {
		t.Fatalf("got %q, %v, want the channel and the message", ref, err)
	}
	sent := p.fake.Await("POST "+channel, 1)
	delete(sent.Body, "nonce")
	platformtest.Golden(t, "review_digest", sent.Body)
	validate(t, schemaMessageCreate, sent.Raw)
	if err := p.adapter.EditMessage(t.Context(), bot.Tenant{}, ref, message); err != nil {
		t.Error(err)
	}
	validate(t, schemaMessageEdit, p.fake.Await("PATCH "+channel+"/900000000000000001", 1).Raw)
	if err := p.adapter.DeleteMessage(t.Context(), bot.Tenant{}, ref); err != nil {
		t.Error(err)
	}
	p.fake.Await("DELETE "+channel+"/900000000000000001", 1)

	p.dm = true
	data, err := json.Marshal(map[string]any{"data": map[string]any{"components": sent.Body["components"]}})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &p.shown); err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"Start", "Show", "Knew it"} {
		if r := p.press(label); r["type"] != 7.0 || r["data"].(map[string]any)["flags"] != nil {
			t.Errorf("%s: got %v, want the same message to change", label, r)
		}
	}

	for fault, want := range map[string]bot.PostFault{
		`{"message":"Cannot send messages to this user","code":50007}`: bot.ChannelUnavailable,
		`{"message":"Unknown Message","code":10008}`:                   bot.ChannelUnavailable,
	} {
		p.fake.Prepare("PATCH "+channel+"/900000000000000001", platformtest.AnswerWith(http.StatusForbidden, fault))
		if err := p.adapter.EditMessage(t.Context(), bot.Tenant{}, ref, reply.Reply{}); bot.PostErrorOf(err).Fault != want {
			t.Errorf("%s: got %v, want fault %v", fault, err, want)
		}
	}
}
