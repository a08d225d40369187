package bot

import (
	"context"

	"k8sbot/bot/redact"
	"k8sbot/glossary/fold"
)

// countMiss counts, in the background, a question that found nothing. It does not count questions
// that are sensitive or longer than [MaxMiss] characters.
func (c *exchange) countMiss(ctx context.Context, text string) {
	if c.editor != nil {
		c.inBackground(ctx, "cannot count gap", func(ctx context.Context) error { return c.editor.Missed(ctx, c.team(), text, c.lang) })
	}
	query := []rune(fold.Key(text))
	if c.store == nil || redact.IsSensitive(text) || len(query) == 0 || len(query) > MaxMiss {
		return // a longer question is not a term, and may be a paste
	}
	tenant := Tenant{c.Platform, c.Tenant}
	c.inBackground(ctx, "cannot count miss", func(ctx context.Context) error {
		return c.store.CountMiss(ctx, tenant, string(query))
	})
}

// inBackground runs call while the reply is being sent. If call returns an error, inBackground logs
// that error; failed is the log message.
func (c *exchange) inBackground(ctx context.Context, failed string, call func(context.Context) error) {
	c.background.Go(ctx, c.log, failed, call)
}

// Wait waits until all background work has finished. Call it after the last request.
func (b *Bot) Wait() { b.background.Wait() }
