package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

const digestColumns = `platform, tenant, person, version, next_at, sent, ref, unanswered, snoozed, silent`

func scanDigest(r database.Scanner) (d review.Digest, err error) {
	var next sql.NullInt64
	err = r.Scan(&d.Learner.Platform, &d.Learner.Tenant, &d.Learner.User, &d.Version, &next, &d.Sent, &d.Ref,
		&d.Unanswered, &d.Snoozed, &d.Silent)
	if next.Valid {
		d.Next = database.Time(next.Int64)
	}
	return d, err
}

// nextMillis returns the value that next_at stores for d.Next: NULL for the zero time.
func nextMillis(d review.Digest) sql.NullInt64 {
	return sql.NullInt64{Int64: d.Next.UnixMilli(), Valid: !d.Next.IsZero()}
}

// Digest implements [review.Digests].
func (s learners) Digest(ctx context.Context, l review.Learner) (review.Digest, error) {
	if err := limits.CheckLearner(l); err != nil {
		return review.Digest{}, err
	}
	d, err := scanDigest(s.db.Reader().QueryRowContext(ctx,
		`SELECT `+digestColumns+` FROM digest WHERE `+ofLearner, learnerArgs(l)...))
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return review.Digest{}, s.db.Wrap("read a digest from", err)
	}
	return d, nil
}

// SetDigest implements [review.Digests].
func (s learners) SetDigest(ctx context.Context, d review.Digest) (bool, error) {
	if err := limits.CheckLearner(d.Learner, d.Ref); err != nil {
		return false, err
	}
	first, err := database.Changed(s.db.Writer().ExecContext(ctx,
		`UPDATE digest SET version = version + 1, next_at = $5, sent = $6, ref = $7, unanswered = $8, snoozed = $9, silent = $10
		WHERE `+ofLearner+` AND version = $4`,
		learnerArgs(d.Learner, d.Version, nextMillis(d), d.Sent, d.Ref, d.Unanswered, database.Number(d.Snoozed), database.Number(d.Silent))...))
	return first, s.db.Wrap("store a digest in", err)
}

const dueDigests = `SELECT ` + digestColumns + ` FROM digest WHERE next_at <= $1 ORDER BY next_at, platform, tenant, person LIMIT $2`

// DueDigests implements [review.Digests].
func (s learners) DueDigests(ctx context.Context, now time.Time, limit int) ([]review.Digest, error) {
	due, err := database.QueryAll(ctx, s.db.Reader(), scanDigest, dueDigests, now.UnixMilli(), max(limit, 0))
	return due, s.db.Wrap("read the digests from", err)
}
