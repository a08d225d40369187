package platformtest

import (
	"log/slog"
	"os"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// DailyPost returns the reply that the bot posts as a daily term on a platform.
func DailyPost(t *testing.T, p bot.Platform, lang string) reply.Reply {
	t.Helper()
	g, err := glossary.LoadTree(os.DirFS("../testdata/terms"))
	if err != nil {
		t.Fatal(err)
	}
	return bot.New(g, bot.Options{Log: slog.New(slog.DiscardHandler)}).DailyPost(g.All()[1], glossary.Lang(lang), "2026-11-24", nil)
}
