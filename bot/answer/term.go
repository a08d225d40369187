package answer

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// A TermForm is a form of the answer about a term. The zero value is the short form.
type TermForm struct {
	Long  bool // with the causes, the versions, all commands and the related terms
	Share bool // with a button that shares the answer in the channel
}

// Term returns the answer about one term. Its cache key is the same for all answers about
// a term of one glossary that are in the same language and form. Appending to its blocks
// or buttons copies them.
func Term(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, form TermForm) reply.Reply {
	w := newWriter(g, l)
	blocks := []reply.Block{w.title(t), reply.Paragraph{Text: t.Summary.Paragraph(w.lang)}}
	switch {
	case form.Long:
		blocks = append(blocks, reply.Paragraph{Text: t.Meaning.Paragraph(w.lang)})
	case !t.IsStatus():
		// A status needs steps; for other terms, the summary alone says too little.
		blocks = append(blocks, reply.Paragraph{Text: w.opening(t)})
	}
	if !t.NormalFor.IsZero() {
		blocks = append(blocks, reply.Paragraph{Heading: w.texts.NormalFor, Text: t.NormalFor.Paragraph(w.lang)})
	}
	if form.Long {
		blocks = append(blocks, w.details(t)...)
	}
	blocks = append(blocks, w.steps(t, form.Long)...)
	if form.Long {
		blocks = append(blocks, w.confusions(t)...)
	}
	blocks = append(blocks, w.links(t))
	var choices []reply.Button
	if !form.Long {
		choices = append(choices, w.moreButton(t))
	}
	if form.Share {
		choices = append(choices, reply.NewButton(w.texts.Share, reply.ShareTerm, t.ID, string(w.lang)))
	}
	choices = append(choices, w.relatedButtons(t)...)
	return reply.Reply{
		Kind: reply.KindTerm, CacheKey: fmt.Sprintf("%s/%s/%t/%t", t.ID, l, form.Long, form.Share),
		Matches: []reply.Match{reply.ExactMatch(t)}, Blocks: slices.Clip(blocks), Buttons: slices.Clip(choices),
	}
}

// maxOpening is how many sentences of the meaning a short answer has.
const maxOpening = 2

// opening returns the first sentences of the meaning of a term.
func (w writer) opening(t *glossary.Term) string {
	s := t.Meaning.Sentences(w.lang)
	return glossary.JoinSentences(w.lang, s[:min(len(s), maxOpening)]...)
}

func (w writer) moreButton(t *glossary.Term) reply.Button {
	more := reply.NewButton(w.texts.More, reply.ShowMore, t.ID)
	more.Primary = true
	return more
}

func (w writer) title(t *glossary.Term) reply.Title {
	title := reply.Title{
		Name:          t.DisplayName(w.lang),
		Other:         t.OtherName(w.lang),
		StandsFor:     t.StandsFor,
		Severity:      t.Severity,
		SeverityLabel: w.texts.Severity[t.Severity],
		Category:      t.Category,
	}
	if w.lang == glossary.Japanese && t.Reading != title.Other && t.Reading != title.Name {
		title.Reading = t.Reading
	}
	for _, l := range t.Usages {
		badge := l.Kind.Title(w.lang)
		if l.Of != "" {
			badge += " · " + l.Of
		}
		if l.SetBy != "" {
			badge += " · " + w.texts.SetBy(l.SetBy)
		}
		title.Badges = append(title.Badges, badge)
	}
	if r := t.Resource; r != nil {
		title.Badges = append(title.Badges, w.resource(r))
	}
	return title
}

// resource returns what to type for a resource kind: its plural, short names and API
// group.
func (w writer) resource(r *glossary.Resource) string {
	names := append([]string{r.Plural}, r.ShortNames...)
	text := "kubectl get " + strings.Join(names, " / ")
	if r.Group != "" {
		text += " · " + r.Group
	}
	if !r.Namespaced {
		text += " · " + w.texts.ClusterWide
	}
	return text
}

// maxFirstSteps is how many commands a short answer has.
const maxFirstSteps = 2

func (w writer) steps(t *glossary.Term, long bool) []reply.Block {
	var blocks []reply.Block
	for _, s := range []struct {
		heading  string
		commands []glossary.Command
	}{{w.texts.Checks, t.Checks}, {w.texts.Try, t.Try}} {
		if len(s.commands) == 0 {
			continue
		}
		commands := s.commands
		if !long && len(commands) > maxFirstSteps {
			commands = commands[:maxFirstSteps]
		}
		steps := reply.Steps{Heading: s.heading}
		for _, cmd := range commands {
			steps.Commands = append(steps.Commands, reply.Step{Run: cmd.Run, Note: cmd.Note(w.lang)})
		}
		blocks = append(blocks, steps)
	}
	return blocks
}

// details returns what only the long answer has above its commands.
func (w writer) details(t *glossary.Term) []reply.Block {
	var blocks []reply.Block
	if len(t.Causes) > 0 {
		list := reply.List{Heading: w.texts.Causes, Ordered: true}
		for _, cause := range t.Causes {
			list.Items = append(list.Items, cause.Paragraph(w.lang))
		}
		blocks = append(blocks, list)
	}
	if v := t.Versions; v != nil {
		list := reply.List{Heading: w.texts.Versions}
		for _, e := range []struct{ label, version string }{
			{w.texts.Introduced, v.Introduced}, {w.texts.Deprecated, v.Deprecated}, {w.texts.Removed, v.Removed},
		} {
			if e.version != "" {
				list.Items = append(list.Items, e.label+" "+e.version)
			}
		}
		if other, ok := w.glossary.Term(v.ReplacedBy); ok {
			list.Items = append(list.Items, w.texts.ReplacedBy+" "+other.Name.EN)
		}
		if len(list.Items) > 0 {
			blocks = append(blocks, list)
		}
	}
	return blocks
}

func (w writer) confusions(t *glossary.Term) []reply.Block {
	list := reply.List{Heading: w.texts.ConfusedWith}
	for _, other := range t.ConfusedWith {
		list.Items = append(list.Items, other.Difference(w.lang))
	}
	var blocks []reply.Block
	if len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	if rel := w.glossary.Related(t); len(rel) > 0 {
		list := reply.List{Heading: w.texts.Related}
		for _, r := range rel {
			list.Items = append(list.Items, w.texts.Relation[r.Relation]+": "+r.Term.DisplayName(w.lang))
		}
		blocks = append(blocks, list)
	}
	return blocks
}

func (w writer) links(t *glossary.Term) reply.Links {
	if w.lang == glossary.Japanese {
		if t.Docs.JA != "" {
			return reply.Links{Links: []reply.Link{{Label: w.texts.Docs, URL: t.Docs.JA}}}
		}
		return reply.Links{Links: []reply.Link{{Label: w.texts.DocsOther, URL: t.Docs.EN}}}
	}
	return reply.Links{Links: []reply.Link{{Label: w.texts.Docs, URL: t.Docs.EN}}}
}

// maxNeighbours is how many other terms an answer leads to.
const maxNeighbours = 5

// relatedButtons returns buttons for other terms: first those that people confuse this
// one with, then the related ones.
func (w writer) relatedButtons(t *glossary.Term) []reply.Button {
	var choices []reply.Button
	seen := map[string]bool{t.ID: true}
	add := func(other *glossary.Term) {
		if !seen[other.ID] && len(choices) < maxNeighbours {
			seen[other.ID] = true
			choices = append(choices, reply.NewButton(other.DisplayName(w.lang), reply.ShowTerm, other.ID))
		}
	}
	for _, confused := range t.ConfusedWith {
		if other, ok := w.glossary.Term(confused.Term); ok {
			add(other)
		}
	}
	for _, r := range w.glossary.Related(t) {
		add(r.Term)
	}
	return choices
}
