package store

import (
	"context"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/daily"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// NoteAsked implements [bot.ScheduleStore].
func (d *DB) NoteAsked(ctx context.Context, c bot.Channel, term string) error {
	if err := limits.CheckChannel(c, term); err != nil {
		return err
	}
	// Replicas' clocks differ, so keep the later time.
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO asked (platform, tenant, channel, term, asked, last_at)
		SELECT platform, tenant, channel, CAST($4 AS TEXT), 1, CAST($5 AS BIGINT) FROM schedule
		WHERE platform = $1 AND tenant = $2 AND channel = $3
		ON CONFLICT (platform, tenant, channel, term) DO UPDATE SET
			asked = asked.asked + 1,
			last_at = CASE WHEN excluded.last_at > asked.last_at THEN excluded.last_at ELSE asked.last_at END`,
		c.Platform, c.Tenant, c.ID, term, d.Now().UnixMilli())
	return d.Wrap("count a term in", err)
}

// AskedSince implements [daily.History].
func (d *DB) AskedSince(ctx context.Context, c bot.Channel, since time.Time) ([]daily.AskedTerm, error) {
	if err := limits.CheckChannel(c); err != nil {
		return nil, err
	}
	terms, err := database.QueryAll(ctx, d.Reader(), scanAsked,
		`SELECT term, asked, last_at FROM asked
		WHERE platform = $1 AND tenant = $2 AND channel = $3 AND last_at >= $4 ORDER BY last_at DESC, term`,
		c.Platform, c.Tenant, c.ID, since.UnixMilli())
	return terms, d.Wrap("read the requested terms from", err)
}

// MostAsked implements [bot.ScheduleStore].
func (d *DB) MostAsked(ctx context.Context, t bot.Tenant) ([]string, error) {
	terms, err := database.QueryAll(ctx, d.Reader(), func(r database.Scanner) (term string, err error) { err = r.Scan(&term); return },
		`SELECT term FROM asked JOIN schedule USING (platform, tenant, channel)
		WHERE platform = $1 AND tenant = $2 AND direct = 0 GROUP BY term ORDER BY SUM(asked) DESC, term LIMIT $3`,
		t.Platform, t.ID, limits.MaxMostAsked)
	return terms, d.Wrap("read the requested terms from", err)
}

func scanAsked(r database.Scanner) (a daily.AskedTerm, err error) {
	var last int64
	err = r.Scan(&a.Term, &a.Count, &last)
	a.Last = database.Time(last)
	return a, err
}
