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
)

// The tables of learners: learner has the settings, card the cards, answer the log of the
// answers, and digest the state of the digests.
//
// A transaction that adds rows about a learner first updates the learner's row, and Forget
// first deletes it. So one waits for the other, and no row of a learner remains, however they
// interleave. All transactions lock rows in the order learner, card, answer, digest.

// Learners returns the store of what people remember. It needs no closing.
func (d *DB) Learners() review.Store { return learners{d} }

// learners is a DB with the methods of a [review.Store].
type learners struct{ db *DB }

// ofLearner matches the rows of a learner. learnerArgs returns its $1 to $3.
const ofLearner = `platform = $1 AND tenant = $2 AND person = $3`

// learnerArgs returns the arguments of ofLearner, followed by more arguments.
func learnerArgs(l review.Learner, more ...any) []any {
	return append([]any{l.Platform, l.Tenant, l.User}, more...)
}

func compareLearners(a, b review.Learner) int {
	return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.User, b.User))
}

// forgetLearner deletes everything about a learner. The learner's row goes first, see above.
var forgetLearner = []string{
	`DELETE FROM learner WHERE ` + ofLearner,
	`DELETE FROM card WHERE ` + ofLearner,
	`DELETE FROM answer WHERE ` + ofLearner,
	`DELETE FROM digest WHERE ` + ofLearner,
	`DELETE FROM look_up WHERE ` + ofLearner,
	`DELETE FROM channel_learner WHERE ` + ofLearner,
}

// lockLearner makes Forget, and others that lock the learner, wait until tx ends. It adds
// appended to the number of the learner's answers, and returns that number. ok is false if
// there is no learner.
func lockLearner(ctx context.Context, tx *sql.Tx, l review.Learner, appended int) (answers int64, ok bool, err error) {
	err = tx.QueryRowContext(ctx,
		`UPDATE learner SET answers = answers + $4 WHERE `+ofLearner+` RETURNING answers`,
		learnerArgs(l, appended)...).Scan(&answers)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return answers, err == nil, err
}

// maxBatch is the most learners that one statement matches. SQLite allows 32,766
// parameters in a statement, and PostgreSQL 65,535.
const maxBatch = 1000

// queryBatches is [database.QueryAll] for the rows of many learners. query returns a statement for a
// condition, whose parameters follow args.
func queryBatches[T any](ctx context.Context, db database.Querier, scan func(database.Scanner) (T, error), people []review.Learner, query func(condition string) string, args ...any) ([]T, error) {
	people = slices.Clone(people)
	slices.SortFunc(people, compareLearners)
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

// ofLearners returns a condition that matches the rows of some learners, and args with its
// parameters appended.
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
