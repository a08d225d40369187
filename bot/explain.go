package bot

import (
	"context"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/question"
	"k8sbot/bot/reply"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

// runExplain explains a paste, or a term if the text is only a term.
func (c *exchange) runExplain(ctx context.Context, text string) reply.Reply {
	if !strings.Contains(text, "\n") && !question.TooLong(text) && !paste.LooksLikeOutput(text) {
		if found := c.index.Search(text, 1); text == "" || len(found) > 0 && found[0].Score >= search.AnswerThreshold {
			return c.runTerm(ctx, text)
		}
	}
	if r, ok := c.pasteReply(ctx, text); ok {
		return r
	}
	if !strings.Contains(text, "\n") && !question.TooLong(text) {
		return c.runTerm(ctx, text)
	}
	return answer.PasteMiss(c.lang, c.part.exists())
}
