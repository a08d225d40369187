package bot

import (
	"context"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary/search"
)

// maxSuggestions is the maximum number of terms that are suggested if no match is certain.
const maxSuggestions = 3

// maxAnswers is the maximum number of terms that are listed for an ambiguous alias.
const maxAnswers = 5

// runTerm looks up a term. The reply shows the term or suggestions, or says that nothing was found.
func (c *exchange) runTerm(ctx context.Context, text string) reply.Reply {
	if text == "" {
		return answer.Miss(c.lang, "")
	}
	if query.TooLong(text) || strings.Contains(text, "\n") {
		if r, ok := c.pasteReply(ctx, text); ok {
			return c.offerSharePaste(r, text)
		}
		return answer.Miss(c.lang, text)
	}
	if r, ok := c.followUp(ctx, text); ok {
		return r
	}
	if !c.view.Covers(text) {
		if thanks, ok := query.SmallTalk(text); ok {
			return answer.SmallTalk(c.lang, thanks)
		}
		if query.NothingToLookUp(text) {
			r := answer.Miss(c.lang, "")
			r.Kind = reply.KindHelp // so the question is not counted as a miss
			return r
		}
	}
	c.diagnose.Prepare(text)
	found := c.view.Search(query.DropAsides(text), maxSuggestions)
	// A message with values, such as names of objects, is explained with them.
	if named := len(found) > 0 && isNamed(found[0]); !named || found[0].Kind == search.Scanned && strings.ContainsAny(text, "\"'`:/_=0123456789") {
		if r, ok := c.messageReply(ctx, text, named); ok {
			return c.offerSharePaste(r, text)
		}
	}
	if terms := c.view.Listed(text, found); len(terms) > 1 {
		return c.offerShare(answer.Several(c.glossary, c.lang, terms...), reply.ShowTerms, answer.IDs(terms)...)
	}
	switch {
	case len(found) == 0:
		return c.offerDefinition(answer.Miss(c.lang, text), text)
	case answer.IsClear(text, found):
		return answer.Corrected(c.lang, c.termReply(reply.Match{Match: found[0]}, false), text, found[0].Term)
	case found[0].Score < search.AnswerThreshold:
		return answer.Suggestions(c.lang, text, found)
	}
	var answers []reply.Match
	for _, m := range found[:min(len(found), maxAnswers)] {
		if m.Score >= search.AnswerThreshold && !answer.IsFartherTypo(m, found[0]) {
			answers = append(answers, reply.Match{Match: m})
		}
	}
	if len(answers) == 1 {
		r := c.termReply(answers[0], false)
		if answers[0].Term.IsTask() {
			r = answer.WithNames(c.lang, r, answers[0].Term, text)
		}
		if answers[0].Kind == search.Typo {
			r = answer.Corrected(c.lang, r, text, answers[0].Term)
		}
		return r
	}
	return c.offerShare(answer.Ambiguity(c.lang, text, answers), reply.ShowTerms, answer.MatchIDs(answers)...)
}

// isNamed reports whether the question names the found term, and does not describe or misspell it.
func isNamed(m search.Match) bool {
	return m.Score >= search.AnswerThreshold && m.Kind != search.Typo && m.Kind != search.Meaning
}

// messageReply answers a question that is a message, such as 'secret "db-password" not found'. It
// returns false if the message does not identify a term or, if the question names a term, has no
// values: the page of the term then says as much.
func (c *exchange) messageReply(ctx context.Context, text string, named bool) (reply.Reply, bool) {
	d := c.view.Own.Diagnoser(c.diagnose).Diagnose(ctx, text)
	if len(d.Issues) == 0 || !d.Issues[0].IsMessage() || named && len(d.Issues[0].Captured) == 0 {
		return reply.Reply{}, false
	}
	return answer.Paste(c.glossary, c.lang, &d, c.part.IsPartial())
}
