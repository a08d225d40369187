package form

import (
	"strings"
	"testing"
	"unicode/utf16"

	"k8sbot/bot/review"
	"k8sbot/bot/review/reviewtest"
	"k8sbot/bot/study"
	"k8sbot/glossary"
)

// TestLimits checks the modals against Discord's limits
// (https://docs.discord.com/developers/components/reference#label-label-structure,
// https://docs.discord.com/developers/components/reference#string-select).
func TestLimits(t *testing.T) {
	fits := func(text string, limit int) bool {
		n := len(utf16.Encode([]rune(text)))
		return n > 0 && n <= limit
	}
	for _, l := range glossary.Langs {
		f, _ := study.New(new(glossary.Glossary), &review.Reviewer{Store: reviewtest.NewMemory()}, nil).Form(t.Context(), study.Person{Lang: l, Digests: true})
		longest := "1:" + strings.Repeat("x", 88)
		f.Button = longest
		if button, ok := ReviewButton(Review(f).CustomID); button != longest || !ok {
			t.Errorf("got button %q, want the one that the form was opened for", button)
		}
		for _, m := range []Modal{Paste(l, false), Paste(l, true), Settings(l), Review(f)} {
			if !fits(m.Title, 45) || !fits(m.CustomID, 100) || len(m.Components) > 5 {
				t.Errorf("%s/%s: title, ID or number of inputs is over the limit", m.CustomID, l)
			}
			for _, c := range m.Components {
				if c.Type != labelType || !fits(c.Label, 45) || c.Description != "" && !fits(c.Description, 100) {
					t.Errorf("%s/%s: label %q is over 45 characters", m.CustomID, l, c.Label)
				}
				menu, ok := c.Component.(selectMenu)
				if !ok {
					continue
				}
				seen := make(map[string]bool)
				for _, o := range menu.Options {
					if !fits(o.Label, 100) || !fits(o.Value, 100) || seen[o.Value] {
						t.Errorf("%s/%s: invalid or duplicate option %+v", m.CustomID, l, o)
					}
					seen[o.Value] = true
				}
				if n := len(menu.Options); n == 0 || n > 25 || menu.MaxValues > n || menu.Required || !fits(menu.Placeholder, 150) {
					t.Errorf("%s/%s: invalid select %+v", m.CustomID, l, menu)
				}
			}
		}
	}
}
