package daily

import (
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/schedule"
)

// plan turns due schedules into deliveries. It returns true if more schedules may be due.
func (w *Worker) plan(ctx context.Context) (more bool, err error) {
	due, err := w.o.Store.DueSchedules(ctx, planBatch)
	if err != nil {
		return false, err
	}
	for _, s := range due {
		if err := w.planOne(ctx, s); err != nil {
			return false, err
		}
	}
	return len(due) == planBatch, nil
}

func (w *Worker) planOne(ctx context.Context, s bot.Schedule) error {
	loc, err := schedule.LoadZone(s.Zone)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	now := w.o.Now()
	if s.Next.After(now) {
		return w.replan(ctx, s, now)
	}
	next, day, err := s.After(s.Next)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	// After a long outage, skip all missed days except the last one.
	skipped := ""
	if yesterday := now.Add(-24 * time.Hour); next.Before(yesterday) {
		skipped = day
		if next, day, err = s.After(yesterday); err != nil {
			return w.pause(ctx, s, err.Error())
		}
	}
	planned, err := w.o.Store.Plan(ctx, s, s.Next.In(loc).Format(time.DateOnly), next, w.jitter(s))
	if planned && skipped != "" {
		w.o.Log.Warn("skipped missed days", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "from", skipped, "before", day)
	}
	return err
}

// jitter returns how long a channel's post is delayed. The delay is the same on every replica.
func (w *Worker) jitter(s bot.Schedule) time.Duration {
	if w.o.Jitter <= 0 {
		return 0
	}
	return time.Duration(shuffleKey(s.Channel, s.Next.UTC().Format(time.DateOnly), 0) % uint64(w.o.Jitter))
}

// replan resets a schedule whose next run is too far ahead, for example after a clock jump. A
// day that already has its post does not get a second one.
func (w *Worker) replan(ctx context.Context, s bot.Schedule, now time.Time) error {
	next, _, err := s.After(now)
	if err != nil {
		return w.pause(ctx, s, err.Error())
	}
	if _, err = w.o.Store.Plan(ctx, s, "", next, 0); err == nil {
		w.o.Log.Warn("schedule too far ahead, resetting it", "platform", s.Channel.Platform,
			"tenant", s.Channel.Tenant, "channel", s.Channel.ID, "was", s.Next, "next", next)
	}
	return err
}
