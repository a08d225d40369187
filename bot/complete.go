package bot

import (
	"context"
	"time"

	"k8sbot/bot/answer"
	"k8sbot/bot/query"
)

// A Completion is a term that autocomplete suggests.
type Completion struct {
	// Value replaces the text that the person has typed.
	Value string
	// Name is like Value, but is in Japanese if the text that the person has typed is and the term
	// has a Japanese name. A Japanese name may have several meanings.
	Name string
	// Label is the term's name in both languages and its summary, without code marks. It may be
	// longer than the platform allows.
	Label string
}

// completeTimeout limits how long completions take. It is short, since people are typing.
const completeTimeout = 20 * time.Millisecond

// Complete returns at most limit terms that complete the request's text, most likely first. If the
// text is empty, it returns the terms that newcomers need first, such as Pod failures.
func (b *Bot) Complete(ctx context.Context, req Request, limit int) []Completion {
	ctx, cancel := context.WithTimeout(ctx, completeTimeout)
	defer cancel()
	c := b.exchange(ctx, &req, b.log.With("request", req.ID, "platform", req.Platform))
	text := query.Clean(req.Text)
	c.setLang(c.language(ctx, text))
	terms := c.view.Complete(text, limit)
	completions := make([]Completion, len(terms))
	for i, t := range terms {
		completions[i] = Completion{Value: t.Name.EN, Name: answer.NameFor(t, text), Label: answer.Label(t, c.lang)}
	}
	return completions
}
