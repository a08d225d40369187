package editor

import (
	"context"
	"time"
)

const (
	// confirmAfter is how long a text counts as right without a question to its owner.
	confirmAfter = 180 * 24 * time.Hour
	// askEvery is how often owners are asked, and maxOwners how many at once.
	askEvery  = time.Hour
	maxOwners = 20
)

// Run asks the owners of old texts whether these are still right, until ctx is done.
func (e *Editor) Run(ctx context.Context) error {
	ticker := time.NewTicker(askEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			e.AskOwners(ctx)
		}
	}
}

// AskOwners asks the owners of texts that nobody has confirmed for 180 days. A question that cannot
// be sent is asked 180 days later.
func (e *Editor) AskOwners(ctx context.Context) {
	now := e.now()
	due, err := e.store.Unconfirmed(ctx, now.Add(-confirmAfter), now, maxOwners)
	if err != nil {
		if ctx.Err() == nil {
			e.log.Error("cannot read terms to confirm, will retry", "error", err)
		}
		return
	}
	for _, u := range due {
		t, ok := termOf(u.Entry)
		if !ok {
			continue
		}
		if err := e.poster.Tell(ctx, u.Tenant, u.Entry.Owner, stillRight(u, t)); err != nil {
			e.log.Warn("cannot ask owner of term", "platform", u.Tenant.Platform, "error", err)
		}
	}
}
