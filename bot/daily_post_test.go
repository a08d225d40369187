package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// TestRefusals checks that the message to the creator of a schedule says why a post was
// refused, in their language, and quotes an unknown reason.
func TestRefusals(t *testing.T) {
	b := bot.New(mustRealTerms(t), bot.Options{})
	for _, l := range glossary.Langs {
		s := bot.Schedule{Channel: bot.Channel{Platform: "chat", Tenant: "T", ID: "C"}, Lang: l}
		seen := make(map[string]bool)
		for _, why := range []bot.Refusal{
			bot.NoAccess, bot.NoPermission, bot.ChannelGone, bot.ChannelClosed, bot.ChannelKind, bot.PersonRefuses, bot.BotRemoved, bot.TextRejected,
		} {
			lost, paused := says(b.DailyLost(s, "2026-11-24", string(why), false)), says(b.DailyPaused(s, string(why)))
			if strings.Contains(lost+paused, string(why)) {
				t.Errorf("%s: refusal %s has no text: %s", l, why, lost)
			}
			if seen[lost] || seen[paused] {
				t.Errorf("%s: refusal %s has the text of another: %s", l, why, lost)
			}
			seen[lost], seen[paused] = true, true
		}
		if lost := says(b.DailyLost(s, "2026-11-24", "20012", false)); !strings.Contains(lost, "20012") {
			t.Errorf("%s: an unknown code is not quoted: %s", l, lost)
		}
	}
}

// A dayPicker records the days whose terms are asked for.
type dayPicker struct {
	bot.Picker
	term *glossary.Term
	days []string
}

func (p *dayPicker) OfDay(_ bot.Tenant, day string) *glossary.Term {
	p.days = append(p.days, day)
	return p.term
}

// TestToday checks that today's term is the same on the Home tab and in the help, in both languages,
// if the time zone is unknown, and otherwise that it follows the time zone.
func TestToday(t *testing.T) {
	g := mustRealTerms(t)
	evening := func() time.Time { return time.Date(2026, time.November, 24, 20, 0, 0, 0, time.UTC) }
	p := &dayPicker{term: g.All()[0]}
	b := bot.New(g, bot.Options{Picker: p, Now: evening, Lang: glossary.English})
	for _, zone := range []string{"", "Asia/Tokyo"} {
		for _, surface := range []bot.Surface{bot.Home, bot.Slash} {
			for _, l := range glossary.Langs {
				b.Handle(t.Context(), bot.Request{Surface: surface, Command: bot.HelpCommand, Lang: l, TimeZone: zone})
			}
		}
	}
	want := slices.Concat(slices.Repeat([]string{"2026-11-24"}, 4), slices.Repeat([]string{"2026-11-25"}, 4))
	if !slices.Equal(p.days, want) {
		t.Errorf("got the terms of %q, want those of %q", p.days, want)
	}
}

func mustRealTerms(t *testing.T) *glossary.Glossary {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
