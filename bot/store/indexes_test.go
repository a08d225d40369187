package store

import (
	"strings"
	"testing"

	"k8sbot/bot"
)

// TestIndexes checks that the queries that run every few seconds use an index, and so do
// not slow down as deliveries accumulate.
func TestIndexes(t *testing.T) {
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		fillDeliveries(t, db, 5000, bot.Sent, c.now())
		fillDeliveries(t, db, 50, bot.Planned, c.now())
		mustPut(t, db, scheduleOf(channelOf(slackT1, "C"), c.now()))
		for _, statement := range []string{
			`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 5000)
			INSERT INTO schedule (` + scheduleColumns + `)
			SELECT platform, tenant, CAST(i AS TEXT), time_of_day, zone, days, category, lang, creator, paused, next_at + i, refused, refused_day, direct
			FROM schedule, numbers`,
			`ANALYZE`,
		} {
			if _, err := db.write().Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		explain := "EXPLAIN "
		if db.pools.Load().skipLocked == "" {
			explain = "EXPLAIN QUERY PLAN "
		}
		now := c.now().UnixMilli()
		for _, tt := range []struct {
			query, index string
			args         []any
		}{
			{dueSchedules, "schedule_by_next", []any{now, 1}},
			{farSchedules, "schedule_by_next", []any{now, 1}},
			{dueTenants, "delivery_by_due", []any{now}},
			{postedTerms, "delivery_by_term", []any{"slack", "T1", "C1"}},
			{db.claim(), "delivery_by_due", []any{"a", now, "slack", "T1", now}},
		} {
			lines, err := queryAll(t.Context(), db.write(), scanPlan, explain+tt.query, tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			if plan := strings.Join(lines, "\n"); !strings.Contains(plan, tt.index) {
				t.Errorf("%s\ndoes not use the index %s:\n%s", tt.query, tt.index, plan)
			}
		}
	})
}

// scanPlan reads a line of a query plan. SQLite has three numbers before it.
func scanPlan(r scanner) (line string, err error) {
	if err = r.Scan(&line); err != nil {
		var number int
		err = r.Scan(&number, &number, &number, &line)
	}
	return line, err
}
