package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// maxTeamSteps is the maximum number of a team's commands in a long answer.
const maxTeamSteps = 5

// team returns the blocks that a team adds to a term: notes with runbooks, followed by at most
// limit commands.
func (w writer) team(t *glossary.Term, limit int) []reply.Block {
	var blocks []reply.Block
	var commands []glossary.Command
	for _, a := range t.Team {
		if p, ok := w.aside(a, a.Note.Paragraph(w.lang)); ok {
			blocks = append(blocks, p)
		}
		commands = append(commands, a.Checks...)
	}
	if commands = commands[:min(len(commands), limit)]; len(commands) > 0 {
		blocks = append(blocks, w.steps(w.texts.TeamChecks, commands))
	}
	return blocks
}

// asides returns the beginning of the notes that a team adds to a term, with the runbooks, for
// answers about several terms.
func (w writer) asides(t *glossary.Term) []reply.Paragraph {
	if t == nil {
		return nil
	}
	var asides []reply.Paragraph
	for _, a := range t.Team {
		text := ""
		if s := a.Note.Sentences(w.lang); len(s) > 0 {
			text = s[0]
		}
		if p, ok := w.aside(a, text); ok {
			asides = append(asides, p)
		}
	}
	return asides
}

// aside returns a paragraph with a team's text and its runbook. It returns false if both are
// empty.
func (w writer) aside(a glossary.Addition, text string) (reply.Paragraph, bool) {
	p := reply.Paragraph{Heading: w.texts.YourTeam, Text: text}
	if text != "" && !a.Note.Has(w.lang) {
		p.Heading += " (" + w.texts.OtherLang + ")"
	}
	if a.Runbook != "" {
		p.Link = reply.Link{Label: w.texts.Runbook, URL: a.Runbook}
	}
	return p, text != "" || a.Runbook != ""
}

// maxPasteTeam is the maximum number of a team's terms that the answer to a paste explains.
const maxPasteTeam = 3

// WithTeam adds the team's terms that a paste mentions to r, the answer to the paste. If ok is
// false, there is no such answer, and WithTeam returns an answer that consists of the team's terms.
// WithTeam returns false if there is neither an answer nor a term.
func WithTeam(l glossary.Lang, r reply.Reply, ok bool, terms []*glossary.Term) (reply.Reply, bool) {
	terms = slices.DeleteFunc(terms, func(t *glossary.Term) bool { // the answer already explains them
		return slices.ContainsFunc(r.Matches, func(m reply.Match) bool { return m.Term == t })
	})
	if len(terms) == 0 {
		return r, ok
	}
	if !ok {
		r = reply.Reply{Kind: reply.KindExplain}
	}
	w := newWriter(nil, l)
	r.Blocks, r.Matches, r.CacheKey = slices.Clone(r.Blocks), slices.Clone(r.Matches), ""
	for _, t := range terms[:min(len(terms), maxPasteTeam)] {
		r.Blocks, r.Matches = append(r.Blocks, w.entry(t)), append(r.Matches, reply.ExactMatch(t))
	}
	return r, true
}
