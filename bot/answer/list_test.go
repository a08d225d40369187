package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// TestPages reads all pages of all categories: it checks that each term is on one page, that no
// page is long, that the groups cover all terms and say whether they continue, and that each page
// leads to the next and the previous page.
func TestPages(t *testing.T) {
	g, err := glossary.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range glossary.Langs {
		for _, c := range glossary.Categories() {
			seen, name, page := 0, string(c), 0
			headings := make(map[string]bool)
			for name != "" {
				r, id, ok := List(g, l, nil, name)
				if !ok || id != name {
					t.Fatalf("%s: got %q, %t", name, id, ok)
				}
				name, page = "", page+1
				next, previous := "", ""
				for _, b := range r.Buttons {
					switch a, _ := reply.ParseAction(b.ID); a.Verb {
					case reply.NextPage:
						next = a.Text()
					case reply.PreviousPage:
						previous = a.Text()
					}
				}
				if page > 1 && previous != fmt.Sprintf("%s %d", c, page-1) || page == 1 && previous != "" {
					t.Errorf("%s/%s: page %d leads back to %q", c, l, page, previous)
				}
				name = next
				listed := 0
				for _, b := range r.Blocks {
					switch b := b.(type) {
					case reply.List:
						listed += len(b.Items)
					case reply.Paragraph:
						heading, continued := strings.CutSuffix(b.Heading, newWriter(g, l).texts.Continued)
						if continued != headings[heading] {
							t.Errorf("%s/%s: page %d has the heading %q, want it to say it continues: %t", c, l, page, b.Heading, headings[heading])
						}
						if b.Heading != "" {
							headings[heading] = true
							listed += len(strings.Split(b.Text, newWriter(g, l).texts.Comma))
						}
					}
				}
				if want := min(maxListed, len(g.ByCategory(c))-seen); listed < want {
					t.Errorf("%s/%s after %d terms: got %d names, want %d", c, l, seen, listed, want)
				}
				seen += maxListed
			}
			if n := len(g.ByCategory(c)); seen < n {
				t.Errorf("%s/%s: the pages end after %d of %d terms", c, l, seen, n)
			}
		}
		if groups, want := newWriter(g, l).texts.Groups, len(glossary.Severity("").Values())+len(kindGroups)+1; len(groups) != want || slices.Contains(groups, "") {
			t.Errorf("%s: got groups %q, want %d", l, groups, want)
		}
	}
}

// TestLabel checks that labels fit on a phone.
func TestLabel(t *testing.T) {
	for text, want := range map[string]string{
		"CrashLoopBackOff":         "CrashLoopBackOff",
		strings.Repeat("a", 38):    strings.Repeat("a", 38),
		strings.Repeat("a", 39):    strings.Repeat("a", 37) + "…",
		strings.Repeat("あ", 19):    strings.Repeat("あ", 19),
		strings.Repeat("あ", 20):    strings.Repeat("あ", 18) + "…",
		strings.Repeat("a b ", 20): strings.TrimRight(strings.Repeat("a b ", 20)[:37], " ") + "…",
	} {
		if got := ButtonLabel(text); got != want {
			t.Errorf("ButtonLabel(%q) = %q, want %q", text, got, want)
		}
	}
}
