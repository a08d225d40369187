package answer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestWalk checks the answers about every term, in both languages and forms: they have at most
// four controls, all different, an English answer contains no Japanese, and the context of a
// Japanese title contains no English phrase.
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
				if l == glossary.Japanese {
					if err := checkContext(term, r.Blocks[0].(reply.Title).Context); err != nil {
						t.Errorf("%s/%s: %v", term.ID, name, err)
					}
				}
				if text := fmt.Sprint(r.Blocks, r.Buttons, r.Menu); l == glossary.English && hasKana(text) {
					t.Errorf("%s/%s/%s: Japanese in an English answer: %s", term.ID, l, name, text)
				}
			}
		}
	}
}

// shownBy matches the command that shows a column, such as kubectl get pods, in a context.
var shownBy = regexp.MustCompile("^(?:ceph|helm|kubectl|velero) [a-z]+(?: [a-z.]+)?")

// english matches an English phrase.
var english = regexp.MustCompile("[A-Za-z]+ [a-z]+")

// checkContext returns an error if the context of a Japanese title contains an English phrase that
// is neither a command nor what the term stands for.
func checkContext(t *glossary.Term, context []string) error {
	if len(context) == 0 {
		return fmt.Errorf("title without a context")
	}
	for _, part := range context {
		if phrase := english.FindString(shownBy.ReplaceAllString(part, "")); phrase != "" && part != t.StandsFor {
			return fmt.Errorf("%q in the Japanese context %q", phrase, context)
		}
	}
	return nil
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
			for page := range len(g.ByCategory(c))/maxListed + 1 {
				r := category(g, l, c, g.All()[:maxOwn/2], page+1)
				if err := checkControls(r); err != nil {
					t.Errorf("%s/%s, page %d: %v", c, l, page+1, err)
				}
				if text := fmt.Sprint(r.Blocks, r.Buttons, r.Menu); l == glossary.English && hasKana(text) {
					t.Errorf("%s/%s: Japanese in an English list: %s", c, l, text)
				}
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
