package answer

import (
	"slices"

	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// WithPage adds a link to an answer about a term. The link leads to the term on the page that
// lists all terms. address is the URL of that page, without a trailing slash. WithPage returns
// r unchanged if address is "".
func WithPage(r reply.Reply, l glossary.Lang, t *glossary.Term, address string) reply.Reply {
	if address == "" {
		return r
	}
	w := newWriter(nil, l)
	r.Blocks = slices.Clone(r.Blocks)
	for i, b := range r.Blocks {
		if title, ok := b.(reply.Title); ok {
			title.Page = reply.Link{Label: w.texts.Page, URL: address + "/?lang=" + string(l) + "#" + t.ID}
			r.Blocks[i] = title
		}
	}
	return r
}
