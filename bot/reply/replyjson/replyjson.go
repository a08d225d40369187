// Package replyjson defines the JSON form of replies, for other programs. The form is a
// contract: fields may be added, but not renamed or removed.
package replyjson

import (
	"cmp"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search"
	"k8sbot/glossary/search/task"
)

// An Answer is the JSON form of a reply.
type Answer struct {
	Query string        `json:"query"`
	Lang  glossary.Lang `json:"lang"`
	Kind  reply.Kind    `json:"kind"`
	// Partial is present if only part of the query was read.
	Partial bool `json:"partial,omitempty"`

	Terms []Term `json:"terms"`
	// Paste contains the fields that are present only for a paste.
	*Paste
}

// A Term is a term that the reply is about.
type Term struct {
	ID       string               `json:"id"`
	Name     glossary.Text        `json:"name"`
	Aliases  []string             `json:"aliases"`
	Category glossary.Category    `json:"category"`
	Layers   []glossary.UsageKind `json:"layers"`
	Score    float64              `json:"score"`
	How      search.MatchKind     `json:"how"`
	// Summary, Checks and Docs are in the language of the answer.
	Summary  string            `json:"summary"`
	Severity glossary.Severity `json:"severity,omitempty"`
	Checks   []Check           `json:"checks,omitempty"`
	Docs     string            `json:"docs,omitempty"`
	// Do contains a task's commands, and WatchOut says what can go wrong.
	Do       []Action `json:"do,omitempty"`
	WatchOut string   `json:"watch_out,omitempty"`
	// Objects is present only for the kind explain; it may be an empty list.
	Objects *[]string `json:"objects,omitempty"`
	// Own is present for a term written by a team. WrittenIn is present if the texts of such a
	// term are not available in the language of the answer.
	Own       bool          `json:"own,omitempty"`
	WrittenIn glossary.Lang `json:"written_in,omitempty"`
	// Team contains a team's additions to a built-in term.
	Team []Addition `json:"team,omitempty"`
}

// An Addition is what one of a team's files adds to a built-in term.
type Addition struct {
	Note    string  `json:"note,omitempty"` // in the language of the answer, if possible
	Runbook string  `json:"runbook,omitempty"`
	Checks  []Check `json:"checks,omitempty"`
}

// A Check is a command to run first when an object has the status that the term describes.
type Check struct {
	Run  string `json:"run"`
	Note string `json:"note"` // what to look for in the output
}

// An Action is one of a task's commands.
type Action struct {
	Run    string          `json:"run"`    // the command, with the names from the question
	Effect glossary.Effect `json:"effect"` // one of reads, local, changes and deletes
	Note   string          `json:"note"`
}

// ActionsOf returns a task's commands, filled in with the names from the question. It returns nil
// for a term that is not a task.
func ActionsOf(t *glossary.Term, question string, l glossary.Lang) []Action {
	var actions []Action
	for _, a := range task.Fill(t, question) {
		actions = append(actions, Action{Run: a.Run, Effect: a.Effect, Note: mark.Strip(a.Note(l))})
	}
	return actions
}

// Of returns the JSON form of a reply. For a paste, the query is the first line.
func Of(r reply.Reply) Answer {
	a := Answer{Query: r.Query, Lang: r.Lang, Kind: r.Kind, Partial: r.Partial, Terms: []Term{}, Paste: PasteOf(r)}
	if r.Diagnosis != nil {
		a.Query, _, _ = strings.Cut(r.Query, "\n")
	}
	for _, m := range r.Matches {
		t := Term{
			ID:       m.Term.ID,
			Name:     m.Term.Names(),
			Aliases:  m.Term.OtherNames(),
			Category: m.Term.Category,
			Layers:   []glossary.UsageKind{},
			Score:    m.Score,
			How:      m.Kind,
			Summary:  mark.Strip(m.Term.Summary.Paragraph(r.Lang)),
			Severity: m.Term.Severity,
			Docs:     cmp.Or(m.Term.Docs.In(r.Lang), m.Term.Docs.EN),
		}
		t.Checks = checksOf(m.Term.Checks, r.Lang)
		t.Do, t.WatchOut = ActionsOf(m.Term, r.Query, r.Lang), mark.Strip(m.Term.WatchOut.Paragraph(r.Lang))
		t.Own, t.WrittenIn = m.Term.Own, WrittenIn(m.Term, r.Lang)
		t.Team = TeamOf(m.Term, r.Lang)
		for _, l := range m.Term.Usages {
			t.Layers = append(t.Layers, l.Kind)
		}
		if r.Kind == reply.KindExplain {
			objects := []string{}
			for _, o := range m.Objects {
				objects = append(objects, o.String())
			}
			t.Objects = &objects
		}
		a.Terms = append(a.Terms, t)
	}
	return a
}

func checksOf(commands []glossary.Command, l glossary.Lang) []Check {
	var checks []Check
	for _, c := range commands {
		checks = append(checks, Check{Run: c.Run, Note: mark.Strip(c.Note(l))})
	}
	return checks
}

// WrittenIn returns the language of a term's texts, or "" if they are available in l.
func WrittenIn(t *glossary.Term, l glossary.Lang) glossary.Lang {
	for _, other := range glossary.Langs {
		if other != l && !t.IsIn(l) {
			return other
		}
	}
	return ""
}

// TeamOf returns a team's additions to a term, with the texts in l if they are available.
func TeamOf(t *glossary.Term, l glossary.Lang) []Addition {
	var team []Addition
	for _, a := range t.Team {
		team = append(team, Addition{Note: mark.Strip(a.Note.Paragraph(l)), Runbook: a.Runbook, Checks: checksOf(a.Checks, l)})
	}
	return team
}
