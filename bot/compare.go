package bot

import (
	"context"
	"regexp"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// between are the words and signs that may stand between the two sides after
// the command's name.
var between = regexp.MustCompile(`\s+(?:and|with|to|&|と)\s+|\s*[,、/]\s*|と`)

// runCompare sets two terms side by side. Where one side is not known, it is
// searched for alone.
func runCompare(c *call, ctx context.Context, text string) Reply {
	left, right, ok := splitComparison(text)
	if !ok {
		left, right, ok = c.splitPair(text)
	}
	if !ok {
		if text == "" {
			return Reply{Kind: KindHelp, Blocks: []Block{Paragraph{Text: c.w.compareWhat}}}
		}
		return runTerm(c, ctx, text)
	}
	a, okA := c.one(left)
	b, okB := c.one(right)
	// People do not say twice what both sides have: "kubectl apply vs create",
	// "liveness vs readiness probe".
	if words := strings.Fields(left); okA && !okB && len(words) > 1 {
		b, okB = c.one(strings.Join(words[:len(words)-1], " ") + " " + right)
	}
	if words := strings.Fields(right); okB && !okA && len(words) > 1 {
		a, okA = c.one(left + " " + strings.Join(words[1:], " "))
	}
	switch {
	case okA && okB && a != b:
		return c.comparison(a, b)
	case okA && okB:
		return c.explain(sure(a), false)
	}
	// A name may itself hold what looks like a comparison.
	if t, ok := c.one(text); ok {
		return c.explain(sure(t), false)
	}
	unknown := left
	if okA {
		unknown = right
	}
	r := runTerm(c, ctx, unknown)
	if r.Kind == KindTerm { // several terms share the word
		r.Kind = KindSuggestions
	}
	return r
}

// one returns the only term that a text means.
func (c *call) one(text string) (*glossary.Term, bool) {
	found := c.index.Search(text, 2)
	if len(found) == 0 || found[0].Score < search.AnswerThreshold || len(found) > 1 && found[1].Score >= search.AnswerThreshold {
		return nil, false
	}
	return found[0].Term, true
}

// splitPair splits "A B" where both are terms, of one word or more.
func (c *call) splitPair(text string) (left, right string, ok bool) {
	for _, at := range between.FindAllStringIndex(text, 4) {
		left, right := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		if _, ok := c.one(left); !ok {
			continue
		}
		if _, ok := c.one(right); ok {
			return left, right, true
		}
	}
	words := strings.Fields(text)
	if len(words) > 12 {
		return "", "", false
	}
	for i := 1; i < len(words); i++ {
		left, right := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		if _, ok := c.one(left); !ok {
			continue
		}
		if _, ok := c.one(right); ok {
			return left, right, true
		}
	}
	if len(words) == 2 {
		return words[0], words[1], true
	}
	return "", "", false
}

func (c *call) comparison(a, b *glossary.Term) Reply {
	cmp := Comparison{Left: bothNames(a, c.lang), Right: bothNames(b, c.lang)}
	cmp.Difference, _ = c.glossary.Difference(a, b, c.lang)
	row := func(label, left, right string) {
		if left != "" || right != "" {
			cmp.Rows = append(cmp.Rows, ComparisonRow{label, left, right})
		}
	}
	row(c.w.what, a.Summary.Paragraph(c.lang), b.Summary.Paragraph(c.lang))
	row(c.w.kindOfWord, c.kinds(a), c.kinds(b))
	row(c.w.howBad, c.w.severity[a.Severity], c.w.severity[b.Severity])
	row(c.w.look, firstCommand(a), firstCommand(b))
	return Reply{
		Kind:    KindCompare,
		Matches: []Match{sure(a), sure(b)},
		Blocks:  []Block{cmp},
		Choices: []Choice{
			choice(a.DisplayName(c.lang), actTerm, a.ID),
			choice(b.DisplayName(c.lang), actTerm, b.ID),
		},
	}
}

func (c *call) kinds(t *glossary.Term) string {
	var kinds []string
	for _, l := range t.Layers {
		kinds = append(kinds, l.Kind.Title(c.lang))
	}
	return strings.Join(kinds, ", ")
}

func firstCommand(t *glossary.Term) string {
	for _, list := range [][]glossary.Command{t.Checks, t.Try} {
		if len(list) > 0 {
			return list[0].Run
		}
	}
	return ""
}
