package daily

import (
	"context"
	"log/slog"

	"k8sbot/bot"
	"k8sbot/bot/reply"
)

// refused ends a delivery to a channel that the bot may not post in. The same refusal on
// a second day pauses the schedule: a single one may be a mistake that is mended soon.
func (w *Worker) refused(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, e *bot.PostError) {
	w.end(ctx, log, v, bot.Failed, "")
	if s.Refused == e.Code && s.RefusedDay != "" && s.RefusedDay < v.Day {
		log.Warn("channel refused the bot on two days, pausing its schedule", "error", e)
		if err := w.pause(ctx, s, e.Code); err != nil {
			log.Error("cannot pause schedule", "error", err)
		}
		return
	}
	log.Warn("channel refused the bot", "error", e)
	if err := w.o.Store.RefuseSchedule(ctx, s.Channel, v.Day, e.Code); err != nil {
		log.Error("cannot record refusal", "error", err)
	}
	w.tellLost(ctx, s, v, e.Code, false)
}

// clearRefusal forgets an earlier refusal of a channel that accepts posts again.
func (w *Worker) clearRefusal(ctx context.Context, log *slog.Logger, s bot.Schedule) {
	if s.RefusedDay == "" {
		return
	}
	if err := w.o.Store.RefuseSchedule(ctx, s.Channel, "", ""); err != nil {
		log.Warn("cannot clear refusal", "error", err)
	}
}

// pause pauses a schedule and tells its creator. Of several replicas, one does.
func (w *Worker) pause(ctx context.Context, s bot.Schedule, why string) error {
	first, err := w.o.Store.PauseSchedule(ctx, s.Channel, why)
	if err != nil || !first {
		return err
	}
	w.tell(ctx, s, w.o.Replies.DailyPaused(s, why))
	return nil
}

// tellLost tells the creator of a schedule that a day got no term, or, if unclear is set,
// may have got none. Of several channels, creators are told about the first one.
func (w *Worker) tellLost(ctx context.Context, s bot.Schedule, v bot.Delivery, why string, unclear bool) {
	n := notice{bot.Tenant{Platform: s.Channel.Platform, ID: s.Channel.Tenant}, s.Creator, v.Day}
	w.mu.Lock()
	known := w.told[n]
	if len(w.told) > 10_000 {
		clear(w.told)
	}
	w.told[n] = true
	w.mu.Unlock()
	if !known {
		w.tell(ctx, s, w.o.Replies.DailyLost(s, v.Day, why, unclear))
	}
}

// tell sends a direct message to the creator of a schedule.
func (w *Worker) tell(ctx context.Context, s bot.Schedule, r reply.Reply) {
	poster, ok := w.o.Posters.Get(s.Channel.Platform)
	if !ok || s.Creator == "" {
		return
	}
	if err := poster.SendDirect(ctx, bot.Tenant{Platform: s.Channel.Platform, ID: s.Channel.Tenant}, s.Creator, r); err != nil {
		w.o.Log.Warn("cannot notify the creator of a schedule", "channel", s.Channel.ID, "error", err)
	}
}
