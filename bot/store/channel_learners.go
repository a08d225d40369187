package store

import (
	"context"
	"database/sql"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

var _ review.Channels = learners{}

// NoteChannel implements [review.Channels].
func (s learners) NoteChannel(ctx context.Context, l review.Learner, channel string, at time.Time) error {
	if err := limits.CheckLearner(l, channel); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *sql.Tx) error {
		if _, ok, err := lockLearner(ctx, tx, l, 0); err != nil || !ok {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO channel_learner (platform, tenant, person, channel, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (platform, tenant, channel, person) DO UPDATE SET at = excluded.at`, learnerArgs(l, channel, at.UnixMilli())...)
		return err
	})
	return s.db.Wrap("store a learner's channel in", err)
}

const channelLearners = `SELECT person FROM channel_learner WHERE platform = $1 AND tenant = $2 AND channel = $3 AND at >= $4
	ORDER BY at DESC, person LIMIT $5`

// ChannelLearners implements [review.Channels].
func (s learners) ChannelLearners(ctx context.Context, platform, tenant, channel string, since time.Time, limit int) ([]review.Learner, error) {
	if err := limits.CheckKeys(platform, tenant, channel); err != nil {
		return nil, err
	}
	people, err := database.QueryAll(ctx, s.db.Reader(), func(r database.Scanner) (review.Learner, error) {
		l := review.Learner{Platform: platform, Tenant: tenant}
		return l, r.Scan(&l.User)
	}, channelLearners, platform, tenant, channel, since.UnixMilli(), max(limit, 0))
	return people, s.db.Wrap("read a channel's learners from", err)
}
