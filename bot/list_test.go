package bot

import (
	"log/slog"
	"reflect"
	"testing"

	"k8sbot/glossary"
)

// TestTurnPage checks that the buttons of older messages, which opened a list at a page, lead to the
// same page as those that turn pages.
func TestTurnPage(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := New(g, Options{Log: slog.New(slog.DiscardHandler)})
	click := func(action string) any {
		r := b.Handle(t.Context(), Request{Platform: Slack, Caps: chat, Surface: ButtonClick, Action: action, FromEphemeral: true, Locales: []string{"en"}})
		if !r.ReplaceOriginal || len(r.Matches) == 0 {
			t.Errorf("%s: got %+v, want a list that replaces the message", action, r)
		}
		return r.Blocks
	}
	for old, now := range map[string]string{
		"1:list:networking 2":   "1:list-next:networking:2",
		"1:list:networking 3":   "1:list-prev:networking:3",
		"1:list:networking":     "1:list-prev:networking:1",
		"1:list:networking 999": "1:list-next:networking:7",
	} {
		if !reflect.DeepEqual(click(old), click(now)) {
			t.Errorf("%s and %s lead to different pages", old, now)
		}
	}
}
