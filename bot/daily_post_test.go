package bot_test

import (
	"strings"
	"testing"

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

func mustRealTerms(t *testing.T) *glossary.Glossary {
	t.Helper()
	g, err := realTerms()
	if err != nil {
		t.Fatal(err)
	}
	return g
}
