package digest

import (
	"context"
	"log/slog"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/reply"
	"k8sbot/bot/review"
)

// A message is a digest's message, together with the decision that led to it.
type message struct {
	tenant bot.Tenant
	digest review.Digest
	action review.Action
	reply  reply.Reply
	day    review.Day
}

// send sends a message and stores its ID. It returns false if the platform does not answer.
func (w *Worker) send(working, ctx context.Context, log *slog.Logger, m Messenger, msg message) bool {
	old := msg.digest.Ref
	if old != "" && (msg.action == review.Edit || msg.action == review.Farewell || msg.action == review.Finish) {
		err := w.sendWithRetry(working, ctx, log, func(ctx context.Context) error { return m.EditMessage(ctx, msg.tenant, old, msg.reply) })
		if err == nil {
			log.Info("edited digest", "action", msg.action)
			return true
		}
		if failed := bot.PostErrorOf(err); failed.Fault == bot.Retryable || failed.Fault == bot.OutcomeUnknown {
			log.Warn("cannot edit digest", "error", err)
			return false
		}
		if msg.action == review.Finish {
			log.Info("cannot finish digest", "error", err) // there is nothing left to say
			return true
		}
		log.Info("cannot edit digest, sending a new one", "error", err) // the person has deleted it
	}
	var ref string
	key := "digest:" + msg.day.String() + ":" + msg.digest.Learner.Tenant + ":" + msg.digest.Learner.User + ":" + string(msg.action)
	err := w.sendWithRetry(working, ctx, log, func(ctx context.Context) (err error) {
		ref, err = m.SendMessage(ctx, msg.tenant, msg.digest.Learner.User, msg.reply, key)
		return err
	})
	if err != nil {
		failed := bot.PostErrorOf(err)
		log.Warn("cannot send digest", "error", err, "reason", failed.Why())
		return failed.Fault != bot.Retryable && failed.Fault != bot.OutcomeUnknown
	}
	log.Info("sent digest", "action", msg.action)
	storing, cancel := context.WithTimeout(working, storeTimeout)
	defer cancel()
	if err := w.o.Reviewer.Sent(storing, msg.digest.Learner, ref); err != nil {
		log.Error("cannot store sent digest", "error", err)
	}
	if old != "" {
		deleting, cancel := context.WithTimeout(working, sendTimeout)
		defer cancel()
		if err := m.DeleteMessage(deleting, msg.tenant, old); err != nil {
			log.Info("cannot delete previous digest", "error", err)
		}
	}
	return true
}

// sendWithRetry calls send until it succeeds, fails permanently, or has been retried for giveUp. It
// returns the last error. It waits between attempts, but not after ctx is done.
func (w *Worker) sendWithRetry(working, ctx context.Context, log *slog.Logger, send func(context.Context) error) error {
	began, wait := time.Now(), firstRetry
	for {
		attempt, cancel := context.WithTimeout(working, sendTimeout)
		err := send(attempt)
		cancel()
		if err == nil {
			return nil
		}
		failed := bot.PostErrorOf(err)
		pause := max(wait, failed.After)
		if failed.Fault != bot.Retryable || time.Since(began)+pause > giveUp {
			return err
		}
		log.Warn("cannot send digest, will retry", "error", err, "wait", pause)
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
		wait *= 2
	}
}
