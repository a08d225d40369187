package page

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"k8sbot/glossary"
	"k8sbot/glossary/fold"
	"k8sbot/glossary/stable"
)

// These types define the page's data in the form that page.js reads.
type (
	data struct {
		Version    string                               `json:"version"` // the Kubernetes version
		Words      map[string]glossary.Text             `json:"words"`
		Kinds      map[glossary.UsageKind]glossary.Text `json:"kinds"`
		Severities map[glossary.Severity]glossary.Text  `json:"severities"`
		Relations  map[glossary.Relation]glossary.Text  `json:"relations"`
		Categories []category                           `json:"categories"`
		Lifecycles []life                               `json:"lives"`
		Romaji     map[string]string                    `json:"romaji"` // see [fold.RomajiSpellings]
		Terms      []term                               `json:"terms"`
	}
	category struct {
		ID    glossary.Category `json:"id"`
		Title glossary.Text     `json:"title"`
		Terms int               `json:"terms"`
	}
	life struct {
		Title  *glossary.Text `json:"title,omitempty"` // the title of a lifecycle on the first page
		Order  int            `json:"order"`
		Stages []stage        `json:"stages"`
		States []state        `json:"states"`
	}
	stage struct {
		Text string `json:"text"`
		Back bool   `json:"back,omitempty"`
	}
	state struct {
		Term  string `json:"term"`
		Text  string `json:"text,omitempty"`
		At    string `json:"at,omitempty"`
		After string `json:"after,omitempty"`
		Back  bool   `json:"back,omitempty"`
	}
	term struct {
		ID        string            `json:"id"`
		Category  glossary.Category `json:"category"`
		Name      glossary.Text     `json:"name"`
		Reading   string            `json:"reading,omitempty"`
		StandsFor string            `json:"stands_for,omitempty"`
		Resource  string            `json:"resource,omitempty"` // the command that lists objects of the kind
		Other     []string          `json:"other"`
		Usages    []glossary.Usage  `json:"usages"`
		Severity  glossary.Severity `json:"severity,omitempty"`
		Summary   glossary.Text     `json:"summary"`
		Meaning   glossary.Text     `json:"meaning"`
		NormalFor *glossary.Text    `json:"normal_for,omitempty"`
		Causes    []glossary.Text   `json:"causes"`
		Checks    []command         `json:"checks"`
		Try       []command         `json:"try"`
		Variants  []variant         `json:"variants"`
		Confused  []confusion       `json:"confused"`
		Related   [][2]string       `json:"related"` // pairs of a relation and an ID
		*glossary.Versions
		Docs glossary.Text `json:"docs"`
		Tier int           `json:"tier"`
		Own  bool          `json:"own,omitempty"`     // a team wrote the term
		Only glossary.Lang `json:"only_in,omitempty"` // the language of the texts, if there is only one
		Team []addition    `json:"team,omitempty"`

		// Keys are the folded names and aliases. The first Names keys are names. Sounds and Latin are
		// less exact forms of the keys, in kana and in romaji.
		Keys   []string `json:"keys"`
		Names  int      `json:"names"`
		Sounds []string `json:"sounds"`
		Latin  []string `json:"latin"`
	}
	command struct {
		Run  string         `json:"run"`
		Goal *glossary.Text `json:"goal,omitempty"`
		Note *glossary.Text `json:"note,omitempty"`
	}
	addition struct {
		Note    *glossary.Text `json:"note,omitempty"`
		Only    glossary.Lang  `json:"only_in,omitempty"`
		Runbook string         `json:"runbook,omitempty"`
		Checks  []command      `json:"checks,omitempty"`
	}
	variant struct {
		Summary glossary.Text   `json:"summary"`
		Causes  []glossary.Text `json:"causes"`
		Checks  []command       `json:"checks"`
	}
	confusion struct {
		ID         string        `json:"id"`
		Difference glossary.Text `json:"difference"`
	}
)

// encodeData returns the data about a glossary as JSON that is safe in a script element.
func encodeData(g *glossary.Glossary) ([]byte, error) {
	d := data{
		Version: glossary.KubernetesVersion, Words: words, Kinds: make(map[glossary.UsageKind]glossary.Text),
		Severities: make(map[glossary.Severity]glossary.Text), Relations: make(map[glossary.Relation]glossary.Text),
		Romaji: fold.RomajiSpellings(), Lifecycles: lifecyclesOf(g), Terms: []term{},
	}
	for _, s := range glossary.Severity("").Values() {
		d.Severities[glossary.Severity(s)] = bothTitles(glossary.Severity(s))
	}
	for _, s := range glossary.Relation("").Values() {
		for _, r := range []glossary.Relation{glossary.Relation(s), glossary.Relation(s).Inverse()} {
			d.Relations[r] = bothTitles(r)
		}
	}
	for _, c := range glossary.Categories() {
		if n := len(g.ByCategory(c)); n > 0 {
			d.Categories = append(d.Categories, category{c, bothTitles(c), n})
		}
	}
	for _, t := range g.All() {
		d.Terms = append(d.Terms, termOf(g, t))
		for _, u := range t.Usages {
			d.Kinds[u.Kind] = bothTitles(u.Kind)
		}
	}
	return json.Marshal(d) // escapes < and &
}

func bothTitles(x interface {
	Title(glossary.Lang) string
}) glossary.Text {
	return glossary.Text{EN: x.Title(glossary.English), JA: x.Title(glossary.Japanese)}
}

// lifecyclesOf returns the lifecycles that contain terms of g.
func lifecyclesOf(g *glossary.Glossary) []life {
	out := []life{}
	for _, l := range glossary.EmbeddedTables().Lifecycles {
		next := life{Order: len(shownLifecycles), Stages: []stage{}, States: []state{}}
		for i, drawn := range shownLifecycles {
			if drawn.name == l.Name {
				next.Title, next.Order = &drawn.title, i
			}
		}
		for _, s := range l.Stages {
			next.Stages = append(next.Stages, stage{s.Text, s.Back})
		}
		for _, s := range l.States {
			if _, ok := g.Term(s.Term); ok {
				next.States = append(next.States, state{s.Term, s.Text, s.At, s.After, s.Back})
			}
		}
		if len(next.States) > 0 {
			out = append(out, next)
		}
	}
	return out
}

func termOf(g *glossary.Glossary, t *glossary.Term) term {
	out := term{
		ID: t.ID, Category: t.Category, Reading: t.Reading, StandsFor: t.StandsFor, Severity: t.Severity, Tier: t.Tier,
		Name:     glossary.Text{EN: t.DisplayName(glossary.English), JA: t.DisplayName(glossary.Japanese)},
		Other:    otherNames(t),
		Usages:   slices.Clone(t.Usages),
		Summary:  paragraph(t.Summary),
		Meaning:  paragraph(t.Meaning.Text()),
		Causes:   paragraphs(t.Causes),
		Checks:   commandsOf(t.Checks),
		Try:      commandsOf(t.Try),
		Variants: []variant{}, Confused: []confusion{}, Related: [][2]string{},
		Docs: t.Docs, Versions: t.Versions, Own: t.Own, Team: teamOf(t),
	}
	for _, l := range glossary.Langs {
		if !t.IsIn(l) {
			out.Only = otherThan(l)
		}
	}
	if t.IsTask() {
		out.Meaning, out.Try = paragraph(t.WatchOut), actionsOf(t.Do)
	}
	if r := t.Resource; r != nil {
		out.Resource = "kubectl get " + strings.Join(append([]string{r.Plural}, r.ShortNames...), " / ")
	}
	if !t.NormalFor.IsZero() {
		text := paragraph(t.NormalFor)
		out.NormalFor = &text
	}
	for _, v := range t.Variants {
		out.Variants = append(out.Variants, variant{paragraph(v.Summary), paragraphs(v.Causes), commandsOf(v.Checks)})
	}
	for _, c := range t.ConfusedWith {
		out.Confused = append(out.Confused, confusion{c.Term, paragraph(glossary.Text{EN: c.EN, JA: c.JA})})
	}
	for _, r := range g.Related(t) {
		out.Related = append(out.Related, [2]string{string(r.Relation), r.Term.ID})
	}
	out.addKeys(t)
	return out
}

// otherNames returns the names of a term that its titles do not show.
func otherNames(t *glossary.Term) []string {
	names := append([]string{}, t.Aliases...)
	names = append(names, t.Shares...)
	if t.Name.JA != "" {
		names = slices.Insert(names, 0, t.Name.JA)
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == t.DisplayName(glossary.Japanese) || n == t.Name.EN })
}

// addKeys adds the forms of the names that the search compares with a query.
func (out *term) addKeys(t *glossary.Term) {
	add := func(list []string, key string) []string {
		if key == "" || slices.Contains(list, key) {
			return list
		}
		return append(list, key)
	}
	names := t.AllNames()
	stable.Sort(names, func(a, b *glossary.Name) int { return -cmp.Compare(btoi(a.IsName()), btoi(b.IsName())) })
	out.Keys, out.Sounds, out.Latin = []string{}, []string{}, []string{}
	for _, n := range names {
		key := fold.Key(n.Text)
		if out.Keys = add(out.Keys, key); n.IsName() {
			out.Names = len(out.Keys)
		}
		if latin, ok := fold.RomajiOfKana(key); ok {
			out.Latin = add(out.Latin, latin)
			out.Sounds = add(out.Sounds, fold.LooseKana(key))
		}
	}
	out.Keys = add(out.Keys, fold.Key(t.ID))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func paragraph(t glossary.Text) glossary.Text {
	return glossary.Text{EN: t.Paragraph(glossary.English), JA: t.Paragraph(glossary.Japanese)}
}

func paragraphs(list []glossary.Text) []glossary.Text {
	out := make([]glossary.Text, len(list))
	for i, t := range list {
		out[i] = paragraph(t)
	}
	return out
}

func commandsOf(list []glossary.Command) []command {
	out := make([]command, len(list))
	for i, c := range list {
		out[i] = command{
			Run:  c.Run,
			Goal: optional(glossary.Text{EN: c.Goal(glossary.English), JA: c.Goal(glossary.Japanese)}),
			Note: optional(paragraph(glossary.Text{EN: c.EN, JA: c.JA})),
		}
	}
	return out
}

// actionsOf returns the commands of a task, each with its effect after its goal.
func actionsOf(list []glossary.Action) []command {
	out := make([]command, len(list))
	for i, a := range list {
		out[i] = command{Run: a.Run, Goal: optional(glossary.Text{EN: a.Heading(glossary.English), JA: a.Heading(glossary.Japanese)}), Note: optional(glossary.Text{EN: a.EN, JA: a.JA})}
	}
	return out
}

// teamOf returns what a team adds to a term.
func teamOf(t *glossary.Term) []addition {
	var team []addition
	for _, a := range t.Team {
		out := addition{Note: optional(paragraph(a.Note)), Runbook: a.Runbook, Checks: commandsOf(a.Checks)}
		for _, l := range glossary.Langs {
			if out.Note != nil && !a.Note.Has(l) {
				out.Only = otherThan(l)
			}
		}
		team = append(team, out)
	}
	return team
}

// otherThan returns the other language.
func otherThan(l glossary.Lang) glossary.Lang {
	if l == glossary.Japanese {
		return glossary.English
	}
	return glossary.Japanese
}

func optional(t glossary.Text) *glossary.Text {
	if t.IsZero() {
		return nil
	}
	return &t
}
