package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// maxSuggestions is the number of terms that are offered where none is sure.
const maxSuggestions = 5

// maxAnswers is the number of terms that an alias may share.
const maxAnswers = 5

// runTerm answers with the term that a text asks for, with suggestions, or with
// an honest miss.
func runTerm(c *call, ctx context.Context, text string) Reply {
	if text == "" {
		return c.miss("")
	}
	if tooLong(text) || strings.Contains(text, "\n") {
		if r, ok := c.explainPaste(text); ok {
			return r
		}
		return c.miss(text)
	}
	found := c.index.Search(text, maxSuggestions)
	switch {
	case len(found) == 0:
		return c.miss(text)
	case found[0].Score < search.AnswerThreshold:
		return c.suggest(text, found)
	}
	var answers []Match
	for _, m := range found[:min(len(found), maxAnswers)] {
		if m.Score >= search.AnswerThreshold {
			answers = append(answers, Match{Match: m})
		}
	}
	if len(answers) == 1 {
		return c.explain(answers[0], false)
	}
	return c.shared(text, answers)
}

// sure returns the match of a term that was not searched for but named.
func sure(t *glossary.Term) Match {
	return Match{Match: search.Match{Term: t, Score: 1, How: search.Exact}}
}

// An explanation says what the reply about a term depends on.
type explanation struct {
	term  string
	lang  glossary.Lang
	more  bool // all there is, not the short form
	share bool // with a choice that shares it
}

// explain returns the reply about one term: in short, or with all there is. It
// is built once; what people ask most is what was asked before.
func (c *call) explain(m Match, more bool) Reply {
	// The Home tab is in no channel, and a mention was answered in one.
	share := c.Platform != Console && c.Surface != Home && (c.Surface != Mention || more)
	key := explanation{m.Term.ID, c.lang, more, share}
	built, ok := c.explanations.Load(key)
	if !ok {
		r := c.build(m.Term, more, share)
		r.Key = fmt.Sprintf("%s/%s/%t/%t", key.term, key.lang, key.more, key.share)
		built, _ = c.explanations.LoadOrStore(key, r)
	}
	r := built.(Reply)
	r.Matches = []Match{m}
	return r
}

func (c *call) build(t *glossary.Term, more, share bool) Reply {
	blocks := []Block{c.title(t), Paragraph{Text: t.Summary.Paragraph(c.lang)}}
	switch {
	case more:
		blocks = append(blocks, Paragraph{Text: t.Meaning.Paragraph(c.lang)})
	case !t.IsStatus():
		// Whoever meets a status wants to know what to do; for all else the
		// summary alone is thin.
		blocks = append(blocks, Paragraph{Text: c.opening(t)})
	}
	if !t.NormalFor.IsZero() {
		blocks = append(blocks, Paragraph{Heading: c.w.normalFor, Text: t.NormalFor.Paragraph(c.lang)})
	}
	if more {
		blocks = append(blocks, c.details(t)...)
	}
	blocks = append(blocks, c.steps(t, more)...)
	if more {
		blocks = append(blocks, c.confusions(t)...)
	}
	blocks = append(blocks, c.links(t))
	var choices []Choice
	if !more {
		choices = append(choices, c.moreChoice(t))
	}
	if share {
		choices = append(choices, choice(c.w.share, actShare, t.ID, string(c.lang)))
	}
	choices = append(choices, c.neighbours(t)...)
	// Clipped, so that whoever appends to them makes a copy.
	return Reply{Kind: KindTerm, Blocks: slices.Clip(blocks), Choices: slices.Clip(choices)}
}

// maxOpening is the number of sentences of the meaning in a short answer.
const maxOpening = 2

// opening returns the first sentences of a term's meaning.
func (c *call) opening(t *glossary.Term) string {
	s := t.Meaning.Sentences(c.lang)
	return glossary.JoinSentences(c.lang, s[:min(len(s), maxOpening)]...)
}

func (c *call) moreChoice(t *glossary.Term) Choice {
	more := choice(c.w.more, actMore, t.ID)
	more.Primary = true
	return more
}

func (c *call) title(t *glossary.Term) Title {
	title := Title{
		Name:      t.DisplayName(c.lang),
		Other:     t.OtherName(c.lang),
		StandsFor: t.StandsFor,
		Severity:  t.Severity,
		Mood:      c.w.severity[t.Severity],
		Category:  t.Category,
	}
	if c.lang == glossary.Japanese && t.Reading != title.Other && t.Reading != title.Name {
		title.Reading = t.Reading
	}
	for _, l := range t.Layers {
		badge := l.Kind.Title(c.lang)
		if l.Of != "" {
			badge += " · " + l.Of
		}
		if l.SetBy != "" {
			badge += " · " + c.w.setBy(l.SetBy)
		}
		title.Badges = append(title.Badges, badge)
	}
	if r := t.Resource; r != nil {
		title.Badges = append(title.Badges, c.resource(r))
	}
	return title
}

// resource tells what to type for a kind: its plural, its short names and its
// API group.
func (c *call) resource(r *glossary.Resource) string {
	names := append([]string{r.Plural}, r.ShortNames...)
	text := "kubectl get " + strings.Join(names, " / ")
	if r.Group != "" {
		text += " · " + r.Group
	}
	if !r.Namespaced {
		text += " · " + c.w.clusterWide
	}
	return text
}

// maxFirstSteps is the number of commands in a short answer.
const maxFirstSteps = 2

func (c *call) steps(t *glossary.Term, more bool) []Block {
	var blocks []Block
	for _, s := range []struct {
		heading  string
		commands []glossary.Command
	}{{c.w.checks, t.Checks}, {c.w.try, t.Try}} {
		if len(s.commands) == 0 {
			continue
		}
		commands := s.commands
		if !more && len(commands) > maxFirstSteps {
			commands = commands[:maxFirstSteps]
		}
		steps := Steps{Heading: s.heading}
		for _, cmd := range commands {
			steps.Commands = append(steps.Commands, Step{Run: cmd.Run, Note: cmd.Note(c.lang)})
		}
		blocks = append(blocks, steps)
	}
	return blocks
}

// details are what only the long answer has before its commands.
func (c *call) details(t *glossary.Term) []Block {
	var blocks []Block
	if len(t.Causes) > 0 {
		list := List{Heading: c.w.causes, Ordered: true}
		for _, cause := range t.Causes {
			list.Items = append(list.Items, cause.Paragraph(c.lang))
		}
		blocks = append(blocks, list)
	}
	if v := t.Versions; v != nil {
		list := List{Heading: c.w.versions}
		for _, e := range []struct{ label, version string }{
			{c.w.introduced, v.Introduced}, {c.w.deprecated, v.Deprecated}, {c.w.removed, v.Removed},
		} {
			if e.version != "" {
				list.Items = append(list.Items, e.label+" "+e.version)
			}
		}
		if other, ok := c.glossary.Term(v.ReplacedBy); ok {
			list.Items = append(list.Items, c.w.replacedBy+" "+other.Name.EN)
		}
		if len(list.Items) > 0 {
			blocks = append(blocks, list)
		}
	}
	return blocks
}

func (c *call) confusions(t *glossary.Term) []Block {
	list := List{Heading: c.w.confusedWith}
	for _, other := range t.ConfusedWith {
		list.Items = append(list.Items, other.Difference(c.lang))
	}
	var blocks []Block
	if len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	if rel := c.glossary.Related(t); len(rel) > 0 {
		list := List{Heading: c.w.related}
		for _, r := range rel {
			list.Items = append(list.Items, c.w.relation[r.Relation]+": "+r.Term.DisplayName(c.lang))
		}
		blocks = append(blocks, list)
	}
	return blocks
}

func (c *call) links(t *glossary.Term) Links {
	if c.lang == glossary.Japanese {
		if t.Docs.JA != "" {
			return Links{[]Link{{c.w.docs, t.Docs.JA}}}
		}
		return Links{[]Link{{c.w.docsOther, t.Docs.EN}}}
	}
	return Links{[]Link{{c.w.docs, t.Docs.EN}}}
}

// maxNeighbours is the number of other terms that an answer leads to.
const maxNeighbours = 5

// neighbours are the choices that lead to other terms: first those that this
// one is taken for, then those that it is related to.
func (c *call) neighbours(t *glossary.Term) []Choice {
	var choices []Choice
	seen := map[string]bool{t.ID: true}
	add := func(other *glossary.Term) {
		if !seen[other.ID] && len(choices) < maxNeighbours {
			seen[other.ID] = true
			choices = append(choices, choice(other.DisplayName(c.lang), actTerm, other.ID))
		}
	}
	for _, confused := range t.ConfusedWith {
		if other, ok := c.glossary.Term(confused.Term); ok {
			add(other)
		}
	}
	for _, r := range c.glossary.Related(t) {
		add(r.Term)
	}
	return choices
}

// shared answers with all terms that an alias belongs to.
func (c *call) shared(text string, answers []Match) Reply {
	r := Reply{Kind: KindTerm, Matches: answers}
	r.Blocks = append(r.Blocks, Paragraph{Text: c.w.several(quote(text))})
	for _, m := range answers {
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Choices = append(r.Choices, choice(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

func (c *call) entry(t *glossary.Term) Entry {
	return Entry{Name: bothNames(t, c.lang), Severity: t.Severity, Text: t.Summary.Paragraph(c.lang)}
}

// bothNames returns a term's names in both languages, the reader's first.
func bothNames(t *glossary.Term, l glossary.Lang) string {
	if other := t.OtherName(l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// suggest offers what the person may have meant.
func (c *call) suggest(text string, found []search.Match) Reply {
	r := Reply{Kind: KindSuggestions, Blocks: []Block{Paragraph{Text: c.w.didYouMean(quote(text))}}}
	for _, m := range found {
		r.Matches = append(r.Matches, Match{Match: m})
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Choices = append(r.Choices, choice(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

// miss says that nothing was found, and what the bot can do.
func (c *call) miss(text string) Reply {
	said := c.w.nothingAsked
	if text != "" {
		said = c.w.notFound(quote(text))
	}
	return Reply{
		Kind:    KindNone,
		Blocks:  []Block{Paragraph{Text: said}, List{Heading: c.w.youCanAsk, Items: c.w.examples}},
		Choices: []Choice{choice(c.w.browse, actList), choice(c.w.help, actHelp)},
	}
}
