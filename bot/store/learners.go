package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"k8sbot/bot/review"
	"k8sbot/bot/store/database"
	"k8sbot/glossary/stable"
)

// There are four tables about learners: learner (their settings), card (their cards), answer (the
// log of their answers) and digest (the state of their digests).
//
// A transaction that adds rows about a learner first updates the learner's row, and Forget first
// deletes it. One of them therefore waits for the other, and Forget leaves no row of the learner.
// All transactions lock rows in the order learner, card, answer, digest.

// Learners returns the store of people's cards and answers. It uses the connections of d, and is
// not closed separately.
func (d *DB) Learners() review.Store { return learners{d} }

// learners is a DB with the methods of a [review.Store].
type learners struct{ db *DB }

// ofLearner is a condition that matches a learner's rows. learnerArgs returns the arguments for $1
// to $3.
const ofLearner = `platform = $1 AND tenant = $2 AND person = $3`

// learnerArgs returns the arguments of ofLearner, followed by more arguments.
func learnerArgs(l review.Learner, more ...any) []any {
	return append([]any{l.Platform, l.Tenant, l.User}, more...)
}

func compareLearners(a, b review.Learner) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.User, b.User))
}

// forgetLearner lists the statements that delete everything about a learner. The learner's row
// comes first (see above).
var forgetLearner = []string{
	`DELETE FROM learner WHERE ` + ofLearner,
	`DELETE FROM card WHERE ` + ofLearner,
	`DELETE FROM answer WHERE ` + ofLearner,
	`DELETE FROM digest WHERE ` + ofLearner,
	`DELETE FROM look_up WHERE ` + ofLearner,
	`DELETE FROM channel_learner WHERE ` + ofLearner,
}

// lockLearner locks the learner's row until tx ends, so that Forget waits for tx. It adds
// appended to the number of the learner's answers, and returns the sum. ok is false if there is
// no such learner.
func lockLearner(ctx context.Context, tx *sql.Tx, l review.Learner, appended int) (answers int64, ok bool, err error) {
	err = tx.QueryRowContext(ctx,
		`UPDATE learner SET answers = answers + $4 WHERE `+ofLearner+` RETURNING answers`,
		learnerArgs(l, appended)...).Scan(&answers)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return answers, err == nil, err
}

// maxBatch is the maximum number of learners that one statement matches. A statement may have
// 32,766 parameters on SQLite, and 65,535 on PostgreSQL.
const maxBatch = 1000

// queryBatches is like [database.QueryAll] for the rows of many learners. query returns the
// statement for a condition. The parameters of the condition come after args.
func queryBatches[T any](ctx context.Context, db database.Querier, scan func(database.Scanner) (T, error), people []review.Learner, query func(condition string) string, args ...any) ([]T, error) {
	people = slices.Clone(people)
	stable.Sort(people, func(a, b *review.Learner) int { return compareLearners(*a, *b) })
	people = slices.Compact(people)
	var all []T
	for batch := range slices.Chunk(people, maxBatch) {
		condition, values := ofLearners(batch, args)
		rows, err := database.QueryAll(ctx, db, scan, query(condition), values...)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, ctx.Err()
}

// ofLearners returns a condition that matches the rows of the given learners, and args followed
// by the parameters of the condition.
func ofLearners(people []review.Learner, args []any) (condition string, all []any) {
	all = slices.Clone(args)
	rows := make([]string, len(people))
	for i, l := range people {
		n := len(all)
		rows[i] = fmt.Sprintf("($%d, $%d, $%d)", n+1, n+2, n+3)
		all = append(all, learnerArgs(l)...)
	}
	return `(platform, tenant, person) IN (VALUES ` + strings.Join(rows, ", ") + `)`, all
}
