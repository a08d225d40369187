package store

import (
	"fmt"
	"strings"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
)

// TestIndexes checks that the queries that run every few seconds use an index, and so do
// not slow down as deliveries accumulate.
func TestIndexes(t *testing.T) {
	if testing.Short() {
		t.Skip("adds no concurrency")
	}
	t.Parallel()
	onDatabases(t, func(t *testing.T, dsn string) {
		c := newClock()
		db := openDB(t, dsn, Options{Now: c.now})
		fillDeliveries(t, db, 5000, bot.Sent, c.now())
		fillDeliveries(t, db, 50, bot.Planned, c.now())
		mustPut(t, db, scheduleOf(channelOf(slackT1, "C"), c.now()))
		people := fillLearners(t, db, 300)
		for _, statement := range []string{
			`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 5000)
			INSERT INTO schedule (` + scheduleColumns + `)
			SELECT platform, tenant, CAST(i AS TEXT), time_of_day, zone, days, category, lang, creator, paused, next_at + i, refused, refused_day, direct
			FROM schedule, numbers`,
			`ANALYZE`,
		} {
			if _, err := db.Writer().Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
		explain, answerKey, cardKey := "EXPLAIN ", "answer_pkey", "card_pkey"
		if db.pools.Load().skipLocked == "" {
			explain, answerKey, cardKey = "EXPLAIN QUERY PLAN ", "sqlite_autoindex_answer_1", "sqlite_autoindex_card_1"
		}
		some, cardsArgs := ofLearners(people[:5], nil)
		cardsOfSome := cardsOf(some)
		some, answersArgs := ofLearners(people[:5], []any{20_000})
		answersOfSome := answersOf(some)
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
			{dueDigests, "digest_by_next", []any{now, 1}},
			{answersSince, "answer_by_day", learnerArgs(people[0], 20_000)},
			{cardAnswers, answerKey, learnerArgs(people[0], "pod")},
			{cardsOfSome, cardKey, cardsArgs},
			{answersOfSome, "answer_by_day", answersArgs},
		} {
			lines, err := database.QueryAll(t.Context(), db.Writer(), scanPlan, explain+tt.query, tt.args...)
			if err != nil {
				t.Fatal(err)
			}
			if plan := strings.Join(lines, "\n"); !strings.Contains(plan, tt.index) {
				t.Errorf("%s\ndoes not use the index %s:\n%s", tt.query, tt.index, plan)
			}
		}
	})
}

// fillLearners adds learners with cards and a year of answers each, and returns them.
func fillLearners(t *testing.T, db *DB, n int) (people []review.Learner) {
	t.Helper()
	for i := range n {
		l := review.Learner{Platform: "slack", Tenant: "T1", User: fmt.Sprint("U", i)}
		people = append(people, l)
	}
	for _, statement := range []string{
		`INSERT INTO digest (` + digestColumns + `) SELECT 'slack', 'T1', 'U' || i, 1, i * 1000, 0, '', 0, 0, 0 FROM numbers`,
		`INSERT INTO card (` + cardColumns + `) SELECT 'slack', 'T1', 'U' || i, 'term ' || j, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM numbers, terms`,
		`INSERT INTO answer (` + answerColumns + `, nth) SELECT 'slack', 'T1', 'U' || i, 'term ' || j, k, 'self', 3, 0, 19640 + k * 30, 0, k
			FROM numbers, terms, (SELECT i AS k FROM numbers WHERE i <= 12) seqs`,
	} {
		with := fmt.Sprintf(`WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < %d),
			terms (j) AS (SELECT i FROM numbers WHERE i <= 20) `, n)
		if _, err := db.Writer().Exec(with + statement); err != nil {
			t.Fatal(err)
		}
	}
	return people
}

// scanPlan reads a line of a query plan. SQLite has three numbers before it.
func scanPlan(r database.Scanner) (line string, err error) {
	if err = r.Scan(&line); err != nil {
		var number int
		err = r.Scan(&number, &number, &number, &line)
	}
	return line, err
}
