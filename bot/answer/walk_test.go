package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestWalk checks the answers about every term, in both languages and forms: they have at most
// four controls, all different, and an English answer contains no Japanese.
func TestWalk(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.All() {
		for _, l := range glossary.Langs {
			for name, r := range map[string]reply.Reply{
				"short": Term(g, l, term, TermForm{Share: true}), "long": Term(g, l, term, TermForm{Long: true, Share: true}),
				"to remember": Term(g, l, term, TermForm{Remember: true}),
				"daily":       DailyTerm(g, l, term, "2026-11-24", nil), "daily answer": DailyAnswer(g, l, term, "2026-11-24"),
			} {
				if err := checkControls(r); err != nil {
					t.Errorf("%s/%s/%s: %v", term.ID, l, name, err)
				}
				offers := func(b reply.Button) bool { return strings.HasPrefix(b.ID, reply.NewButton("", reply.Remember).ID) }
				if got := slices.ContainsFunc(r.Buttons, offers); got != (name == "to remember" && term.IsAsked()) {
					t.Errorf("%s/%s/%s: got a button to remember it: %t", term.ID, l, name, got)
				}
				if r.Severity() != term.Severity && name != "daily" {
					t.Errorf("%s/%s/%s: got severity %q, want %q", term.ID, l, name, r.Severity(), term.Severity)
				}
				if text := fmt.Sprint(r.Blocks, r.Buttons, r.Menu); l == glossary.English && hasKana(text) {
					t.Errorf("%s/%s/%s: Japanese in an English answer: %s", term.ID, l, name, text)
				}
			}
		}
	}
}

func checkControls(r reply.Reply) error {
	controls := len(r.Buttons)
	if len(r.Menu.Options) > 0 {
		controls++
	}
	if controls > 4 || len(r.Menu.Options) > reply.MaxOptions {
		return fmt.Errorf("got %d controls and %d options, want at most 4 and %d", controls, len(r.Menu.Options), reply.MaxOptions)
	}
	seen := make(map[string]bool)
	for _, b := range append(append([]reply.Button(nil), r.Buttons...), r.Menu.Options...) {
		if b.Label == "" || seen[b.ID] {
			return fmt.Errorf("button %q (%s) has no label or is there twice", b.Label, b.ID)
		}
		seen[b.ID] = true
	}
	return nil
}

func hasKana(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
			return true
		}
	}
	return false
}

// TestLists checks the controls of the answers that list terms.
func TestLists(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range glossary.Langs {
		for _, c := range glossary.Categories() {
			if err := checkControls(category(g, l, c, g.All(), 1)); err != nil {
				t.Errorf("%s/%s: %v", c, l, err)
			}
		}
		if err := checkControls(Categories(g, l, "", g.All())); err != nil {
			t.Errorf("categories/%s: %v", l, err)
		}
		all := g.All()
		var several []reply.Match
		for i := range 9 {
			several = append(several, reply.ExactMatch(all[i]))
			if i == 0 {
				continue
			}
			if err := checkControls(Ambiguity(l, "x", several)); err != nil {
				t.Errorf("%d terms/%s: %v", i+1, l, err)
			}
		}
	}
}
