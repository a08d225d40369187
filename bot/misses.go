package bot

import (
	"context"
	"k8sbot/glossary/fold"
	"time"
)

const (
	// maxCounting is the number of questions that are counted at a time; more are
	// not counted, which a list of what people ask can bear.
	maxCounting = 16
	// countWait is how long the store may take to count one.
	countWait = 5 * time.Second
)

// countMiss keeps a question that found nothing, beside the answer: nobody
// waits for it.
func (c *call) countMiss(ctx context.Context, text string) {
	query := []rune(fold.Key(text))
	if c.store == nil || len(query) == 0 || len(query) > MaxMiss {
		return // what is longer is no word, and may be a paste
	}
	tenant := Tenant{c.Platform, c.Tenant}
	c.beside(ctx, "a miss was not counted", func(ctx context.Context) error {
		return c.store.CountMiss(ctx, tenant, string(query))
	})
}

// beside counts something while the answer goes out. What fails is logged, and
// what comes while too much is being counted, or the store is away, is not counted.
func (c *call) beside(ctx context.Context, failed string, count func(context.Context) error) {
	if c.storeIsDown() {
		return
	}
	select {
	case c.counting <- struct{}{}:
	default:
		return
	}
	c.counted.Go(func() {
		defer func() { <-c.counting }()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), countWait)
		defer cancel()
		if err := count(ctx); err != nil {
			c.leaveStore()
			c.log.Warn(failed, "error", err)
		}
	})
}

// Wait returns when all that goes on beside the answers is done. It is called
// once no request comes any more.
func (b *Bot) Wait() { b.counted.Wait() }
