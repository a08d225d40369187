package daily

import (
	"context"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/glossary"
)

// deliver posts the term of a claimed delivery and records the result. If it can do
// neither, it leaves the delivery to a later claim.
func (w *Worker) deliver(ctx context.Context, d bot.Delivery, poster bot.Poster) {
	log := w.opts.Log.With("platform", d.Channel.Platform, "tenant", d.Channel.Tenant, "channel", d.Channel.ID, "day", d.Day)
	now := w.opts.Now()
	if d.State == bot.Sending && now.Sub(d.Began) > poster.RateLimits().Dedupe {
		log.Warn("delivery interrupted, outcome unknown, not sending again", "term", d.Term)
		w.end(ctx, log, d, bot.Unknown, "")
		return
	}
	if late := now.Sub(d.At); d.State == bot.Planned && late >= maxLate {
		log.Warn("delivery skipped, too late", "late", late.Round(time.Minute))
		w.end(ctx, log, d, bot.Skipped, "")
		return
	}
	s, ok, err := w.opts.Store.Schedule(ctx, d.Channel)
	if err != nil {
		log.Warn("cannot read schedule, will retry", "error", err)
		return // the delivery is claimed again when the lease ends
	}
	if !ok || s.Paused != "" {
		w.end(ctx, log, d, bot.Skipped, "")
		return
	}
	t, round, err := w.termFor(ctx, d, s)
	if err != nil {
		log.Warn("cannot pick term, will retry", "error", err)
		return
	}
	if t == nil {
		log.Warn("delivery skipped, no terms in category", "category", s.Category)
		w.end(ctx, log, d, bot.Skipped, "")
		return
	}
	if ok, err := w.opts.Store.Begin(ctx, d, w.opts.Owner, t.ID, round, lease); err != nil || !ok {
		// Without an error, another replica has the claim.
		log.Warn("cannot begin delivery, leaving it to a later claim", "error", err)
		return
	}
	posting, cancel := context.WithTimeout(ctx, postTimeout)
	ref, err := poster.Post(posting, d.Channel, w.opts.Replies.DailyPost(t, s.Lang, d.Channel, d.Day), "daily:"+d.Day+":"+d.Channel.Tenant+":"+d.Channel.ID)
	cancel()
	if err == nil {
		log.Info("daily term posted", "term", t.ID, "late", w.opts.Now().Sub(d.At).Round(time.Second))
		w.end(ctx, log, d, bot.Sent, ref)
		return
	}
	w.handleFailure(ctx, log, d, s, poster, bot.PostErrorOf(err))
}

// termFor returns the term of a delivery and its round: the term that an earlier
// claim was about to send, or else the next one for the channel. t is nil if the
// schedule's category has no terms.
func (w *Worker) termFor(ctx context.Context, d bot.Delivery, s bot.Schedule) (t *glossary.Term, round int, err error) {
	if t, ok := w.opts.Picker.Glossary.Term(d.Term); ok {
		return t, d.Round, nil
	}
	return w.opts.Picker.next(ctx, d.Channel, s.Category)
}

// handleFailure decides by the kind of failure whether a delivery is retried, ended,
// or left until its lease ends.
func (w *Worker) handleFailure(ctx context.Context, log *slog.Logger, d bot.Delivery, s bot.Schedule, poster bot.Poster, e *bot.PostError) {
	switch {
	case e.Fault == bot.ChannelUnavailable:
		log.Warn("channel unavailable, pausing its schedule", "error", e)
		w.end(ctx, log, d, bot.Failed, "")
		if err := w.pause(ctx, s, e.Code); err != nil {
			log.Error("cannot pause schedule", "error", err)
		}
	case e.Fault == bot.Retryable:
		wait := max(min(firstRetry<<min(d.Attempts-1, 10), maxRetry), e.After)
		log.Warn("post failed, will retry", "error", e, "wait", wait)
		w.retry(ctx, log, d, wait)
		if poster.RateLimits().PerTenant > 0 && e.After > 0 {
			w.backOff(bot.Tenant{Platform: d.Channel.Platform, ID: d.Channel.Tenant}, e.After)
		}
	case poster.RateLimits().Dedupe > 0:
		log.Warn("post outcome unknown, will send again with the same key", "error", e)
	default:
		log.Warn("post outcome unknown, not sending again", "error", e)
		w.end(ctx, log, d, bot.Unknown, "")
	}
}

// end records the final state of a delivery, even if ctx has ended. If the store
// fails, the delivery is claimed again later and ended then.
func (w *Worker) end(ctx context.Context, log *slog.Logger, d bot.Delivery, state bot.DeliveryState, ref string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := w.opts.Store.End(ctx, d, w.opts.Owner, state, ref); err != nil {
		log.Error("cannot record delivery result", "state", state, "error", err)
		return
	}
	w.opts.Count(d.Channel.Platform, state)
}

// retry hands a delivery back so that it can be claimed after wait, even if ctx has
// ended.
func (w *Worker) retry(ctx context.Context, log *slog.Logger, d bot.Delivery, wait time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	if err := w.opts.Store.Retry(ctx, d, w.opts.Owner, w.opts.Now().Add(wait)); err != nil {
		log.Error("cannot reschedule delivery", "error", err)
	}
}
