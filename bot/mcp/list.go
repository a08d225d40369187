package mcp

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

func (s source) list(ctx context.Context, in listInput) (listOutput, reply.Reply, error) {
	category := glossary.Category("")
	if in.Category != "" {
		var err error
		if category, err = glossary.ParseCategory(in.Category); err != nil {
			return listOutput{}, reply.Reply{}, err
		}
	}
	r := s.ask(ctx, bot.Request{Command: bot.ListCommand, Text: string(category), Lang: in.Lang})
	r.Blocks = slices.DeleteFunc(slices.Clone(r.Blocks), func(b reply.Block) bool {
		_, isNote := b.(reply.Note) // notes say what to type in a chat
		return isNote
	})
	out := listOutput{Lang: r.Lang}
	if category != "" {
		for _, m := range r.Matches {
			out.Terms = append(out.Terms, briefOf(m.Term, r.Lang))
		}
		return out, r, nil
	}
	for _, c := range glossary.Categories() {
		if n := len(s.glossary.ByCategory(c)); n > 0 {
			out.Categories = append(out.Categories, categoryBrief{c, c.Title(r.Lang), n})
		}
	}
	return out, r, nil
}

// defaultSearch is the maximum number of terms that a search returns if no limit is given.
const defaultSearch = 10

func (s source) search(_ context.Context, in searchInput) (searchOutput, reply.Reply, error) {
	limit := in.Limit
	if limit == 0 {
		limit = defaultSearch
	}
	found, lang := s.find(in.Query, limit, in.Lang)
	if len(found) == 0 {
		return searchOutput{}, reply.Reply{}, fmt.Errorf("no term is similar to %q: describe it in other words, or call list_terms for the categories", in.Query)
	}
	out := searchOutput{Lang: lang, Certain: found[0].Score >= search.AnswerThreshold}
	list := reply.List{}
	for _, m := range found {
		out.Matches = append(out.Matches, match{briefOf(m.Term, lang), math.Round(m.Score*100) / 100, m.Kind})
		list.Items = append(list.Items, "`"+m.Term.ID+"` "+strings.TrimSpace(m.Term.DisplayName(lang))+": "+m.Term.Summary.Paragraph(lang))
	}
	return out, reply.Reply{Blocks: []reply.Block{list}}, nil
}
