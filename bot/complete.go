package bot

import (
	"context"
	"time"

	"k8sbot/glossary"
)

// A Completion is a term that a person may be about to type.
type Completion struct {
	// Value is what the person would type in full.
	Value string
	// Label names the term in both languages and says what it is. It may be longer
	// than a platform shows.
	Label string
}

// completeTimeout is how long completions may take: they follow somebody's typing.
const completeTimeout = 20 * time.Millisecond

// Complete returns the terms that the person may mean whose text so far is the
// request's, the likeliest first and at most limit. Without a text they are those
// that people meet first, such as the failures of Pods.
func (b *Bot) Complete(ctx context.Context, req Request, limit int) []Completion {
	ctx, cancel := context.WithTimeout(ctx, completeTimeout)
	defer cancel()
	c := &call{Bot: b, Request: &req, log: b.log.With("request", req.ID, "platform", req.Platform)}
	text := clean(req.Text)
	c.speak(c.language(ctx, text))
	terms := b.glossary.Common(limit)
	if text != "" {
		terms = nil
		for _, m := range b.index.Complete(text, limit) {
			terms = append(terms, m.Term)
		}
	}
	completions := make([]Completion, len(terms))
	for i, t := range terms {
		completions[i] = Completion{Value: t.Name.EN, Label: label(t, c.lang)}
	}
	return completions
}

func label(t *glossary.Term, l glossary.Lang) string {
	return bothNames(t, l) + " — " + t.Summary.Paragraph(l)
}
