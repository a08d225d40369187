package store

import (
	"context"
	"database/sql"

	"k8sbot/bot"
	"k8sbot/bot/store/database"
	"k8sbot/bot/store/limits"
)

// PutReview implements [bot.ReviewStore].
func (d *DB) PutReview(ctx context.Context, p bot.Person, r bot.Review) error {
	if err := limits.CheckPerson(p, r.Term, r.Day); err != nil {
		return err
	}
	_, err := d.Writer().ExecContext(ctx,
		`INSERT INTO review (platform, tenant, person, term, day, knew, revealed, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (platform, tenant, person, term, day) DO UPDATE SET knew = excluded.knew, revealed = excluded.revealed, at = excluded.at`,
		p.Platform, p.Tenant, p.User, r.Term, r.Day, database.Number(r.Knew), database.Number(r.Revealed), r.At.UnixMilli())
	return d.Wrap("store a review in", err)
}

// Reviews implements [bot.ReviewStore].
func (d *DB) Reviews(ctx context.Context, p bot.Person) ([]bot.Review, error) {
	if err := limits.CheckPerson(p); err != nil {
		return nil, err
	}
	reviews, err := database.QueryAll(ctx, d.Reader(), scanReview,
		`SELECT term, day, knew, revealed, at FROM review WHERE platform = $1 AND tenant = $2 AND person = $3
		ORDER BY at DESC, day DESC, term`,
		p.Platform, p.Tenant, p.User)
	return reviews, d.Wrap("read the reviews from", err)
}

func scanReview(row database.Scanner) (r bot.Review, err error) {
	var at int64
	err = row.Scan(&r.Term, &r.Day, &r.Knew, &r.Revealed, &at)
	r.At = database.Time(at)
	return r, err
}

// created is a condition that matches the schedules that a person created.
const created = `platform = $1 AND ($2 = '' OR tenant = $2) AND creator = $3`

// Forget implements [bot.ReviewStore]. It deletes everything, or nothing if it returns an error. If
// p has no tenant, that includes what is stored in every tenant. Afterwards, a SQLite file contains
// no trace of the deleted rows, unless another process that is reading the file delays this until
// the next Sweep.
func (d *DB) Forget(ctx context.Context, p bot.Person) error {
	if err := limits.CheckPerson(p); err != nil {
		return err
	}
	err := d.InTx(ctx, func(tx *sql.Tx) error {
		if _, err := deleteSchedules(ctx, tx, `direct = 1 AND `+created, p.Platform, p.Tenant, p.User); err != nil {
			return err
		}
		return database.ExecAll(ctx, tx, append([]string{
			`DELETE FROM person_language WHERE platform = $1 AND tenant = $2 AND person = $3`,
			`DELETE FROM review WHERE platform = $1 AND tenant = $2 AND person = $3`,
			`UPDATE schedule SET creator = '' WHERE ` + created,
			`DELETE FROM last_term WHERE platform = $1 AND ($2 = '' OR tenant = $2) AND person = $3 AND person <> ''`,
		}, forgetLearner...), p.Platform, p.Tenant, p.User)
	})
	if err != nil {
		return d.Wrap("delete a user's data in", err)
	}
	d.Wipe(ctx)
	return nil
}
