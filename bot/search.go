package bot

import (
	"context"

	"k8sbot/glossary"
	"k8sbot/glossary/search"
)

// Search returns at most limit terms that the request's text may mean, best first, and the
// language of the reply. Either all of them are answers or all are suggestions (see
// [search.AnswerThreshold]).
func (b *Bot) Search(ctx context.Context, req Request, limit int) ([]search.Match, glossary.Lang) {
	c := &exchange{Bot: b, Request: &req, log: b.log.With("request", req.ID, "platform", req.Platform)}
	text, _ := excerpt(req.Text, maxQuery*4)
	text = sanitize(text)
	c.setLang(c.language(ctx, text))
	return b.index.Search(text, limit), c.lang
}
