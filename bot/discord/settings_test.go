package discord

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/storetest"
	"k8sbot/glossary"
)

// TestSettings submits the settings modal, and compares the answer and the stored settings
// with the results of typing the commands.
func TestSettings(t *testing.T) {
	t.Parallel()
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	channel := bot.Channel{Platform: Platform, Tenant: "200000000000000001", ID: "300000000000000001"}
	person := bot.Person{Platform: Platform, User: "600000000000000001"}
	for name, tt := range map[string]struct {
		hour, days, lang string   // values of the select menus, as JSON
		typed            []string // the same as text
	}{
		"all":      {`["10:00"]`, `["mon","wed"]`, `["ja"]`, []string{"lang ja", "daily on 10:00 mon,wed"}},
		"language": {`[]`, `[]`, `["en"]`, []string{"lang en"}},
		"hour":     {`["23:00"]`, `[]`, `[]`, []string{"daily on 23:00"}},
		"days":     {`[]`, `["sat","sun"]`, `[]`, []string{"daily on sat,sun"}},
		"off":      {`["off"]`, `["sat"]`, `[]`, []string{"daily off"}},
		"nothing":  {`[]`, `[]`, `[]`, []string{"lang", "daily"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			outcome := func(bodies ...string) (texts, stored string) {
				kept, posters := new(storetest.Memory), new(bot.Posters)
				h := newHarness(t, func(o *Options) {
					o.Bot = bot.New(g, bot.Options{Log: o.Log, Store: kept, Schedules: kept, Picker: &daily.Picker{Glossary: g}, Posters: posters})
				})
				posters.Set(Platform, h.adapter)
				for i, body := range bodies {
					answer := h.deliver(fmt.Appendf(nil, `{"id":"%d","application_id":%q,"token":%q,"locale":"en-US","guild_id":%q,"channel_id":%q,
						"member":{"user":{"id":%q},"permissions":"16"},%s}`, i, testApp, testInteractionToken, channel.Tenant, channel.ID, person.User, body))
					for _, e := range objects(answer["data"].(map[string]any)["embeds"]) {
						texts += fmt.Sprintln(e["description"])
					}
				}
				s, ok, err := kept.Schedule(t.Context(), channel)
				l, errLang := kept.Language(t.Context(), person)
				if err != nil || errLang != nil {
					t.Fatal(err, errLang)
				}
				s.Next = s.Next.UTC()
				return strings.Join(strings.Fields(texts), " "), fmt.Sprint(ok, s.Spec, s.Lang, s.Creator, l)
			}
			submitted := fmt.Sprintf(`"type":5,"data":{"custom_id":"1:settings","components":[{"type":18,"component":{"type":3,"custom_id":"language","values":%s}},
				{"type":18,"component":{"type":3,"custom_id":"hour","values":%s}},{"type":18,"component":{"type":3,"custom_id":"days","values":%s}}]}`, tt.lang, tt.hour, tt.days)
			var typed []string
			for _, text := range tt.typed {
				command, rest, _ := strings.Cut(text, " ")
				values := fmt.Sprintf(`{"name":"language","value":%q}`, rest)
				if command == bot.DailyCommand {
					do, when, _ := strings.Cut(rest, " ")
					values = fmt.Sprintf(`{"name":"do","value":%q},{"name":"when","value":%q}`, do, when)
				}
				typed = append(typed, fmt.Sprintf(`"type":2,"data":{"name":"k8s","type":1,"options":[{"name":%q,"type":1,"options":[%s]}]}`, command, values))
			}
			gotTexts, gotStored := outcome(submitted)
			wantTexts, wantStored := outcome(typed...)
			if on := strings.Contains(fmt.Sprint(tt.typed), "daily on"); strings.HasPrefix(gotStored, "true") != on {
				t.Errorf("got stored %s, want a schedule: %v", gotStored, on)
			}
			if gotTexts != wantTexts || gotStored != wantStored {
				t.Errorf("got %q and stored %s, want %q and %s", gotTexts, gotStored, wantTexts, wantStored)
			}
		})
	}
}
