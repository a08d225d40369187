package daily

import (
	"context"

	"k8sbot/bot"
)

// pause pauses a schedule and notifies its creator. If several replicas pause the same
// schedule, only the first one notifies.
func (w *Worker) pause(ctx context.Context, s bot.Schedule, why string) error {
	first, err := w.opts.Store.PauseSchedule(ctx, s.Channel, why)
	if err != nil || !first || s.Creator == "" {
		return err
	}
	poster, ok := w.opts.Posters.Get(s.Channel.Platform)
	if !ok {
		return nil
	}
	r := w.opts.Replies.DailyPaused(s, why)
	if err := poster.SendDirect(ctx, bot.Tenant{Platform: s.Channel.Platform, ID: s.Channel.Tenant}, s.Creator, r); err != nil {
		w.opts.Log.Warn("cannot notify creator of paused schedule", "channel", s.Channel.ID, "error", err)
	}
	return nil
}
