package bot

import "k8sbot/glossary"

// maxSuggestions is the number of terms that are offered where none is sure.
const maxSuggestions = 5

// maxAnswers is the number of terms that an alias may share.
const maxAnswers = 5

// shared answers with all terms that an alias belongs to.
func (c *call) shared(text string, answers []Match) Reply {
	r := Reply{Kind: KindTerm, Matches: answers}
	r.Blocks = append(r.Blocks, Paragraph{Text: c.w.several(quote(text))})
	for _, m := range answers {
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Choices = append(r.Choices, choice(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

func (c *call) entry(t *glossary.Term) Entry {
	return Entry{Name: bothNames(t, c.lang), Severity: t.Severity, Text: t.Summary.Paragraph(c.lang)}
}

// bothNames returns a term's names in both languages, the reader's first.
func bothNames(t *glossary.Term, l glossary.Lang) string {
	if other := t.OtherName(l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// suggest offers what the person may have meant.
func (c *call) suggest(text string, found []glossary.Match) Reply {
	r := Reply{Kind: KindSuggestions, Blocks: []Block{Paragraph{Text: c.w.didYouMean(quote(text))}}}
	for _, m := range found {
		r.Matches = append(r.Matches, Match{Match: m})
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Choices = append(r.Choices, choice(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

// miss says that nothing was found, and what the bot can do.
func (c *call) miss(text string) Reply {
	said := c.w.nothingAsked
	if text != "" {
		said = c.w.notFound(quote(text))
	}
	return Reply{
		Kind:    KindNone,
		Blocks:  []Block{Paragraph{Text: said}, List{Heading: c.w.youCanAsk, Items: c.w.examples}},
		Choices: []Choice{choice(c.w.browse, actList), choice(c.w.help, actHelp)},
	}
}
