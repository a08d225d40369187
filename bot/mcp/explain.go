package mcp

import (
	"context"
	"errors"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/reply/replyjson"
	"k8sbot/glossary"
	"k8sbot/glossary/diagnose"
	"k8sbot/glossary/mark"
)

func (s source) explain(ctx context.Context, in explainInput) (explainOutput, reply.Reply, error) {
	r := s.ask(ctx, bot.Request{Command: bot.ExplainCommand, Text: in.Output, Lang: in.Lang})
	p := replyjson.PasteOf(r)
	switch {
	case p != nil:
	case len(r.Matches) > 0:
		return explainOutput{}, r, errors.New("the text is a term, not output: call lookup_term with it")
	case r.Partial:
		return explainOutput{}, r, errors.New("nothing was recognized in the part of the text that was read: pass only the lines about the unhealthy objects, with the header line")
	default:
		return explainOutput{}, r, errors.New("nothing in the text was recognized: pass output with its header line, or the output of kubectl describe or kubectl events for the object; for a description of a problem, call search_terms")
	}
	out := explainOutput{
		Lang: r.Lang, Headline: headline(r), Partial: r.Partial, Healthy: p.Healthy, More: p.More, Unread: p.Unread, Findings: []finding{},
	}
	d := r.Diagnosis
	for i, f := range p.Findings {
		if i < len(d.Issues) {
			out.Findings = append(out.Findings, findingOf(f, d.Issues[i].Finding, d.Issues[i].Commands(), r.Lang))
		} else {
			out.Findings = append(out.Findings, findingOf(f, &d.Resolved[i-len(d.Issues)], nil, r.Lang))
		}
	}
	return out, r, nil
}

// headline returns the text of a reply's first block that is not a note.
func headline(r reply.Reply) string {
	for _, b := range r.Blocks {
		switch b := b.(type) {
		case reply.Headline:
			if b.About != "" {
				return b.Text + " · " + b.About
			}
			return b.Text
		case reply.Paragraph:
			return mark.Strip(strings.TrimSpace(b.Bold + " " + b.Text))
		case reply.Entry:
			return b.Name + ": " + mark.Strip(b.Text)
		}
	}
	return ""
}

func findingOf(form replyjson.Finding, f *diagnose.Finding, commands []diagnose.Command, l glossary.Lang) finding {
	out := finding{Finding: form, Name: f.Name, Summary: mark.Strip(f.Sentence(l)), Notes: []string{}}
	if f.Term != nil {
		out.Name = f.Term.DisplayName(l)
	}
	for _, c := range commands {
		out.Notes = append(out.Notes, mark.Strip(c.Note.In(l)))
	}
	return out
}
