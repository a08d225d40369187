package store

import (
	"context"
	"fmt"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// NotSent returns at most limit deliveries that have ended but were not posted, or may not have
// been posted, latest day first. It ignores deliveries for days before the local day since (in the
// format 2006-01-02).
func (d *DB) NotSent(ctx context.Context, since string, limit int) ([]bot.Delivery, error) {
	deliveries, err := database.QueryAll(ctx, d.Reader(), scanDelivery,
		`SELECT `+deliveryColumns+` FROM delivery WHERE day >= $1 AND state IN ('skipped', 'failed', 'unclear')
		ORDER BY day DESC, platform, tenant, channel LIMIT $2`, since, max(limit, 0))
	return deliveries, d.Wrap("read the deliveries from", err)
}

// Repeat plans the delivery for the given local day again, due now and with a new term. It
// returns false if there is no delivery for that day, or if the delivery was sent or has not
// ended. A delivery that ended as unclear may be posted twice.
func (d *DB) Repeat(ctx context.Context, c bot.Channel, day string) (ok bool, err error) {
	if err := limits.CheckChannel(c, day); err != nil {
		return false, err
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return false, fmt.Errorf("invalid day %q: write it as 2006-01-02", day)
	}
	now := d.Now().UnixMilli()
	ok, err = database.Changed(d.Writer().ExecContext(ctx,
		`UPDATE delivery SET state = $5, at = $6, due_at = $6, attempts = 0, owner = '', term = '', round = 0,
			began_at = NULL, ended_at = NULL, ref = ''
		WHERE platform = $1 AND tenant = $2 AND channel = $3 AND day = $4 AND state IN ('skipped', 'failed', 'unclear')`,
		c.Platform, c.Tenant, c.ID, day, bot.Planned, now))
	return ok, d.Wrap("repeat a delivery in", err)
}
