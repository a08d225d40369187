package slack

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/workspace"
)

// session returns the session for a workspace. Its errors are those of [workspace.Clients.Get].
func (a *Adapter) session(ctx context.Context, r workspace.Ref) (*session, error) {
	if a.workspaces == nil {
		return &session{a, a.single, ""}, nil
	}
	c, i, err := a.workspaces.Get(ctx, r)
	if err != nil {
		return nil, err
	}
	return &session{a, c, i.Tenant.ID}, nil
}

// enter returns the session for an event. It logs a persistent error once per workspace.
func (a *Adapter) enter(ctx context.Context, r workspace.Ref) (*session, error) {
	s, err := a.session(ctx, r)
	log := func() {
		a.o.Log.Warn("request refused", "team", r.Team, "enterprise", r.Enterprise, "organization", r.OrgWide, "error", err)
	}
	switch {
	case errors.Is(err, workspace.ErrNotInstalled), errors.Is(err, workspace.ErrForeign):
		a.workspaces.Once(r, err.Error(), log)
	case err != nil:
		log()
	}
	return s, err
}

// within returns a handler that calls handle with the workspace's session, if there is one.
func (a *Adapter) within(r workspace.Ref, handle func(context.Context, *session)) func(context.Context) {
	return a.withinOr(r, handle, func(context.Context, reply.Reply) {})
}

// withinOr is like within, but calls refuse with the bot's answer if there is no session.
func (a *Adapter) withinOr(r workspace.Ref, handle func(context.Context, *session), refuse func(context.Context, reply.Reply)) func(context.Context) {
	return func(ctx context.Context) {
		s, err := a.enter(ctx, r)
		if err != nil {
			refuse(ctx, a.refusal(err))
			return
		}
		handle(ctx, s)
	}
}

// refusal returns what the bot says in a workspace that has no session.
func (a *Adapter) refusal(err error) reply.Reply {
	l := a.o.Bot.LocaleLang(nil)
	r := reply.Reply{Kind: reply.KindSetting, Lang: l, Ephemeral: true}
	if !errors.Is(err, workspace.ErrNotInstalled) {
		r.Blocks = []reply.Block{reply.Paragraph{Text: labels.unavailable.In(l)}}
		return r
	}
	p := reply.Paragraph{Text: labels.notInstalled.In(l)}
	if address := a.workspaces.InstallURL(); address != "" {
		p.Link = reply.Link{Label: labels.install.In(l), URL: address}
	}
	r.Blocks = []reply.Block{p}
	return r
}

// refusedModal is the callback ID of a modal that cannot be submitted.
const refusedModal = "refused"

// refusalView returns the text of [Adapter.refusal] as a modal.
func (a *Adapter) refusalView(err error) slack.ModalViewRequest {
	r := a.refusal(err)
	return modal(r.Lang, refusedModal, blockkit.Render(r).Blocks...)
}

// tenantOf returns the tenant ID under which a request's data is stored. For a single workspace,
// that is team, which Slack sends with the user.
func (a *Adapter) tenantOf(team string, r workspace.Ref) string {
	if a.workspaces == nil {
		return team
	}
	return r.Tenant()
}
