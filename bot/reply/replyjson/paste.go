package replyjson

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/paste/observe"
)

// A Paste contains the fields of an [Answer] that are specific to replies to pastes.
type Paste struct {
	Headline string    `json:"headline,omitempty"`
	Healthy  int       `json:"healthy"`
	Findings []Finding `json:"findings"`
	// More is the number of further failures that no term explains, if there are thousands of different
	// ones.
	More   int     `json:"more,omitempty"`
	Unread *Unread `json:"unread,omitempty"`
}

// A Finding is an issue in a paste, current or resolved.
type Finding struct {
	// Term is the ID of the term that explains the finding, or null if no term does.
	Term     *string           `json:"term"`
	Variant  string            `json:"variant,omitempty"`
	Severity glossary.Severity `json:"severity"`
	// State is "now" for a current issue or "over" for a resolved issue.
	State    string            `json:"state"`
	Objects  []Object          `json:"objects"`
	Captured map[string]string `json:"captured,omitempty"`
	Fact     string            `json:"fact,omitempty"`
	// Because lists the IDs of the terms from the symptoms to the cause, which comes last.
	Because  []string `json:"because"`
	Commands []string `json:"commands"`
}

// An Object is a Kubernetes object that a finding is about.
type Object struct {
	Kind      string `json:"kind,omitempty"`
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
	Container string `json:"container,omitempty"`
}

// Unread contains the numbers of the lines that the bot could not read, and the first of these
// lines.
type Unread struct {
	Lines []int  `json:"lines"`
	First string `json:"first"`
}

// PasteOf returns a reply's diagnosis, or nil if the reply has none.
func PasteOf(r reply.Reply) *Paste {
	d := r.Diagnosis
	if d == nil {
		return nil
	}
	a := &Paste{Healthy: d.Healthy, Findings: []Finding{}}
	if p, ok := r.Blocks[0].(reply.Paragraph); ok {
		a.Headline = p.Text
	}
	for i := range d.Issues {
		t := &d.Issues[i]
		f := findingOf(t.Finding, "now")
		for j := len(t.Symptoms) - 1; j >= 0; j-- {
			if s := t.Symptoms[j].Term; s != nil {
				f.Because = append(f.Because, s.ID)
			}
		}
		if t.Term != nil {
			f.Because = append(f.Because, t.Term.ID)
		}
		for _, c := range t.Commands() {
			f.Commands = append(f.Commands, c.Run)
		}
		a.Findings = append(a.Findings, f)
	}
	for i := range d.Resolved {
		a.Findings = append(a.Findings, findingOf(&d.Resolved[i], "over"))
	}
	for _, n := range d.More {
		a.More += n
	}
	if len(d.Unread) > 0 {
		a.Unread = &Unread{First: firstOf(d.Unread[0])}
		for _, o := range d.Unread {
			a.Unread.Lines = append(a.Unread.Lines, int(o.Line))
		}
	}
	return a
}

func findingOf(f *diagnose.Finding, state string) Finding {
	out := Finding{
		Variant: f.Variant, Severity: f.Severity, State: state, Captured: f.Captured, Fact: f.Fact,
		Objects: []Object{}, Because: []string{}, Commands: []string{},
	}
	if f.Term != nil {
		out.Term = &f.Term.ID
	}
	for _, o := range f.Objects {
		out.Objects = append(out.Objects, Object{o.Kind, o.Name, o.Namespace, o.Container})
	}
	return out
}

func firstOf(o *observe.Observation) string {
	if o.Message != "" {
		return o.Message
	}
	return o.Reason + o.Value
}
