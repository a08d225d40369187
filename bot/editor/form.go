package editor

import (
	"context"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/bot/wording"
	"k8sbot/glossary"
)

// The limits of the fields in characters. They are higher than lint's, so that lint can explain
// which text is too long.
const (
	maxName    = 100
	maxText    = 600
	maxAliases = 1000
	maxLink    = 500
	maxReason  = 500
)

// The IDs of the fields in the forms for giving a reason and for choosing the reviewers.
const (
	reasonField  = "reason"
	peopleField  = "people"
	groupField   = "group"
	channelField = "channel"
	selfField    = "self"
)

// OpensForm reports whether a button opens a form.
func OpensForm(v reply.Verb) bool {
	switch v {
	case reply.TeamAdd, reply.TeamEdit, reply.TeamReview, reply.TeamDecline, reply.TeamReviewers, reply.TeamFix:
		return true
	}
	return false
}

// Form returns the form that a button opens. It returns false if the button opens no form, or if
// the person may not use the form. In the second case, [Editor.Press] says why. The form for a new
// term does not wait for the store.
func (e *Editor) Form(ctx context.Context, p Person, a reply.Action) (reply.Form, bool) {
	c := e.exchange(p)
	if !OpensForm(a.Verb) || c.Directory == nil {
		return reply.Form{}, false
	}
	if !c.HasTerms() && (a.Verb != reply.TeamEdit || !c.ownsIn(ctx, a.Arg(0), a.Arg(1))) {
		return reply.Form{}, false
	}
	switch a.Verb {
	case reply.TeamAdd:
		return c.termForm(a, team.Fields{Name: reply.DecodeText(a.Arg(0))}), true
	case reply.TeamEdit:
		t, ok := c.View.Term(a.Arg(0))
		if !ok {
			return reply.Form{}, false
		}
		f := team.FieldsOf(t, c.Lang)
		if !t.Own && c.View.IsShared(t) {
			f.Aliases, f.Link = "", ""
		}
		return c.termForm(a, f), true
	case reply.TeamFix:
		was, ok := e.entered.Get(a.Arg(0))
		if !ok || was.who != c.Member {
			return reply.Form{}, false
		}
		return was.form, true
	}
	f, err := c.decisionForm(ctx, a)
	return f, err == nil
}

// FormOf returns the form for a new term, filled in with a message's text.
func (e *Editor) FormOf(p Person, message string) (reply.Form, bool) {
	c := e.exchange(p)
	if c.Directory == nil || !c.HasTerms() {
		return reply.Form{}, false
	}
	text := []rune(strings.Join(strings.Fields(message), " "))
	return c.termForm(reply.Action{Verb: reply.TeamAdd}, team.Fields{Text: string(text[:min(len(text), maxText)])}), true
}

// termForm returns the form for editing a term, filled in with f.
func (c *exchange) termForm(a reply.Action, f team.Fields) reply.Form {
	one := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	return reply.Form{
		ID: reply.NewButton("", a.Verb, a.Args...).ID, Lang: c.Lang, Title: c.texts.FormTitle, Note: c.texts.FormNote, Save: c.texts.Propose,
		Fields: []reply.Field{
			{ID: team.NameField, Label: c.texts.Name, Max: maxName, Required: true, Value: one(f.Name)},
			{ID: team.TextField, Label: c.texts.Text, Hint: c.texts.TextHint, Kind: reply.Lines, Max: maxText, Required: true, Value: one(f.Text)},
			{ID: team.OtherField, Label: c.texts.Other, Max: maxName, Value: one(f.Other)},
			{ID: team.AliasesField, Label: c.texts.Aliases, Hint: c.texts.AliasesHint, Max: maxAliases, Value: one(f.Aliases)},
			{ID: team.LinkField, Label: c.texts.Link, Max: maxLink, Value: one(f.Link)},
		},
	}
}

// fieldsOf returns the fields from the values that were entered in a form returned by termForm.
func fieldsOf(values map[string][]string) team.Fields {
	one := func(id string) string { return strings.Join(values[id], "\n") }
	return team.Fields{Name: one(team.NameField), Other: one(team.OtherField), Text: one(team.TextField), Aliases: one(team.AliasesField), Link: one(team.LinkField)}
}

// decisionForm returns the form that a reviewer's or an administrator's button opens.
func (c *exchange) decisionForm(ctx context.Context, a reply.Action) (reply.Form, error) {
	if a.Verb == reply.TeamReviewers {
		if err := c.checkAdmin(ctx); err != nil {
			return reply.Form{}, err
		}
		s, err := c.store.Settings(ctx, c.Tenant)
		return c.reviewersForm(s), err
	}
	p, settings, err := c.pending(ctx, a)
	if err != nil {
		return reply.Form{}, err
	}
	if a.Verb == reply.TeamDecline {
		return reply.Form{
			ID: reply.NewButton("", a.Verb, a.Args...).ID, Lang: c.Lang, Title: c.texts.DeclineTitle, Save: c.texts.DeclineTitle,
			Fields: []reply.Field{{ID: reasonField, Label: c.texts.Reason, Hint: c.texts.ReasonHint, Kind: reply.Lines, Max: maxReason, Required: true}},
		}, nil
	}
	if err := settings.CheckApproval(p, c.User); err != nil {
		return reply.Form{}, err
	}
	t, ok := termOf(p.Entry())
	if !ok {
		return reply.Form{}, errStale
	}
	f := c.termForm(a, team.FieldsOf(t, c.Lang))
	f.Note, f.Save = "", c.texts.Approve
	return f, nil
}

// reviewersForm returns the form for choosing the reviewers, filled in with the current settings.
func (c *exchange) reviewersForm(s team.Settings) reply.Form {
	one := func(s string) []string {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	self := "no"
	if s.SelfApproval {
		self = "yes"
	}
	return reply.Form{
		ID: reply.NewButton("", reply.TeamReviewers).ID, Lang: c.Lang, Title: c.texts.ReviewersTitle, Note: c.texts.ReviewersNote, Save: c.texts.Save,
		Fields: []reply.Field{
			{ID: channelField, Label: c.texts.Channel, Kind: reply.Channel, Value: one(s.Channel), Required: true},
			{ID: peopleField, Label: c.texts.People, Hint: c.texts.PeopleHint, Kind: reply.People, Value: s.People},
			{ID: groupField, Label: c.texts.Group, Hint: c.texts.GroupHint, Kind: reply.Group, Value: one(s.Group), Max: maxName},
			{ID: selfField, Label: c.texts.SelfApproval, Kind: reply.Choice, Value: one(self), Choices: []reply.Button{{ID: "no", Label: c.texts.No}, {ID: "yes", Label: c.texts.Yes}}},
		},
	}
}

// termOf returns an entry's term.
func termOf(e team.Entry) (*glossary.Term, bool) { return team.Decode([]team.Entry{e}).Term(e.Term) }

// again returns the reply to a submitted form with mistakes. The reply contains the form, for
// platforms that can show it again. For other platforms, it contains the mistakes and a button
// that opens the form again.
func (c *exchange) again(f reply.Form, values map[string][]string, problems map[string]string) reply.Reply {
	r := c.say(c.texts.CheckFields)
	f = f.With(values, problems)
	var wrong, all []string
	for _, field := range f.Fields {
		if field.Problem != "" {
			wrong = append(wrong, field.Label+wording.In(c.Lang).Colon+field.Problem)
		}
		for _, v := range field.Value {
			all = append(all, field.Label+wording.In(c.Lang).Colon+v)
		}
	}
	r.Blocks = append(r.Blocks, reply.List{Items: wrong}, reply.Note{Text: strings.Join(all, "\n")})
	key := newID()
	c.entered.Add(key, entered{c.Member, f})
	r.Buttons = []reply.Button{reply.NewButton(c.texts.Fix, reply.TeamFix, key)}
	r.Form = &f
	return r
}

// problems returns the first mistake in each field, in the person's language.
func (c *exchange) problems(mistakes []team.Mistake) map[string]string {
	problems := make(map[string]string)
	for _, m := range mistakes {
		if problems[m.Field] == "" {
			problems[m.Field] = c.texts.Problem(m.Problem)
		}
	}
	return problems
}
