package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
)

// A Completion is a term that autocomplete offers.
type Completion struct {
	// Value is the text that replaces what the person has typed.
	Value string
	// Label names the term in both languages and says what it is. It may be longer than
	// the platform's limit.
	Label string
}

// completeTimeout is how long completions may take, since people are typing.
const completeTimeout = 20 * time.Millisecond

// Complete returns at most limit terms that complete the request's text, the most
// likely first. Without a text, it returns the terms that people meet first, such as
// Pod failures.
func (b *Bot) Complete(ctx context.Context, req Request, limit int) []Completion {
	ctx, cancel := context.WithTimeout(ctx, completeTimeout)
	defer cancel()
	c := b.exchange(ctx, &req, b.log.With("request", req.ID, "platform", req.Platform))
	text := query.Clean(req.Text)
	c.setLang(c.language(ctx, text))
	terms := c.view.Complete(text, limit)
	completions := make([]Completion, len(terms))
	for i, t := range terms {
		completions[i] = Completion{Value: t.Name.EN, Label: answer.Line(t, c.lang)}
	}
	return completions
}
