package daily

import (
	"context"
	"log/slog"
	"time"

	"k8sbot/bot"
)

// begin records that a term is about to be sent.
func (w *Worker) begin(ctx context.Context, v bot.Delivery, term string, round int) (ok bool, err error) {
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	return w.o.Store.Begin(ctx, v, w.o.Owner, term, round, lease)
}

// endDelivery ends a delivery. If the store keeps failing until the claim expires, the delivery is
// claimed again and ended later.
func (w *Worker) endDelivery(ctx context.Context, log *slog.Logger, v bot.Delivery, state bot.DeliveryState, ref string) {
	err := recordOutcome(ctx, func(ctx context.Context) error { return w.o.Store.End(ctx, v, w.o.Owner, state, ref) })
	if err != nil {
		log.Error("cannot record delivery result", "state", state, "error", err)
		return
	}
	w.o.Observer.Delivered(v.Channel.Platform, state)
}

// retry gives up the claim on a delivery, so that the delivery can be claimed again after the
// given wait. It works even if the process is stopping.
func (w *Worker) retry(ctx context.Context, log *slog.Logger, v bot.Delivery, wait time.Duration) {
	at := w.o.Now().Add(wait)
	err := recordOutcome(ctx, func(ctx context.Context) error { return w.o.Store.Retry(ctx, v, w.o.Owner, at) })
	if err != nil {
		log.Error("cannot reschedule delivery", "error", err)
	}
}

// recordOutcome calls store, which records a delivery's outcome, until the call succeeds. If the
// outcome were not recorded, it would be unknown, and the post might be lost. recordOutcome gives
// up when ctx is done, because then the claim has expired or the process is stopping. The last call
// may take endWait longer.
func recordOutcome(ctx context.Context, store func(context.Context) error) error {
	all, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(endWait, cancel) })()
	for {
		once, cancel := withStoreTimeout(all)
		err := store(once)
		cancel()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(endRetry):
		}
	}
}
