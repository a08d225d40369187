package editor_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/editor"
	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/study"
	"k8sbot/bot/team"
	"k8sbot/bot/team/overlay"
	"k8sbot/bot/team/teamtest"
	"k8sbot/glossary"
)

// admins is a [team.Directory] whose administrators are called admin.
type admins struct{}

func (admins) IsReviewer(_ context.Context, _ team.Settings, user string) (bool, error) {
	return user == "admin", nil
}
func (admins) Resolve(_ context.Context, s team.Settings) (team.Settings, error) { return s, nil }
func (admins) Name(context.Context, string) string                               { return "" }

// A mailbox keeps the messages of each tenant.
type mailbox map[string][]reply.Reply

func (m mailbox) Post(_ context.Context, t team.Tenant, _ string, r reply.Reply) (string, error) {
	m[t.ID] = append(m[t.ID], r)
	return "1", nil
}

func (m mailbox) Edit(ctx context.Context, t team.Tenant, _ string, r reply.Reply) error {
	_, err := m.Post(ctx, t, "", r)
	return err
}

func (m mailbox) Tell(ctx context.Context, t team.Tenant, _ string, r reply.Reply) error {
	return m.Edit(ctx, t, "", r)
}

// TestWalkTenants does what people in 20 tenants do, in a random order. It checks that no answer,
// completion, form, message, export, gap or metric contains a word of another tenant, even if a
// person is the same in all tenants.
func TestWalkTenants(t *testing.T) {
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	const tenants, steps = 20, 3000
	now := time.Date(2026, time.November, 30, 1, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	log, store, box := slog.New(slog.DiscardHandler), new(teamtest.Memory), make(mailbox)
	cache := overlay.NewCache(store, log)
	edit := editor.New(editor.Options{Store: store, Terms: cache, Poster: box, Upstream: "https://example.com", Log: log, Now: clock})
	tutor := study.New(g, &review.Reviewer{Store: reviewtest.NewMemory(), Now: clock}, log)
	tutor.Team = cache.Find
	b := bot.New(g, bot.Options{Overlays: cache, Editor: edit, Tutor: tutor, Log: log, Now: clock})
	metrics := platform.NewMetrics()
	mark := func(n int) string { return fmt.Sprintf("q%cz%cq", 'a'+n, 'a'+n) }
	rnd := rand.New(rand.NewPCG(20, 1))
	words := []string{"harbor", "widget", "canary", "gadget", "lantern"}
	last := make(map[int]reply.Reply)
	shown, counts := 0, make(map[reply.Kind]int)
	for step := range steps {
		n := rnd.IntN(tenants)
		if now = now.Add(time.Minute); step%200 == 0 {
			now = now.Add(20 * time.Hour)
		}
		home := team.Tenant{Platform: []string{"slack", "discord"}[n%2], ID: fmt.Sprint("T", n)}
		if step < tenants {
			if err := store.SetSettings(t.Context(), team.Settings{Tenant: team.Tenant{Platform: []string{"slack", "discord"}[step%2], ID: fmt.Sprint("T", step)}, Channel: "C"}); err != nil {
				t.Fatal(err)
			}
		}
		word := words[rnd.IntN(len(words))]
		name := word
		if rnd.IntN(2) == 0 {
			name += " " + mark(n)
		}
		req := bot.Request{
			ID: fmt.Sprint(step), Platform: bot.Platform(home.Platform), Tenant: home.ID, User: []string{"ann", "admin"}[rnd.IntN(2)], Channel: "C", Surface: bot.Slash,
			Caps: bot.Capabilities{Channels: true, GlobalUsers: n%2 == 1, DirectMessages: true}, Locales: []string{[]string{"en", "ja"}[rnd.IntN(2)]}, Directory: admins{},
		}
		press := func(id string) { req.Surface, req.Action, req.FromEphemeral = bot.ButtonClick, id, rnd.IntN(2) == 0 }
		text := "The " + word + " of " + mark(n) + "."
		foreign := team.ID(word + " " + mark(rnd.IntN(tenants)))
		switch rnd.IntN(15) {
		case 0, 1:
			press("1:team-add")
			req.Fields = map[string][]string{team.NameField: {name}, team.TextField: {text}, team.AliasesField: {word + "s, " + mark(n)}}
		case 2, 3: // a reviewer decides about a proposal of the tenant, or of another
			if all := box[fmt.Sprint("T", []int{n, n, n, rnd.IntN(tenants)}[rnd.IntN(4)])]; len(all) > 0 {
				if a, ok := reply.Find(all[len(all)-1].Buttons, reply.TeamApprove); ok {
					req.User = "admin"
					press(a.ID)
				}
			}
		case 4, 5:
			req.Text = []string{word, name, "what is " + word, word + "s", "compare " + word + ", gadget", "har bor"}[rnd.IntN(6)]
		case 6:
			req.Text = []string{"list", "list team", "list concepts", "random", "gaps", "review", "review start", "review export", "review export csv", "help"}[rnd.IntN(10)]
		case 7: // a button with the ID of a term that another tenant may have
			press([]string{"1:more:", "1:share:", "1:team-history:", "1:team-unclear:", "1:team-delete:", "1:remember:o:", "1:reveal:", "1:review-out:", "1:review-show:"}[rnd.IntN(9)] + foreign)
			if rnd.IntN(4) == 0 {
				req.Action += "@" + fmt.Sprint("T", rnd.IntN(tenants))
			}
		case 8, 9, 10: // any button of the last reply
			r := last[n]
			if all := slices.Concat(r.Buttons, r.Menu.Options); len(all) > 0 {
				press(all[rnd.IntN(len(all))].ID)
			}
		case 11:
			req.Command, req.Text = bot.ExplainCommand, "E1130 10:00:00.000000 1 a.go:1] "+word+" is down\nE1130 10:00:00.000000 1 a.go:1] "+word+" of ours\n"
		case 12:
			req.User = "admin"
			req.Files = []bot.File{{Name: "t.csv", Text: fmt.Sprintf("name_en,summary_en,aliases\n%s,%s,%s\n", name, text, mark(n))}}
		case 13:
			for _, o := range [][]bot.Completion{b.Complete(t.Context(), req, 25), b.Complete(t.Context(), bot.Request{Platform: req.Platform, Tenant: req.Tenant, User: req.User, Surface: bot.Slash, Text: word[:3]}, 25)} {
				check(t, o, n, tenants, mark, "")
			}
			continue
		case 14:
			press("1:team-edit:" + foreign)
			if f, ok := b.Form(t.Context(), req); ok {
				check(t, f, n, tenants, mark, req.Action)
			}
			continue
		}
		r := b.Handle(t.Context(), req)
		metrics.Answered(req, r, now)
		last[n] = r
		counts[r.Kind]++
		shown += check(t, r, n, tenants, mark, req.Action)
		b.Wait()
	}
	for n := range tenants {
		for _, r := range box[fmt.Sprint("T", n)] {
			check(t, r, n, tenants, mark, "")
		}
	}
	if shown < steps/5 || counts[reply.KindTerm] < 100 || counts[reply.KindReview] < 50 || counts[reply.KindTeam] < 100 || counts[reply.KindList] < 20 || counts[reply.KindExplain] < 50 {
		t.Errorf("got %d replies with words of the tenant, kinds %v: the test shows too little", shown, counts)
	}
	w := httptest.NewRecorder()
	metrics.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for n := range tenants {
		if strings.Contains(w.Body.String(), mark(n)) || w.Body.Len() == 0 {
			t.Errorf("the metrics have a word of tenant %d", n)
		}
	}
}

// check reports words of other tenants in what tenant n gets, and returns 1 if it has words of n.
// asked is what the person sent, which an answer may repeat.
func check(t *testing.T, got any, n, tenants int, mark func(int) string, asked string) int {
	t.Helper()
	data, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if _, id, ok := strings.Cut(asked, "team-"); ok {
		data = []byte(strings.ReplaceAll(string(data), id[strings.LastIndex(id, ":")+1:], ""))
	}
	for other := range tenants {
		if other != n && strings.Contains(string(data), mark(other)) {
			t.Fatalf("tenant %d pressed %q and got a word of tenant %d: %s", n, asked, other, data)
		}
	}
	if strings.Contains(string(data), mark(n)) {
		return 1
	}
	return 0
}
