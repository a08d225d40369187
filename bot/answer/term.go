package answer

import (
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// A TermForm is the form of the answer about a term. The zero value is the short form.
type TermForm struct {
	Long  bool // adds the causes, the versions, all commands and the related terms
	Share bool // adds a button that shares the answer in the channel
	// Thread is set if the Share button shares the answer in a thread.
	Thread bool
	// Remember is set if the answer has a Remember button. Terms that nobody needs to remember
	// never have one.
	Remember bool
}

// Term returns the answer about one term. All answers about the term in the same glossary, language
// and form have the same cache key. The returned slices have no spare capacity, so appending to the
// blocks or buttons copies them.
func Term(g *glossary.Glossary, l glossary.Lang, t *glossary.Term, form TermForm) reply.Reply {
	w := newWriter(g, l)
	r := reply.Reply{
		Kind: reply.KindTerm, CacheKey: fmt.Sprintf("%s/%s/%t/%t/%t/%t", t.ID, l, form.Long, form.Share, form.Thread, form.Remember),
		Matches: []reply.Match{reply.ExactMatch(t)},
	}
	if form.Long {
		r.Blocks = slices.Clip(w.long(t))
	} else {
		r.Blocks = w.coded(w.short(t))
		if !t.IsTask() && !isShort(t) { // its short form contains everything
			r.Buttons = append(r.Buttons, w.moreButton(t))
		}
	}
	if form.Share {
		label := w.texts.Share
		if form.Thread {
			label = w.texts.ShareThread
		}
		r.Buttons = append(r.Buttons, reply.NewButton(label, reply.ShareTerm, t.ID, string(w.lang)))
	}
	next := w.neighbours(t)
	switch {
	case form.Remember && t.IsAsked():
		where := reply.BelowShort
		if form.Long {
			where = reply.BelowLong
		}
		r.Buttons = append(r.Buttons, reply.NewButton(wording.ReviewIn(l).Remember, reply.Remember, where, t.ID))
		r.Menu = w.termMenu(w.texts.RelatedTerms, next)
	case len(next) > 0:
		r.Buttons = append(r.Buttons, w.termButton(next[0]))
		r.Menu = w.termMenu(w.texts.RelatedTerms, next[1:])
	}
	r.Buttons = slices.Clip(r.Buttons)
	return r
}

// isShort reports whether a team's term has nothing but a summary.
func isShort(t *glossary.Term) bool {
	return t.Own && t.Meaning.IsZero() && len(t.Causes)+len(t.Checks)+len(t.Try)+len(t.ConfusedWith)+len(t.Related) == 0
}

// maxFirstSteps is the maximum number of commands in a short answer.
const maxFirstSteps = 2

// short returns the blocks that a reader needs first: what the term is and, for a status, what to
// do next.
func (w writer) short(t *glossary.Term) []reply.Block {
	what := reply.Paragraph{Bold: t.Summary.Paragraph(w.lang)}
	if !t.IsStatus() && !t.IsTask() {
		// A status needs steps. For other terms, the summary alone says too little.
		what.Text = w.opening(t)
	}
	blocks := w.lead(t, what)
	blocks = append(blocks, w.team(t, maxFirstSteps)...)
	if t.IsTask() {
		return append(blocks, w.task(t)...)
	}
	if commands := firstCommands(t, maxFirstSteps); len(commands) > 0 {
		blocks = append(blocks, w.steps("", commands))
	}
	return blocks
}

// firstCommands returns at most limit commands to run first for a term.
func firstCommands(t *glossary.Term, limit int) []glossary.Command {
	commands := t.Checks
	if len(commands) == 0 {
		commands = t.Try
	}
	return commands[:min(len(commands), limit)]
}

// lead returns the first blocks of every answer about a term.
func (w writer) lead(t *glossary.Term, what reply.Paragraph) []reply.Block {
	blocks := []reply.Block{w.title(t), what}
	if strip, ok := w.glossary.Strip(t, w.lang); ok {
		blocks = append(blocks, reply.Paragraph{Text: strip})
	}
	if !t.NormalFor.IsZero() {
		blocks = append(blocks, reply.Paragraph{Heading: w.texts.NormalFor, Text: t.NormalFor.Paragraph(w.lang)})
	}
	return blocks
}

// maxOpening is the maximum number of sentences from the meaning in a short answer.
const maxOpening = 2

// opening returns the first sentences of a term's meaning.
func (w writer) opening(t *glossary.Term) string {
	s := t.Meaning.Text().Sentences(w.lang)
	return glossary.JoinSentences(w.lang, s[:min(len(s), maxOpening)]...)
}

// long returns everything that the glossary says about a term.
func (w writer) long(t *glossary.Term) []reply.Block {
	blocks := w.lead(t, reply.Paragraph{Bold: t.Summary.Paragraph(w.lang), Text: t.Meaning.Text().Paragraph(w.lang)})
	blocks = append(blocks, w.team(t, maxTeamSteps)...)
	if t.IsTask() {
		blocks = append(blocks, w.task(t)...)
	}
	if len(t.Causes) > 0 {
		list := reply.List{Heading: w.texts.Causes, Ordered: true}
		for _, cause := range t.Causes {
			list.Items = append(list.Items, cause.Paragraph(w.lang))
		}
		blocks = append(blocks, list)
	}
	if len(t.Checks) > 0 {
		blocks = append(blocks, w.steps(w.texts.Checks, t.Checks))
	}
	if len(t.Try) > 0 {
		blocks = append(blocks, w.steps(w.texts.Try, t.Try))
	}
	if list := w.confusions(t); len(list.Items) > 0 {
		blocks = append(blocks, list)
	}
	blocks = w.coded(blocks)
	for _, list := range []reply.List{w.relations(t), w.details(t)} { // names of terms stay as they are
		if len(list.Items) > 0 {
			blocks = append(blocks, list)
		}
	}
	return blocks
}

func (w writer) moreButton(t *glossary.Term) reply.Button {
	label := w.texts.More
	if len(t.Causes) > 0 {
		label = w.texts.MoreCauses
	}
	more := reply.NewButton(label, reply.ShowMore, t.ID)
	more.Primary = true
	return more
}

// title returns the title of an answer about a term. The details in the long form include what the
// title omits.
func (w writer) title(t *glossary.Term) reply.Title {
	title := reply.Title{Name: t.DisplayName(w.lang), Other: otherName(t, w.lang), Severity: t.Severity, Docs: w.docs(t)}
	if t.IsStatus() {
		title.Context = append(title.Context, t.Severity.Title(w.lang))
	}
	if mark := w.ownMark(t); mark != "" {
		title.Context = append(title.Context, mark)
	}
	if !t.IsIn(w.lang) {
		title.Context = append(title.Context, w.texts.OtherLang)
	}
	title.Context = append(title.Context, w.kinds(t, maxKinds)...)
	if t.StandsFor != "" {
		title.Context = append(title.Context, t.StandsFor)
	}
	if r := t.Resource; r != nil {
		title.Context = append(title.Context, "kubectl get "+strings.Join(append([]string{r.Plural}, r.ShortNames...), " / "))
	}
	return title
}

func (w writer) confusions(t *glossary.Term) reply.List {
	list := reply.List{Heading: w.texts.ConfusedWith}
	for _, other := range t.ConfusedWith {
		list.Items = append(list.Items, other.Difference(w.lang))
	}
	return list
}

// maxRelated is the maximum number of terms named for one relation.
const maxRelated = 6

// relations returns a list with one item for each kind of relation between a term and other terms.
// In each item, the best-known terms come first.
func (w writer) relations(t *glossary.Term) reply.List {
	var relations []glossary.Relation
	terms := make(map[glossary.Relation][]*glossary.Term)
	for _, r := range w.glossary.Related(t) {
		if terms[r.Relation] == nil {
			relations = append(relations, r.Relation)
		}
		terms[r.Relation] = append(terms[r.Relation], r.Term)
	}
	list := reply.List{Heading: w.texts.Related}
	for _, r := range relations {
		slices.SortStableFunc(terms[r], w.glossary.Compare)
		names := make([]string, len(terms[r]))
		for i, other := range terms[r] {
			names[i] = other.DisplayName(w.lang)
		}
		list.Items = append(list.Items, r.Title(w.lang)+w.texts.Colon+w.listed(names, maxRelated))
	}
	return list
}

// details returns the details that few readers need: the reading, the component that sets a
// status, the API group and the versions.
func (w writer) details(t *glossary.Term) reply.List {
	list := reply.List{Heading: w.texts.Details}
	add := func(label, text string) {
		if text != "" {
			list.Items = append(list.Items, label+w.texts.Colon+text)
		}
	}
	if w.lang == glossary.Japanese && t.Reading != t.DisplayName(w.lang) {
		add(w.texts.Reading, t.Reading)
	}
	for _, u := range t.Usages {
		if u.Of != "" || u.SetBy != "" {
			parts := []string{u.Object(w.lang)}
			if u.SetBy != "" {
				parts = append(parts, w.texts.SetBy(u.Setter(w.lang)))
			}
			add(u.Kind.Title(w.lang), strings.Trim(strings.Join(parts, w.texts.Comma), w.texts.Comma))
		}
	}
	if r := t.Resource; r != nil {
		add(w.texts.APIGroup, r.Group)
		if !r.Namespaced {
			list.Items = append(list.Items, w.texts.ClusterScoped)
		}
	}
	if v := t.Versions; v != nil {
		add(w.texts.Introduced, v.Introduced)
		add(w.texts.Deprecated, v.Deprecated)
		add(w.texts.Removed, v.Removed)
		if other, ok := w.glossary.Term(v.ReplacedBy); ok {
			add(w.texts.ReplacedBy, other.DisplayName(w.lang))
		}
	}
	return list
}

// docs returns a link to a term's documentation, in the reader's language if possible.
func (w writer) docs(t *glossary.Term) reply.Link {
	switch {
	case t.Own: // a team's page may be in any language
		return reply.Link{Label: w.texts.Docs, URL: t.Docs.In(w.lang)}
	case w.lang == glossary.English:
		return reply.Link{Label: w.texts.Docs, URL: t.Docs.EN}
	case t.Docs.JA != "":
		return reply.Link{Label: w.texts.Docs, URL: t.Docs.JA}
	}
	return reply.Link{Label: w.texts.DocsOther, URL: t.Docs.EN}
}

// marked returns a term's mark and kinds of usage, for titles that must not give away what the term
// means.
func (w writer) marked(t *glossary.Term) []string {
	if mark := w.ownMark(t); mark != "" {
		return append([]string{mark}, w.kinds(t, maxKinds)...)
	}
	return w.kinds(t, maxKinds)
}
