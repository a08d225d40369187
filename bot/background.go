package bot

import (
	"context"
	"errors"

	"k8sbot/bot/breaker"
	"k8sbot/glossary/fold"
)

// countMiss counts a question that found nothing, in the background.
func (c *exchange) countMiss(ctx context.Context, text string) {
	query := []rune(fold.Key(text))
	if c.store == nil || len(query) == 0 || len(query) > MaxMiss {
		return // longer texts are not a term, and may be a paste
	}
	tenant := Tenant{c.Platform, c.Tenant}
	c.inBackground(ctx, "cannot count miss", func(ctx context.Context) error {
		return c.store.CountMiss(ctx, tenant, string(query))
	})
}

// inBackground calls count while the reply goes out, and logs failed if it returns an
// error. It drops the call if too many are running or the store is down.
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

// Wait waits for background work. Call it after the last request.
func (b *Bot) Wait() { b.background.Wait() }
