package daily

import (
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
)

// plan turns schedules that are due into deliveries, at most planBatch at a time, and
// reports whether there may be more.
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

// planSchedule plans one delivery for a schedule that is due and moves the schedule on
// to its next run. A schedule that cannot be read any more is paused.
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
	// After downtime, all missed days are skipped in one go, except the first and the last.
	skippedFrom := ""
	if yesterday := now.Add(-24 * time.Hour); next.Before(yesterday) {
		skippedFrom = day
		if next, day, err = s.After(yesterday); err != nil {
			return w.pause(ctx, s, err.Error())
		}
	}
	planned, err := w.opts.Store.Plan(ctx, s, s.Next.In(loc).Format(time.DateOnly), next)
	if planned && skippedFrom != "" {
		w.opts.Log.Warn("missed days skipped, too late", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "from", skippedFrom, "before", day)
	}
	return err
}

// replan resets a schedule whose next run is too far ahead, as after a clock jump. A
// day that already has its post does not get a second one.
func (w *Worker) replan(ctx context.Context, s bot.Schedule, now time.Time) error {
	next, _, err := s.After(now)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	if _, err = w.opts.Store.Plan(ctx, s, "", next); err == nil {
		w.opts.Log.Warn("next run too far ahead, rescheduled", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "was", s.Next, "next", next)
	}
	return err
}
