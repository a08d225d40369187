package mcp

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

func (s source) lookUp(ctx context.Context, in lookupInput) (lookupOutput, reply.Reply, error) {
	r := s.askTerm(ctx, in.Name, in.Lang)
	out := lookupOutput{Lang: r.Lang, Terms: []term{}, Suggestions: []termBrief{}}
	if len(r.Matches) == 0 {
		return out, r, unknownTerm(in.Name)
	}
	for _, m := range r.Matches {
		if r.Kind == reply.KindSuggestions {
			out.Suggestions = append(out.Suggestions, briefOf(m.Term, r.Lang))
		} else {
			out.Terms = append(out.Terms, termOf(s.glossary, m.Term, in.Name, r.Lang))
		}
	}
	return out, r, nil
}

// unknownTerm returns the error for a name that does not belong to any term.
func unknownTerm(name string) error {
	return fmt.Errorf("no term named %q: call search_terms with a description, or explain_output if the text is output", reply.Quote(name))
}

func (s source) compare(ctx context.Context, in compareInput) (compareOutput, reply.Reply, error) {
	var errs []error
	var ids []string
	var terms []*glossary.Term
	lang := in.Lang
	for _, name := range in.Names {
		r := s.askTerm(ctx, name, lang)
		if lang == "" {
			lang = r.Lang // use the language of the first name for all names
		}
		switch {
		case len(r.Matches) == 0:
			errs = append(errs, unknownTerm(name))
		case r.Kind != reply.KindTerm || len(r.Matches) > 1:
			var found []string
			for _, m := range r.Matches {
				found = append(found, m.Term.ID)
			}
			errs = append(errs, fmt.Errorf("%q is ambiguous: pass one of %s", reply.Quote(name), strings.Join(found, ", ")))
		default:
			t := r.Matches[0].Term
			for _, other := range ids {
				if other == t.ID {
					errs = append(errs, fmt.Errorf("%q and %s are the same term: pass two different terms", reply.Quote(name), t.ID))
				}
			}
			ids, terms = append(ids, t.ID), append(terms, t)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return compareOutput{}, reply.Reply{}, err
	}
	r := s.ask(ctx, bot.Request{Action: reply.NewButton("", reply.Compare, ids...).ID, Lang: lang})
	out := compareOutput{Lang: r.Lang, Terms: briefsOf(terms, r.Lang), Aspects: []aspect{}}
	for _, b := range r.Blocks {
		if c, ok := b.(reply.Comparison); ok {
			out.Difference = c.Difference
			for _, row := range c.Rows {
				out.Aspects = append(out.Aspects, aspect{row.Label, row.Cells})
			}
		}
	}
	return out, r, nil
}
