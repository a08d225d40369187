package daily

import (
	"context"
	"log/slog"

	"k8sbot/bot"
	"k8sbot/bot/reply"
)

// handleRefusal ends a delivery to a channel that the bot may not post in. It pauses the schedule
// if the same refusal occurs on a second day. A single refusal may have a cause that is soon
// removed.
func (w *Worker) handleRefusal(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, e *bot.PostError) {
	w.endDelivery(ctx, log, v, bot.Failed, "")
	if s.Refused == e.Code && s.RefusedDay != "" && s.RefusedDay < v.Day {
		log.Warn("post refused on two days, pausing schedule", "error", e)
		if err := w.pause(ctx, s, e.Why()); err != nil {
			log.Error("cannot pause schedule", "error", err)
		}
		return
	}
	log.Warn("post refused", "error", e)
	if err := w.o.Store.RefuseSchedule(ctx, s.Channel, v.Day, e.Code); err != nil {
		log.Error("cannot record refusal", "error", err)
	}
	w.notifyLost(ctx, s, v, e.Why(), false)
}

// clearRefusal clears the recorded refusal for a channel that accepts posts again.
func (w *Worker) clearRefusal(ctx context.Context, log *slog.Logger, s bot.Schedule) {
	if s.RefusedDay == "" {
		return
	}
	if err := w.o.Store.RefuseSchedule(ctx, s.Channel, "", ""); err != nil {
		log.Warn("cannot clear refusal", "error", err)
	}
}

// pause pauses a schedule and notifies its creator. If several replicas pause the schedule, only
// one notifies the creator.
func (w *Worker) pause(ctx context.Context, s bot.Schedule, why string) error {
	first, err := w.o.Store.PauseSchedule(ctx, s.Channel, why)
	if err != nil || !first {
		return err
	}
	w.notify(ctx, s, w.o.Replies.DailyPaused(s, why))
	return nil
}

// notifyLost tells a schedule's creator that no term was posted on the given day. If unclear is
// set, the message says that the term may or may not have been posted. A person who created several
// schedules is told only once for each day.
func (w *Worker) notifyLost(ctx context.Context, s bot.Schedule, v bot.Delivery, why string, unclear bool) {
	n := notice{bot.Tenant{Platform: s.Channel.Platform, ID: s.Channel.Tenant}, s.Creator, v.Day}
	w.mu.Lock()
	known := w.notified[n]
	if len(w.notified) > 10_000 {
		clear(w.notified)
	}
	w.notified[n] = true
	w.mu.Unlock()
	if !known {
		w.notify(ctx, s, w.o.Replies.DailyLost(s, v.Day, why, unclear))
	}
}

// notify sends a direct message to a schedule's creator.
func (w *Worker) notify(ctx context.Context, s bot.Schedule, r reply.Reply) {
	poster, ok := w.o.Posters.Get(s.Channel.Platform)
	if !ok || s.Creator == "" {
		return
	}
	if err := poster.SendDirect(ctx, bot.Tenant{Platform: s.Channel.Platform, ID: s.Channel.Tenant}, s.Creator, r); err != nil {
		w.o.Log.Warn("cannot notify schedule creator", "channel", s.Channel.ID, "error", err)
	}
}
