package bot

import (
	"context"
	"errors"

	"k8sbot/bot/breaker"
	"k8sbot/glossary"
)

// countMiss keeps a question that found nothing, beside the answer: nobody
// waits for it.
func (c *exchange) countMiss(ctx context.Context, text string) {
	query := []rune(glossary.Fold(text))
	if c.store == nil || len(query) == 0 || len(query) > MaxMiss {
		return // what is longer is no word, and may be a paste
	}
	tenant := Tenant{c.Platform, c.Tenant}
	c.inBackground(ctx, "a miss was not counted", func(ctx context.Context) error {
		return c.store.CountMiss(ctx, tenant, string(query))
	})
}

// inBackground counts something while the answer goes out. What fails is logged, and
// what comes while too much is being counted, or the store is away, is not counted.
func (c *exchange) inBackground(ctx context.Context, failed string, count func(context.Context) error) {
	if c.storeBreaker.Open() {
		return
	}
	select {
	case c.backgroundSlots <- struct{}{}:
	default:
		return
	}
	c.background.Go(func() {
		defer func() { <-c.backgroundSlots }()
		err := c.storeBreaker.Do(context.WithoutCancel(ctx), backgroundTimeout, count)
		if err != nil && !errors.Is(err, breaker.ErrOpen) {
			c.log.Warn(failed, "error", err)
		}
	})
}

// Wait returns when all that goes on beside the answers is done. It is called
// once no request comes any more.
func (b *Bot) Wait() { b.background.Wait() }
