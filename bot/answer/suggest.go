package answer

import (
	"k8sbot/bot/reply"
	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// Ambiguity returns the answer to a question that is an alias of several terms: a list of those
// terms. typed is what the person typed.
func Ambiguity(l glossary.Lang, typed string, terms []reply.Match) reply.Reply {
	w := newWriter(nil, l)
	r := reply.Reply{Kind: reply.KindTerm, Matches: terms, Blocks: []reply.Block{reply.Paragraph{Bold: w.texts.Ambiguous(reply.Quote(typed))}}}
	w.addMatches(&r)
	return r
}

// Suggestions returns the answer that suggests the terms that a person may have meant. typed is
// what the person typed.
func Suggestions(l glossary.Lang, typed string, found []search.Match) reply.Reply {
	w := newWriter(nil, l)
	said := w.texts.DidYouMean(reply.Quote(typed))
	if len(found) == 1 {
		said = w.texts.DidYouMeanOnly(reply.Quote(typed), w.inSentence(found[0].Term))
	}
	r := reply.Reply{Kind: reply.KindSuggestions, Blocks: []reply.Block{reply.Paragraph{Bold: said}}}
	for _, m := range found {
		r.Matches = append(r.Matches, reply.Match{Match: m})
	}
	w.addMatches(&r)
	return r
}

// addMatches adds an entry and a button for each of a reply's matches.
func (w writer) addMatches(r *reply.Reply) {
	terms := make([]*glossary.Term, len(r.Matches))
	for i, m := range r.Matches {
		terms[i] = m.Term
		r.Blocks = append(r.Blocks, w.entry(m.Term))
	}
	w.addTerms(r, terms)
}

// Corrected adds a note to an answer. The note says how a misspelled or vague question was
// understood.
func Corrected(l glossary.Lang, r reply.Reply, typed string, t *glossary.Term) reply.Reply {
	w := newWriter(nil, l)
	r.Blocks = append([]reply.Block{reply.Paragraph{Text: w.texts.UnderstoodAs(reply.Quote(typed), t.DisplayName(l))}}, r.Blocks...)
	r.CacheKey = ""
	return r
}

// SmallTalk returns the reply to thanks or a greeting.
func SmallTalk(l glossary.Lang, thanks bool) reply.Reply {
	w := newWriter(nil, l)
	text := w.texts.Hello
	if thanks {
		text = w.texts.Welcome
	}
	return reply.Reply{Kind: reply.KindHelp, Blocks: []reply.Block{reply.Paragraph{Text: text}}}
}

// Miss returns the answer to a question for which nothing was found, with examples. If typed,
// the question, is "", the answer asks for a question.
func Miss(l glossary.Lang, typed string) reply.Reply {
	w := newWriter(nil, l)
	if typed == "" {
		return w.miss(w.texts.NoQuestion)
	}
	return w.miss(w.texts.NotFound(reply.Quote(typed)))
}

func (w writer) miss(text string) reply.Reply {
	return reply.Reply{
		Kind:    reply.KindNone,
		Blocks:  []reply.Block{reply.Paragraph{Bold: text}, reply.List{Heading: w.texts.ForExample, Items: w.texts.Examples}},
		Buttons: []reply.Button{reply.NewButton(w.texts.Browse, reply.ShowList), reply.NewButton(w.texts.Help, reply.ShowHelp)},
	}
}

// Languages returns a reply with a button for each language setting.
func Languages(l glossary.Lang, intro string) reply.Reply {
	return reply.Reply{
		Kind:   reply.KindSetting,
		Blocks: []reply.Block{reply.Paragraph{Text: intro}},
		Buttons: []reply.Button{
			reply.NewButton("日本語", reply.SetLang, "ja"),
			reply.NewButton("English", reply.SetLang, "en"),
			reply.NewButton(newWriter(nil, l).texts.Auto, reply.SetLang, "auto"),
		},
	}
}
