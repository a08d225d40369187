package study

import (
	"cmp"
	"context"

	"k8sbot/bot/review"
	"k8sbot/bot/team"
	"k8sbot/glossary"
)

func (t *Tutor) exchange(ctx context.Context, p Person) *exchange {
	c := &exchange{Tutor: t, Person: p, ctx: ctx, found: make(map[string]func(id string) (*glossary.Term, bool))}
	c.reviewer = &review.Reviewer{Store: t.reviewer.Store, Now: t.reviewer.Now, Shows: c.shows}
	c.setLang(p.Lang)
	return c
}

// name returns the name of the term with the given ID.
func (c *exchange) name(term string) string {
	if t, ok := c.term(term); ok {
		return t.DisplayName(c.lang)
	}
	return term
}

// term returns the term that a card or a button is about, or false if the person does not see the
// term here. If a learner has the same ID in all tenants, the IDs of cards contain the tenant.
func (c *exchange) term(id string) (*glossary.Term, bool) {
	if !team.IsID(id) {
		return c.glossary.Term(id)
	}
	name, tenant := team.Split(id)
	if find := c.teamTerms(tenant); find != nil {
		return find(name)
	}
	return nil, false
}

// teamTerms returns the function that finds the given tenant's terms, or those of the person's
// current tenant if tenant is "". It returns nil if the terms cannot be read, or are not shown
// here: a tenant's terms are shown in the tenant and in direct messages.
func (c *exchange) teamTerms(tenant string) func(id string) (*glossary.Term, bool) {
	tenant = cmp.Or(tenant, c.Here)
	if c.Team == nil || tenant == "" || c.Here != "" && tenant != c.Here {
		return nil
	}
	find, known := c.found[tenant]
	if !known {
		find = c.Team(c.ctx, team.Tenant{Platform: c.Platform, ID: tenant})
		c.found[tenant] = find
	}
	return find
}

// shows reports whether a card is in the deck that the person sees here.
func (c *exchange) shows(card string) bool {
	_, tenant := team.Split(card)
	return !team.IsID(card) || c.teamTerms(tenant) != nil
}

// card returns the ID of the card for a term that the person sees here.
func (c *exchange) card(term string) string {
	if c.Learner.Tenant == "" {
		return team.Qualify(term, c.Here)
	}
	return term
}

// question returns the question for a card, or false if the term no longer exists. Learners rate
// themselves on a team's terms, because nothing says which terms people confuse with them.
func (c *exchange) question(card review.Card) (review.Question, bool) {
	if !team.IsID(card.Term) {
		return c.asker().Ask(card, c.lang)
	}
	t, ok := c.term(card.Term)
	return review.Question{Kind: review.SelfGraded, Term: t}, ok
}
