package editor

import (
	"context"
	"time"
)

const (
	// confirmAfter is the time after which the owner of confirmed text is asked again.
	confirmAfter = 180 * 24 * time.Hour
	// askEvery is the time between two rounds of questions. maxOwners is the maximum number of
	// questions in a round.
	askEvery  = time.Hour
	maxOwners = 20
)

// Run regularly asks the owners of old texts whether their texts are still right, until ctx is
// done.
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

// AskOwners asks the owners of texts that have not been confirmed for 180 days whether their texts
// are still right. If a question cannot be sent, the owner is asked again 180 days later.
func (e *Editor) AskOwners(ctx context.Context) {
	now := e.now()
	due, err := e.store.Unconfirmed(ctx, now.Add(-confirmAfter), now, maxOwners)
	if err != nil {
		if ctx.Err() == nil {
			e.log.Error("cannot read unconfirmed terms, will retry", "error", err)
		}
		return
	}
	for _, u := range due {
		t, ok := termOf(u.Entry)
		if !ok {
			continue
		}
		if err := e.poster.Tell(ctx, u.Tenant, u.Entry.Owner, stillRight(u, t)); err != nil {
			e.log.Warn("cannot ask owner to confirm term", "platform", u.Tenant.Platform, "error", err)
		}
	}
}
