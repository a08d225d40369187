package bot

import (
	"context"
	"strings"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
	"k8sbot/bot/reply"
	"k8sbot/glossary/paste"
	"k8sbot/glossary/search"
)

// runExplain explains a paste. If the text is only a term, it explains the term.
func (c *exchange) runExplain(ctx context.Context, text string) reply.Reply {
	if !strings.Contains(text, "\n") && !query.TooLong(text) && !paste.LooksLikeOutput(text) {
		if found := c.view.Search(text, 1); text == "" || len(found) > 0 && found[0].Score >= search.AnswerThreshold {
			return c.runTerm(ctx, text)
		}
	}
	if r, ok := c.pasteReply(ctx, text); ok {
		return c.offerSharePaste(r, text)
	}
	if !strings.Contains(text, "\n") && !query.TooLong(text) {
		return c.runTerm(ctx, text)
	}
	return answer.PasteMiss(c.lang, c.part.IsPartial())
}
