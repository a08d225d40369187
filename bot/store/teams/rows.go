package teams

import (
	"k8sbot/bot/store/database"
	"k8sbot/bot/team"
)

const entryColumns = `term, category, data, number, owner, confirmed_at`

func scanEntry(row database.Scanner) (e team.Entry, err error) {
	var confirmed int64
	err = row.Scan(&e.Term, &e.Category, &e.Data, &e.Number, &e.Owner, &confirmed)
	e.Confirmed = database.Time(confirmed)
	return e, err
}

const proposalColumns = `platform, tenant, id, term, category, data, base, author, lang, created_at, state, decider, reason, decided_at, ref`

func scanProposal(row database.Scanner) (p team.Proposal, err error) {
	var created, decided int64
	err = row.Scan(&p.Tenant.Platform, &p.Tenant.ID, &p.ID, &p.Term, &p.Category, &p.Data, &p.Base, &p.Author, &p.Lang, &created,
		&p.State, &p.Decider, &p.Reason, &decided, &p.Ref)
	p.Created = database.Time(created)
	if decided != 0 {
		p.Decided = database.Time(decided)
	}
	return p, err
}
