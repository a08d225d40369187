package bot

import (
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// maxSuggestions is how many terms are suggested if none is certain.
const maxSuggestions = 5

// maxAnswers is how many terms may share an alias.
const maxAnswers = 5

// ambiguousReply lists all terms that an alias belongs to.
func (c *exchange) ambiguousReply(text string, answers []Match) Reply {
	r := Reply{Kind: KindTerm, Matches: answers}
	r.Blocks = append(r.Blocks, Paragraph{Text: c.msg.ambiguous(quoteInput(text))})
	for _, m := range answers {
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Buttons = append(r.Buttons, button(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

func (c *exchange) entry(t *glossary.Term) Entry {
	return Entry{Name: bothNames(t, c.lang), Severity: t.Severity, Text: t.Summary.Paragraph(c.lang)}
}

// bothNames returns the names of a term in both languages, the reader's first.
func bothNames(t *glossary.Term, l glossary.Lang) string {
	if other := t.OtherName(l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// suggestReply suggests what the person may have meant.
func (c *exchange) suggestReply(text string, found []search.Match) Reply {
	r := Reply{Kind: KindSuggestions, Blocks: []Block{Paragraph{Text: c.msg.didYouMean(quoteInput(text))}}}
	for _, m := range found {
		r.Matches = append(r.Matches, Match{Match: m})
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Buttons = append(r.Buttons, button(m.Term.DisplayName(c.lang), actTerm, m.Term.ID))
	}
	return r
}

// missReply says that nothing was found, and gives examples.
func (c *exchange) missReply(text string) Reply {
	said := c.msg.nothingAsked
	if text != "" {
		said = c.msg.notFound(quoteInput(text))
	}
	return Reply{
		Kind:    KindNone,
		Blocks:  []Block{Paragraph{Text: said}, List{Heading: c.msg.forExample, Items: c.msg.examples}},
		Buttons: []Button{button(c.msg.browse, actList), button(c.msg.help, actHelp)},
	}
}
