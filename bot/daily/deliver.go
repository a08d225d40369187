package daily

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/glossary"
)

// An outcome says what a delivery revealed about its tenant's health.
type outcome struct {
	answered bool          // the platform gave a clear answer
	pause    time.Duration // how long to pause the tenant; 0 if nothing is wrong
	backOff  bool          // whether the pause grows with each failure
}

// nothing is the outcome if no post was attempted.
var nothing = outcome{}

// deliver attempts a claimed delivery. It ends the delivery, schedules a retry, or leaves the
// delivery to be claimed again when its lease expires.
func (w *Worker) deliver(ctx context.Context, v bot.Delivery, poster bot.Poster) outcome {
	log := w.o.Log.With("platform", v.Channel.Platform, "tenant", v.Channel.Tenant, "channel", v.Channel.ID, "day", v.Day)
	s, ok, err := w.o.Store.Schedule(ctx, v.Channel)
	if err != nil {
		log.Warn("cannot read schedule", "error", err)
		return nothing
	}
	if v.State == bot.Sending {
		if o, done := w.resolve(ctx, log, v, s, poster); done {
			return o
		}
	}
	if late := w.o.Now().Sub(v.At); late >= maxLate {
		log.Warn("skipped late daily term", "late", late.Round(time.Minute))
		w.endDelivery(ctx, log, v, bot.Skipped, "")
		w.notifyLost(ctx, s, v, "", false)
		return nothing
	}
	if !ok || s.Paused != "" {
		w.endDelivery(ctx, log, v, bot.Skipped, "")
		return nothing
	}
	return w.post(ctx, log, v, s, poster)
}

// resolve decides what to do with a delivery that an earlier attempt may have posted. done is
// false if the delivery may be posted now.
func (w *Worker) resolve(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, poster bot.Poster) (o outcome, done bool) {
	if dedupe := poster.RateLimits().Dedupe; dedupe > 0 && w.o.Now().Sub(v.Began) <= dedupe {
		return nothing, false // the platform will drop a duplicate
	}
	if finder, ok := poster.(bot.PostFinder); ok {
		ref, found, err := finder.FindPost(ctx, v.Channel, v.Began, bot.DailyButtonID(v.Term))
		switch {
		case found:
			log.Info("daily term already posted", "term", v.Term)
			w.endDelivery(ctx, log, v, bot.Sent, ref)
			return outcome{answered: true}, true
		case err == nil:
			return nothing, false // the post is not in the channel
		case !errors.Is(err, bot.ErrCannotSearch) && w.o.Now().Sub(v.At) < maxLate:
			log.Warn("cannot search for daily term, will retry", "error", err)
			w.retry(ctx, log, v, firstRetry)
			return outcome{pause: firstPause, backOff: true}, true
		}
	}
	if w.o.Prefer == Sure {
		return nothing, false
	}
	log.Warn("delivery outcome unknown, not posting again", "term", v.Term)
	w.endDelivery(ctx, log, v, bot.Unknown, "")
	w.notifyLost(ctx, s, v, "", true)
	return nothing, true
}

// canSearch reports whether poster can search a channel for a post.
func canSearch(poster bot.Poster) bool {
	_, ok := poster.(bot.PostFinder)
	return ok
}

// post posts a delivery's term. If the platform rejects the term, post tries other terms, up to
// maxTerms in total.
func (w *Worker) post(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, poster bot.Poster) outcome {
	var failed *bot.PostError
	for range maxTerms {
		t, round, err := w.termFor(ctx, v, s)
		if err != nil {
			log.Warn("cannot pick daily term", "error", err)
			return nothing
		}
		if t == nil {
			log.Warn("no daily term to post", "category", s.Category)
			w.endDelivery(ctx, log, v, bot.Skipped, "")
			return nothing
		}
		switch ok, err := w.begin(ctx, v, t.ID, round); {
		case err != nil:
			// The store may have recorded it anyway, but nothing was sent.
			log.Warn("cannot begin delivery, will retry", "error", err)
			w.retry(ctx, log, v, 0)
			return nothing
		case !ok:
			log.Warn("lost claim on delivery, leaving it to another replica")
			return nothing
		}
		posting, cancel := context.WithTimeout(ctx, postTimeout)
		ref, err := poster.Post(posting, v.Channel, w.o.Replies.DailyPost(t, s.Lang, v.Day, w.forgotLastWeek(ctx, log, v)), "daily:"+v.Day+":"+v.Channel.Tenant+":"+v.Channel.ID)
		cancel()
		if err == nil {
			log.Info("posted daily term", "term", t.ID, "late", w.o.Now().Sub(v.At).Round(time.Second))
			w.endDelivery(ctx, log, v, bot.Sent, ref)
			w.clearRefusal(ctx, log, s)
			return outcome{answered: true}
		}
		v.Term = t.ID
		if failed = bot.PostErrorOf(err); failed.Fault != bot.ContentRejected {
			return w.handleFailure(ctx, log, v, s, poster, failed)
		}
		log.Error("platform rejected term, trying another", "term", t.ID, "error", failed)
		w.reject(v.Channel.Platform, t.ID)
	}
	w.endDelivery(ctx, log, v, bot.Failed, "")
	w.notifyLost(ctx, s, v, failed.Why(), false)
	return outcome{answered: true}
}

// termFor returns the term to post and its round. This is the earlier attempt's term. If there was
// no earlier attempt, or the platform rejected that term, this is the channel's next term.
func (w *Worker) termFor(ctx context.Context, v bot.Delivery, s bot.Schedule) (t *glossary.Term, round int, err error) {
	rejected := w.rejectedOn(v.Channel.Platform)
	if t, ok := w.o.Picker.term(ctx, v.Channel, v.Term); ok && !rejected[t.ID] {
		return t, v.Round, nil
	}
	return w.o.Picker.next(ctx, v.Channel, s.Category, rejected)
}

// forgotLastWeek returns the terms that the people in the channel forgot last week, if the
// delivery is for a Monday. If the terms cannot be read, it returns nil, and the post mentions
// none.
func (w *Worker) forgotLastWeek(ctx context.Context, log *slog.Logger, v bot.Delivery) (terms []*glossary.Term) {
	day, err := review.ParseDay(v.Day)
	if err != nil || day.Weekday() != time.Monday || w.o.Picker.Forgetting == nil {
		return nil
	}
	ctx, cancel := withStoreTimeout(ctx)
	defer cancel()
	forgotten, err := w.o.Picker.Forgetting.ForgotLastWeek(ctx, string(v.Channel.Platform), v.Channel.Tenant, v.Channel.ID, day)
	if err != nil {
		log.Warn("cannot read forgotten terms", "error", err)
	}
	for _, f := range forgotten {
		if t, ok := w.o.Picker.term(ctx, v.Channel, f.Term); ok {
			terms = append(terms, t)
		}
	}
	return terms
}

// reject remembers that the platform does not accept the term.
func (w *Worker) reject(p bot.Platform, term string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rejected[rejection{p, term}] = time.Now()
}

// rejectedOn returns the IDs of the terms that the platform rejected less than keepRejected ago.
func (w *Worker) rejectedOn(p bot.Platform) map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids map[string]bool
	for r, at := range w.rejected {
		switch {
		case time.Since(at) > keepRejected:
			delete(w.rejected, r)
		case r.platform == p:
			if ids == nil {
				ids = make(map[string]bool)
			}
			ids[r.term] = true
		}
	}
	return ids
}

// handleFailure decides what to do with a delivery that was not posted, or may not have been
// posted.
func (w *Worker) handleFailure(ctx context.Context, log *slog.Logger, v bot.Delivery, s bot.Schedule, poster bot.Poster, e *bot.PostError) outcome {
	switch {
	case e.Fault == bot.ChannelUnavailable:
		w.handleRefusal(ctx, log, v, s, e)
		return outcome{answered: true}
	case e.Fault == bot.Retryable:
		after := min(e.After, maxAfter)
		wait := max(min(firstRetry<<min(max(v.Attempts-1, 0), 10), maxRetry), after)
		log.Warn("cannot post daily term, will retry", "error", e, "wait", wait)
		w.retry(ctx, log, v, wait)
		switch {
		case after > 0 && poster.RateLimits().PerTenant > 0:
			return outcome{pause: after}
		case after > 0 || e.Code != "":
			return outcome{answered: true}
		}
		return outcome{pause: firstRetry, backOff: true} // the platform could not be reached
	case poster.RateLimits().Dedupe > 0 || canSearch(poster):
		log.Warn("delivery outcome unknown, will search for the post when the lease expires", "error", e)
	case w.o.Prefer == Sure:
		log.Warn("delivery outcome unknown, will post again", "error", e)
		w.retry(ctx, log, v, firstRetry)
	default:
		log.Warn("delivery outcome unknown, not posting again", "error", e)
		w.endDelivery(ctx, log, v, bot.Unknown, "")
		w.notifyLost(ctx, s, v, "", true)
	}
	return outcome{pause: firstPause, backOff: true}
}
