package daily

import (
	"context"
	"log/slog"
	"time"

	"k8sbot/bot"
)

// endDelivery ends a delivery. If the store fails, the delivery will be claimed again later and
// ended then.
func (w *Worker) endDelivery(ctx context.Context, log *slog.Logger, v bot.Delivery, state bot.DeliveryState, ref string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := w.o.Store.End(ctx, v, w.o.Owner, state, ref); err != nil {
		log.Error("cannot record delivery result", "state", state, "error", err)
		return
	}
	w.o.Observer.Delivered(v.Channel.Platform, state)
}

// retry returns a delivery, to be claimed again after a wait. It works even while the process
// stops.
func (w *Worker) retry(ctx context.Context, log *slog.Logger, v bot.Delivery, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := w.o.Store.Retry(ctx, v, w.o.Owner, w.o.Now().Add(wait)); err != nil {
		log.Error("cannot reschedule delivery", "error", err)
	}
}
