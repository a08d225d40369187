package bot

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// An explanation is the cache key of a reply about one term.
type explanation struct {
	term  string
	lang  glossary.Lang
	more  bool // the long form
	share bool // with a share button
}

// termReply returns the reply about one term, in its short or long form. It builds
// each reply once, since people often ask the same.
func (c *exchange) termReply(m reply.Match, more bool) reply.Reply {
	// The Home tab is not in a channel, and a mention was answered in one already.
	share := c.Caps.Channels && c.Surface != Home && (c.Surface != Mention || more)
	key := explanation{m.Term.ID, c.lang, more, share}
	built, ok := c.explanations.Load(key)
	if !ok {
		r := c.buildTerm(m.Term, more, share)
		r.CacheKey = fmt.Sprintf("%s/%s/%t/%t", key.term, key.lang, key.more, key.share)
		built, _ = c.explanations.LoadOrStore(key, r)
	}
	r := built.(reply.Reply)
	r.Matches = []reply.Match{m}
	return r
}

func (c *exchange) buildTerm(t *glossary.Term, more, share bool) reply.Reply {
	blocks := []reply.Block{c.title(t), reply.Paragraph{Text: t.Summary.Paragraph(c.lang)}}
	switch {
	case more:
		blocks = append(blocks, reply.Paragraph{Text: t.Meaning.Paragraph(c.lang)})
	case !t.IsStatus():
		// A status needs steps; for other terms, the summary alone says too little.
		blocks = append(blocks, reply.Paragraph{Text: c.opening(t)})
	}
	if !t.NormalFor.IsZero() {
		blocks = append(blocks, reply.Paragraph{Heading: c.texts.NormalFor, Text: t.NormalFor.Paragraph(c.lang)})
	}
	if more {
		blocks = append(blocks, c.details(t)...)
	}
	blocks = append(blocks, c.steps(t, more)...)
	if more {
		blocks = append(blocks, c.confusions(t)...)
	}
	blocks = append(blocks, c.links(t))
	var choices []reply.Button
	if !more {
		choices = append(choices, c.moreButton(t))
	}
	if share {
		choices = append(choices, reply.NewButton(c.texts.Share, reply.ShareTerm, t.ID, string(c.lang)))
	}
	choices = append(choices, c.relatedButtons(t)...)
	// Clip the slices: an append then copies instead of changing the cached reply.
	return reply.Reply{Kind: reply.KindTerm, Blocks: slices.Clip(blocks), Buttons: slices.Clip(choices)}
}

// maxOpening is how many sentences of the meaning a short answer has.
const maxOpening = 2

// opening returns the first sentences of the meaning of a term.
func (c *exchange) opening(t *glossary.Term) string {
	s := t.Meaning.Sentences(c.lang)
	return glossary.JoinSentences(c.lang, s[:min(len(s), maxOpening)]...)
}

func (c *exchange) moreButton(t *glossary.Term) reply.Button {
	more := reply.NewButton(c.texts.More, reply.ShowMore, t.ID)
	more.Primary = true
	return more
}

func (c *exchange) title(t *glossary.Term) reply.Title {
	title := reply.Title{
		Name:          t.DisplayName(c.lang),
		Other:         t.OtherName(c.lang),
		StandsFor:     t.StandsFor,
		Severity:      t.Severity,
		SeverityLabel: c.texts.Severity[t.Severity],
		Category:      t.Category,
	}
	if c.lang == glossary.Japanese && t.Reading != title.Other && t.Reading != title.Name {
		title.Reading = t.Reading
	}
	for _, l := range t.Usages {
		badge := l.Kind.Title(c.lang)
		if l.Of != "" {
			badge += " · " + l.Of
		}
		if l.SetBy != "" {
			badge += " · " + c.texts.SetBy(l.SetBy)
		}
		title.Badges = append(title.Badges, badge)
	}
	if r := t.Resource; r != nil {
		title.Badges = append(title.Badges, c.resource(r))
	}
	return title
}

// resource returns what to type for a resource kind: its plural, short names and API
// group.
func (c *exchange) resource(r *glossary.Resource) string {
	names := append([]string{r.Plural}, r.ShortNames...)
	text := "kubectl get " + strings.Join(names, " / ")
	if r.Group != "" {
		text += " · " + r.Group
	}
	if !r.Namespaced {
		text += " · " + c.texts.ClusterWide
	}
	return text
}

// maxFirstSteps is how many commands a short answer has.
const maxFirstSteps = 2

func (c *exchange) steps(t *glossary.Term, more bool) []reply.Block {
	var blocks []reply.Block
	for _, s := range []struct {
		heading  string
		commands []glossary.Command
	}{{c.texts.Checks, t.Checks}, {c.texts.Try, t.Try}} {
		if len(s.commands) == 0 {
			continue
		}
		commands := s.commands
		if !more && len(commands) > maxFirstSteps {
			commands = commands[:maxFirstSteps]
		}
		steps := reply.Steps{Heading: s.heading}
		for _, cmd := range commands {
			steps.Commands = append(steps.Commands, reply.Step{Run: cmd.Run, Note: cmd.Note(c.lang)})
		}
		blocks = append(blocks, steps)
	}
	return blocks
}

// details returns what only the long answer has above its commands.
func (c *exchange) details(t *glossary.Term) []reply.Block {
	var blocks []reply.Block
	if len(t.Causes) > 0 {
		list := reply.List{Heading: c.texts.Causes, Ordered: true}
		for _, cause := range t.Causes {
			list.Items = append(list.Items, cause.Paragraph(c.lang))
		}
		blocks = append(blocks, list)
	}
	if v := t.Versions; v != nil {
		list := reply.List{Heading: c.texts.Versions}
		for _, e := range []struct{ label, version string }{
			{c.texts.Introduced, v.Introduced}, {c.texts.Deprecated, v.Deprecated}, {c.texts.Removed, v.Removed},
		} {
			if e.version != "" {
				list.Items = append(list.Items, e.label+" "+e.version)
			}
		}
		if other, ok := c.glossary.Term(v.ReplacedBy); ok {
			list.Items = append(list.Items, c.texts.ReplacedBy+" "+other.Name.EN)
		}
		if len(list.Items) > 0 {
			blocks = append(blocks, list)
		}
	}
	return blocks
}

func (c *exchange) confusions(t *glossary.Term) []reply.Block {
	list := reply.List{Heading: c.texts.ConfusedWith}
	for _, other := range t.ConfusedWith {
		list.Items = append(list.Items, other.Difference(c.lang))
	}
	var blocks []reply.Block
	if len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	if rel := c.glossary.Related(t); len(rel) > 0 {
		list := reply.List{Heading: c.texts.Related}
		for _, r := range rel {
			list.Items = append(list.Items, c.texts.Relation[r.Relation]+": "+r.Term.DisplayName(c.lang))
		}
		blocks = append(blocks, list)
	}
	return blocks
}

func (c *exchange) links(t *glossary.Term) reply.Links {
	if c.lang == glossary.Japanese {
		if t.Docs.JA != "" {
			return reply.Links{Links: []reply.Link{{Label: c.texts.Docs, URL: t.Docs.JA}}}
		}
		return reply.Links{Links: []reply.Link{{Label: c.texts.DocsOther, URL: t.Docs.EN}}}
	}
	return reply.Links{Links: []reply.Link{{Label: c.texts.Docs, URL: t.Docs.EN}}}
}

// maxNeighbours is how many other terms an answer leads to.
const maxNeighbours = 5

// relatedButtons returns buttons for other terms: first those that people confuse this
// one with, then the related ones.
func (c *exchange) relatedButtons(t *glossary.Term) []reply.Button {
	var choices []reply.Button
	seen := map[string]bool{t.ID: true}
	add := func(other *glossary.Term) {
		if !seen[other.ID] && len(choices) < maxNeighbours {
			seen[other.ID] = true
			choices = append(choices, reply.NewButton(other.DisplayName(c.lang), reply.ShowTerm, other.ID))
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
