package daily

import (
	"context"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// deliver brings a delivery that was claimed to its end, or puts it off.
func (w *Worker) deliver(ctx context.Context, v bot.Delivery, poster bot.Poster) {
	log := w.opts.Log.With("platform", v.Channel.Platform, "tenant", v.Channel.Tenant, "channel", v.Channel.ID, "day", v.Day)
	now := w.opts.Now()
	if v.State == bot.Sending && now.Sub(v.Began) > poster.RateLimits().Dedupe {
		log.Warn("a daily term was cut off while it was sent: it may be there or not, and is not sent again", "term", v.Term)
		w.end(ctx, log, v, bot.Unknown, "")
		return
	}
	if late := now.Sub(v.At); v.State == bot.Planned && late >= maxLate {
		log.Warn("a daily term is skipped: it is too late for it", "late", late.Round(time.Minute))
		w.end(ctx, log, v, bot.Skipped, "")
		return
	}
	s, ok, err := w.opts.Store.Schedule(ctx, v.Channel)
	if err != nil {
		log.Warn("a daily term waits for the store", "error", err)
		return // until the lease is over
	}
	if !ok || s.Paused != "" {
		w.end(ctx, log, v, bot.Skipped, "")
		return
	}
	t, round, err := w.termFor(ctx, v, s)
	if err != nil {
		log.Warn("a daily term waits for the store", "error", err)
		return
	}
	if t == nil {
		log.Warn("there is no term for the day", "category", s.Category)
		w.end(ctx, log, v, bot.Skipped, "")
		return
	}
	if ok, err := w.opts.Store.Begin(ctx, v, w.opts.Owner, t.ID, round, lease); err != nil || !ok {
		log.Warn("a daily term is left to another replica, or waits for the store", "error", err)
		return
	}
	posting, cancel := context.WithTimeout(ctx, postTimeout)
	ref, err := poster.Post(posting, v.Channel, w.opts.Replies.DailyPost(t, s.Lang, v.Channel, v.Day), "daily:"+v.Day+":"+v.Channel.Tenant+":"+v.Channel.ID)
	cancel()
	if err == nil {
		log.Info("a daily term is posted", "term", t.ID, "late", w.opts.Now().Sub(v.At).Round(time.Second))
		w.end(ctx, log, v, bot.Sent, ref)
		return
	}
	w.handleFailure(ctx, log, v, s, poster, bot.PostErrorOf(err))
}

// termFor returns the term of a delivery, with its round: the one that was about to be
// sent, or else the one that the channel gets next.
func (w *Worker) termFor(ctx context.Context, v bot.Delivery, s bot.Schedule) (t *glossary.Term, round int, err error) {
	if t, ok := w.opts.Picker.Glossary.Term(v.Term); ok {
		return t, v.Round, nil
	}
	return w.opts.Picker.next(ctx, v.Channel, s.Category)
}

// handleFailure decides what becomes of a delivery that was not posted.
func (w *Worker) handleFailure(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, poster bot.Poster, e *bot.PostError) {
	switch {
	case e.Fault == bot.ChannelUnavailable:
		log.Warn("a channel is closed to the bot: its daily term is paused", "error", e)
		w.end(ctx, log, v, bot.Failed, "")
		if err := w.pause(ctx, s, e.Code); err != nil {
			log.Error("a schedule is not paused", "error", err)
		}
	case e.Fault == bot.Retryable:
		wait := max(min(firstRetry<<min(v.Attempts-1, 10), maxRetry), e.After)
		log.Warn("a daily term was not posted: trying again", "error", e, "wait", wait)
		w.retry(ctx, log, v, wait)
		if poster.RateLimits().PerTenant > 0 && e.After > 0 {
			w.backOff(bot.Tenant{Platform: v.Channel.Platform, ID: v.Channel.Tenant}, e.After)
		}
	case poster.RateLimits().Dedupe > 0:
		log.Warn("a daily term may have been posted: it is sent again with its key when the lease is over", "error", e)
	default:
		log.Warn("a daily term may have been posted, and is not sent again", "error", e)
		w.end(ctx, log, v, bot.Unknown, "")
	}
}

// end ends a delivery. If the store cannot take it, the delivery is claimed
// again, and ended then.
func (w *Worker) end(ctx context.Context, log *slog.Logger, v bot.Delivery, state bot.DeliveryState, ref string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := w.opts.Store.End(ctx, v, w.opts.Owner, state, ref); err != nil {
		log.Error("it is not kept how a daily term ended", "state", state, "error", err)
		return
	}
	w.opts.Count(v.Channel.Platform, state)
}

// retry hands a delivery back for some time, also when the process is told to stop.
func (w *Worker) retry(ctx context.Context, log *slog.Logger, v bot.Delivery, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endWait)
	defer cancel()
	if err := w.opts.Store.Retry(ctx, v, w.opts.Owner, w.opts.Now().Add(wait)); err != nil {
		log.Error("a daily term is not put off", "error", err)
	}
}
