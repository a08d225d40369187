package bot

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// maxSuggestions is how many terms are suggested if none is certain.
const maxSuggestions = 5

// maxAnswers is how many terms may share an alias.
const maxAnswers = 5

// ambiguousReply lists all terms that an alias belongs to.
func (c *exchange) ambiguousReply(text string, answers []reply.Match) reply.Reply {
	r := reply.Reply{Kind: reply.KindTerm, Matches: answers}
	r.Blocks = append(r.Blocks, reply.Paragraph{Text: c.texts.Ambiguous(reply.Quote(text))})
	for _, m := range answers {
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Buttons = append(r.Buttons, reply.NewButton(m.Term.DisplayName(c.lang), reply.ShowTerm, m.Term.ID))
	}
	return r
}

func (c *exchange) entry(t *glossary.Term) reply.Entry {
	return reply.Entry{Name: bothNames(t, c.lang), Severity: t.Severity, Text: t.Summary.Paragraph(c.lang)}
}

// bothNames returns the names of a term in both languages, the reader's first.
func bothNames(t *glossary.Term, l glossary.Lang) string {
	if other := t.OtherName(l); other != "" {
		return t.DisplayName(l) + " (" + other + ")"
	}
	return t.DisplayName(l)
}

// suggestReply suggests what the person may have meant.
func (c *exchange) suggestReply(text string, found []search.Match) reply.Reply {
	r := reply.Reply{Kind: reply.KindSuggestions, Blocks: []reply.Block{reply.Paragraph{Text: c.texts.DidYouMean(reply.Quote(text))}}}
	for _, m := range found {
		r.Matches = append(r.Matches, reply.Match{Match: m})
		r.Blocks = append(r.Blocks, c.entry(m.Term))
		r.Buttons = append(r.Buttons, reply.NewButton(m.Term.DisplayName(c.lang), reply.ShowTerm, m.Term.ID))
	}
	return r
}

// missReply says that nothing was found, and gives examples.
func (c *exchange) missReply(text string) reply.Reply {
	said := c.texts.NothingAsked
	if text != "" {
		said = c.texts.NotFound(reply.Quote(text))
	}
	return reply.Reply{
		Kind:    reply.KindNone,
		Blocks:  []reply.Block{reply.Paragraph{Text: said}, reply.List{Heading: c.texts.ForExample, Items: c.texts.Examples}},
		Buttons: []reply.Button{reply.NewButton(c.texts.Browse, reply.ShowList), reply.NewButton(c.texts.Help, reply.ShowHelp)},
	}
}
