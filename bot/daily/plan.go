package daily

import (
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
)

// plan turns schedules that are due into deliveries, and reports whether there may
// be more of them than it takes at a time.
func (w *Worker) plan(ctx context.Context) (more bool, err error) {
	due, err := w.opts.Store.DueSchedules(ctx, planBatch)
	if err != nil {
		return false, err
	}
	for _, s := range due {
		if err := w.planSchedule(ctx, s); err != nil {
			return false, err
		}
	}
	return len(due) == planBatch, nil
}

func (w *Worker) planSchedule(ctx context.Context, s bot.Schedule) error {
	loc, err := schedule.LoadZone(s.Zone)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	now := w.opts.Now()
	if s.Next.After(now) {
		return w.replan(ctx, s, now)
	}
	next, day, err := s.After(s.Next)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	// Days that nobody was there for are passed over at once, but for the last.
	over := ""
	if yesterday := now.Add(-24 * time.Hour); next.Before(yesterday) {
		over = day
		if next, day, err = s.After(yesterday); err != nil {
			return w.pause(ctx, s, err.Error())
		}
	}
	planned, err := w.opts.Store.Plan(ctx, s, s.Next.In(loc).Format(time.DateOnly), next)
	if planned && over != "" {
		w.opts.Log.Warn("daily terms are skipped: it is too late for them", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "from", over, "before", day)
	}
	return err
}

// replan resets a schedule whose next run is too far ahead, as after a clock that was
// wrong. A day that already has its post gets no second one.
func (w *Worker) replan(ctx context.Context, s bot.Schedule, now time.Time) error {
	next, _, err := s.After(now)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	if _, err = w.opts.Store.Plan(ctx, s, "", next); err == nil {
		w.opts.Log.Warn("a daily term was planned too far ahead, as by a wrong clock: it comes sooner", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "was", s.Next, "next", next)
	}
	return err
}
