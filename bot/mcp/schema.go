package mcp

import (
	"k8sbot/bot/reply/replyjson"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// These types are the tools' arguments. The descriptions in their tags are for models.
type (
	lookupInput struct {
		Name string        `json:"name" jsonschema:"a term, status, event reason, error message or ID, in any spelling: CrashLoopBackOff, po, くらっしゅるーぷ"`
		Lang glossary.Lang `json:"lang,omitempty" jsonschema:"language of the answer; by default that of the question"`
	}
	compareInput struct {
		Names []string      `json:"names" jsonschema:"the two or three terms to compare: liveness probe, readiness probe"`
		Lang  glossary.Lang `json:"lang,omitempty" jsonschema:"language of the answer; by default that of the question"`
	}
	explainInput struct {
		Output string        `json:"output" jsonschema:"the text as it was printed, with all its lines: output of kubectl, helm or another tool, a manifest with its status, events, logs, or one error message"`
		Lang   glossary.Lang `json:"lang,omitempty" jsonschema:"language of the answer; by default that of the prose around the output"`
	}
	listInput struct {
		Category string        `json:"category,omitempty" jsonschema:"ID or title of a category; without it, the categories are listed"`
		Lang     glossary.Lang `json:"lang,omitempty" jsonschema:"language of the answer"`
	}
	searchInput struct {
		Query string        `json:"query" jsonschema:"a name, a part of one, or a description: the thing that stores cluster state"`
		Limit int           `json:"limit,omitempty" jsonschema:"maximum number of terms to return"`
		Lang  glossary.Lang `json:"lang,omitempty" jsonschema:"language of the answer; by default that of the question"`
	}
)

// These types are the structured content of the results. As in package replyjson, the format is a
// contract.
type (
	lookupOutput struct {
		Lang glossary.Lang `json:"lang"`
		// Terms has more than one element if several terms share the name.
		Terms       []term      `json:"terms" jsonschema:"the terms with that name; empty if none is certain"`
		Suggestions []termBrief `json:"suggestions" jsonschema:"terms that the name may refer to if none is certain"`
	}
	compareOutput struct {
		Lang       glossary.Lang `json:"lang"`
		Terms      []termBrief   `json:"terms"`
		Difference string        `json:"difference,omitempty" jsonschema:"what sets them apart, in one sentence"`
		Aspects    []aspect      `json:"aspects"`
	}
	aspect struct {
		Title string   `json:"title"`
		Texts []string `json:"texts" jsonschema:"one for each term, in the order of terms; empty if the glossary does not say"`
	}
	explainOutput struct {
		Lang     glossary.Lang     `json:"lang"`
		Headline string            `json:"headline" jsonschema:"what is wrong, in a few words"`
		Partial  bool              `json:"partial" jsonschema:"whether only a part of the output was read"`
		Healthy  int               `json:"healthy" jsonschema:"number of healthy objects and lines"`
		Findings []finding         `json:"findings" jsonschema:"what is wrong, worst first, each cause with its symptoms"`
		More     int               `json:"more,omitempty" jsonschema:"number of further failures that no term explains"`
		Unread   *replyjson.Unread `json:"unread,omitempty" jsonschema:"lines that were not understood"`
	}
	finding struct {
		replyjson.Finding
		Name    string   `json:"name" jsonschema:"name of the term, or of the finding if no term explains it"`
		Summary string   `json:"summary" jsonschema:"what it means here"`
		Notes   []string `json:"notes" jsonschema:"what to look for in the output of each command, in the order of commands"`
	}
	listOutput struct {
		Lang       glossary.Lang   `json:"lang"`
		Categories []categoryBrief `json:"categories,omitempty"`
		Terms      []termBrief     `json:"terms,omitempty"`
	}
	categoryBrief struct {
		ID    glossary.Category `json:"id"`
		Title string            `json:"title"`
		Terms int               `json:"terms" jsonschema:"number of terms in the category"`
	}
	searchOutput struct {
		Lang    glossary.Lang `json:"lang"`
		Certain bool          `json:"certain" jsonschema:"whether the matches are answers; otherwise they are only similar"`
		Matches []match       `json:"matches"`
	}
	match struct {
		termBrief
		Score float64          `json:"score" jsonschema:"confidence with two decimals, greater than 0 and at most 1"`
		How   search.MatchKind `json:"how" jsonschema:"how it was found: exact, alias, folded, scan, question, prefix, initials, typo or meaning"`
	}
)

type (
	termBrief struct {
		ID       string            `json:"id"`
		URI      string            `json:"uri" jsonschema:"resource with everything about the term"`
		Name     string            `json:"name"`
		Severity glossary.Severity `json:"severity,omitempty" jsonschema:"of a status: failure, warning, passing or normal"`
		Summary  string            `json:"summary"`
	}
	term struct {
		termBrief
		OtherNames   []string           `json:"other_names"`
		Category     glossary.Category  `json:"category"`
		Kinds        []string           `json:"kinds" jsonschema:"what the term is in Kubernetes, such as a reason, a field or a component"`
		Meaning      string             `json:"meaning"`
		Life         string             `json:"life,omitempty" jsonschema:"the states before and after a status, with the status marked"`
		NormalFor    string             `json:"normal_for,omitempty" jsonschema:"how long the status may last before it is a problem"`
		Causes       []string           `json:"causes" jsonschema:"most likely first"`
		Checks       []command          `json:"checks" jsonschema:"what to run first when the status appears; replace the words in capitals"`
		Try          []command          `json:"try" jsonschema:"commands that show the resource or component"`
		ConfusedWith []confusion        `json:"confused_with"`
		Related      []relation         `json:"related"`
		Do           []replyjson.Action `json:"do,omitempty" jsonschema:"what to type for a task; words in capitals are to be filled in, and effect says whether the command changes or deletes something"`
		WatchOut     string             `json:"watch_out,omitempty" jsonschema:"what can go wrong with a task"`
		Introduced   string             `json:"introduced,omitempty"`
		Deprecated   string             `json:"deprecated,omitempty"`
		Removed      string             `json:"removed,omitempty"`
		Docs         string             `json:"docs" jsonschema:"page of the documentation"`

		Own       bool                 `json:"own,omitempty" jsonschema:"whether the user's team wrote the term"`
		WrittenIn glossary.Lang        `json:"written_in,omitempty" jsonschema:"language of the texts, if it is not the requested one"`
		Team      []replyjson.Addition `json:"team,omitempty" jsonschema:"what the user's team adds: mention it first"`
	}
	command struct {
		Goal string `json:"goal,omitempty" jsonschema:"what the command shows"`
		Run  string `json:"run"`
		Note string `json:"note" jsonschema:"what to look for in its output"`
	}
	confusion struct {
		ID         string `json:"id"`
		Difference string `json:"difference"`
	}
	relation struct {
		Relation glossary.Relation `json:"relation"`
		ID       string            `json:"id"`
		Name     string            `json:"name"`
	}
)

// scheme is the URI scheme of terms, as in k8s-term://en/crashloopbackoff.
const scheme = "k8s-term://"

func uriOf(t *glossary.Term, l glossary.Lang) string { return scheme + string(l) + "/" + t.ID }

func briefOf(t *glossary.Term, l glossary.Lang) termBrief {
	return termBrief{ID: t.ID, URI: uriOf(t, l), Name: t.DisplayName(l), Severity: t.Severity, Summary: t.Summary.Paragraph(l)}
}

func briefsOf(terms []*glossary.Term, l glossary.Lang) []termBrief {
	briefs := make([]termBrief, len(terms))
	for i, t := range terms {
		briefs[i] = briefOf(t, l)
	}
	return briefs
}

// termOf returns everything about a term. It inserts the names from the question into the
// commands of a task.
func termOf(g *glossary.Glossary, t *glossary.Term, question string, l glossary.Lang) term {
	out := term{
		termBrief: briefOf(t, l), Category: t.Category, Meaning: t.Meaning.Text().Paragraph(l), NormalFor: t.NormalFor.Paragraph(l),
		OtherNames: []string{}, Kinds: []string{}, Causes: []string{}, ConfusedWith: []confusion{}, Related: []relation{},
		Checks: commandsOf(t.Checks, l), Try: commandsOf(t.Try, l), Docs: t.Docs.In(l),
	}
	if out.Docs == "" {
		out.Docs = t.Docs.EN
	}
	out.Own, out.WrittenIn, out.Team = t.Own, replyjson.WrittenIn(t, l), replyjson.TeamOf(t, l)
	out.Do, out.WatchOut = replyjson.ActionsOf(t, question, l), t.WatchOut.Paragraph(l)
	out.Life, _ = g.Strip(t, l)
	if other := t.OtherName(l); other != "" {
		out.OtherNames = append(out.OtherNames, other)
	}
	out.OtherNames = append(out.OtherNames, t.OtherNames()...)
	for _, u := range t.Usages {
		out.Kinds = append(out.Kinds, string(u.Kind))
	}
	for _, c := range t.Causes {
		out.Causes = append(out.Causes, c.Paragraph(l))
	}
	for _, c := range t.ConfusedWith {
		out.ConfusedWith = append(out.ConfusedWith, confusion{c.Term, c.Difference(l)})
	}
	for _, r := range g.Related(t) {
		out.Related = append(out.Related, relation{r.Relation, r.Term.ID, r.Term.DisplayName(l)})
	}
	if v := t.Versions; v != nil {
		out.Introduced, out.Deprecated, out.Removed = v.Introduced, v.Deprecated, v.Removed
	}
	return out
}

func commandsOf(commands []glossary.Command, l glossary.Lang) []command {
	out := make([]command, len(commands))
	for i, c := range commands {
		out[i] = command{Goal: c.Goal(l), Run: c.Run, Note: c.Note(l)}
	}
	return out
}
