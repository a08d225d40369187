package editor

import (
	"context"
	"errors"
	"slices"
	"strings"

	"k8sbot/bot/reply"
	"k8sbot/bot/team"
	"k8sbot/glossary"
)

// maxAsked is the maximum number of waiting proposals that are posted when the settings change.
const maxAsked = 20

// setReviewers stores the settings that were entered in the form for choosing the reviewers.
func (c *exchange) setReviewers(ctx context.Context, _ reply.Action, values map[string][]string) (reply.Reply, error) {
	if err := c.checkAdmin(ctx); err != nil {
		return reply.Reply{}, err
	}
	before, err := c.store.Settings(ctx, c.Tenant)
	switch {
	case err != nil:
		return reply.Reply{}, err
	case values == nil:
		return c.say(c.texts.FormFailed, reply.NewButton(c.texts.ReviewersTitle, reply.TeamReviewers)), nil
	}
	one := func(id string) string { return strings.TrimSpace(strings.Join(values[id], " ")) }
	s := team.Settings{Tenant: c.Tenant, People: slices.Clone(values[peopleField]), Group: one(groupField), Channel: one(channelField), SelfApproval: one(selfField) == "yes"}
	form := c.reviewersForm(before)
	wrong := func(field, text string) (reply.Reply, error) {
		return c.again(form, values, map[string]string{field: text}), nil
	}
	switch s, err = c.Directory.Resolve(ctx, s); {
	case errors.Is(err, team.ErrUnknownPerson):
		return wrong(peopleField, c.texts.UnknownPerson)
	case errors.Is(err, team.ErrUnknownGroup):
		return wrong(groupField, c.texts.UnknownGroup)
	case errors.Is(err, team.ErrGroupScope):
		return wrong(groupField, c.texts.GroupScope)
	case err != nil:
		return reply.Reply{}, err
	}
	if s.Channel != before.Channel {
		hello := reply.Reply{Kind: reply.KindTeam, Lang: c.Lang, Blocks: []reply.Block{reply.Paragraph{Text: glossary.JoinSentences(c.Lang, c.texts.ReviewsHere, c.texts.ReviewersAre(len(s.People), s.Group != ""))}}}
		if _, err := c.poster.Post(ctx, c.Tenant, s.Channel, hello); err != nil {
			c.log.Warn("cannot post in review channel", "platform", c.Platform, "channel", s.Channel, "error", err)
			return wrong(channelField, c.texts.CannotPost)
		}
	}
	if err := c.store.SetSettings(ctx, s); err != nil {
		return reply.Reply{}, err
	}
	c.askWaiting(ctx, s)
	return c.say(glossary.JoinSentences(c.Lang, c.texts.ReviewersSet, c.texts.ReviewersAre(len(s.People), s.Group != ""))), nil
}

// askWaiting posts the proposals that the reviewers have not been asked about.
func (c *exchange) askWaiting(ctx context.Context, s team.Settings) {
	terms, err := c.store.Terms(ctx, c.Tenant)
	if err != nil {
		c.log.Error("cannot read proposals", "platform", c.Platform, "error", err)
		return
	}
	asked := 0
	for _, p := range terms.Pending {
		if p.Ref == "" && asked < maxAsked {
			c.ask(ctx, s, p, "")
			asked++
		}
	}
}
