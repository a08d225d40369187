// Package replyjson has the JSON form of replies, for other programs. The form is a
// contract: fields may be added, but not renamed or removed.
package replyjson

import (
	"cmp"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/mark"
	"k8sbot/glossary/search"
)

// An Answer is a reply.
type Answer struct {
	Query string        `json:"query"`
	Lang  glossary.Lang `json:"lang"`
	Kind  reply.Kind    `json:"kind"`
	// Partial is present if only a part of the query was read.
	Partial bool `json:"partial,omitempty"`

	Terms []Term `json:"terms"`
	// Paste has fields for a paste, and for no other query.
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
	// Objects is only present for the kind explain; it may be an empty list.
	Objects *[]string `json:"objects,omitempty"`
}

// A Check is a command to run first when the status of a term shows up.
type Check struct {
	Run  string `json:"run"`
	Note string `json:"note"` // what to look for in the output
}

// Of returns the JSON form of a reply. The query of a paste is its first line.
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
		for _, c := range m.Term.Checks {
			t.Checks = append(t.Checks, Check{Run: c.Run, Note: mark.Strip(c.Note(r.Lang))})
		}
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
