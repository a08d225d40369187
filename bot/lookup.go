package bot

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/glossary/search"
)

// runTerm looks a term up. It answers with the term, with suggestions, or says that it
// found nothing.
func (c *exchange) runTerm(ctx context.Context, text string) reply.Reply {
	if text == "" {
		return c.missReply("")
	}
	if tooLong(text) || strings.Contains(text, "\n") {
		if r, ok := c.pasteReply(ctx, text); ok {
			return r
		}
		return c.missReply(text)
	}
	found := c.index.Search(text, maxSuggestions)
	switch {
	case len(found) == 0:
		return c.missReply(text)
	case found[0].Score < search.AnswerThreshold:
		return c.suggestReply(text, found)
	}
	var answers []reply.Match
	for _, m := range found[:min(len(found), maxAnswers)] {
		if m.Score >= search.AnswerThreshold {
			answers = append(answers, reply.Match{Match: m})
		}
	}
	if len(answers) == 1 {
		return c.termReply(answers[0], false)
	}
	return c.ambiguousReply(text, answers)
}
