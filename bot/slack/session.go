package slack

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot/platform"
	"k8sbot/bot/platform/textfile"
	"k8sbot/bot/reply"
	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
)

// A client calls Slack with the token of one installation.
type client struct {
	token   platform.Secret
	api     *slack.Client
	postAPI *slack.Client    // never repeats a call; for daily terms, which package daily retries
	files   *textfile.Reader // replaced by tests
}

// newClient returns a client with a token. All clients share their connections.
func (a *Adapter) newClient(token platform.Secret) *client {
	return &client{
		token:   token,
		api:     slack.New(token.Reveal(), slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(a.httpClient), slack.OptionRetryConfig(webapi.Retries)),
		postAPI: slack.New(token.Reveal(), slack.OptionAPIURL(a.o.APIURL), slack.OptionHTTPClient(webapi.PostClient{HTTP: a.httpClient})),
		files:   a.downloads.WithToken(token),
	}
}

// A session works for one workspace: it has what all workspaces share, and the workspace's
// client.
type session struct {
	*Adapter
	*client
	installed string // the workspace or organization whose installation it uses; "" for BotToken
}

// session returns the session of a workspace. The error is that of [workspace.Clients.Get].
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

// enter is session for an event. It logs an error, once for each workspace if it lasts.
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

// within returns a handler that calls handle with the session of a workspace, if it has one.
func (a *Adapter) within(r workspace.Ref, handle func(context.Context, *session)) func(context.Context) {
	return a.withinOr(r, handle, func(context.Context, reply.Reply) {})
}

// withinOr is within, and calls refuse with what to say if there is no session.
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

// refusalView returns the same as a modal.
func (a *Adapter) refusalView(err error) slack.ModalViewRequest {
	r := a.refusal(err)
	return modal(r.Lang, answerModal, blockkit.Render(r).Blocks...)
}

// tenantOf returns the ID under which data of a request is kept. For one workspace, that is
// the ID that Slack sends beside the user.
func (a *Adapter) tenantOf(team string, r workspace.Ref) string {
	if a.workspaces == nil {
		return team
	}
	return r.Tenant()
}

// A flag is a boolean. Slack sends some of them as text.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(data []byte) error {
	*f = strings.Trim(string(data), `"`) == "true"
	return nil
}

// ref returns the workspace of a slash command.
func (c command) ref() workspace.Ref {
	return workspace.Ref{Team: c.TeamID, Enterprise: c.EnterpriseID, OrgWide: bool(c.OrgWide)}
}

// ref returns the workspace that gets an event: in a channel that is shared between several,
// the one whose installation sees it (https://docs.slack.dev/apis/events-api/#authorizations).
func (e event) ref() workspace.Ref {
	r := workspace.Ref{Team: e.TeamID, Enterprise: e.EnterpriseID}
	if len(e.Authorizations) > 0 {
		seen := e.Authorizations[0]
		r.OrgWide = bool(seen.OrgWide)
		if seen.TeamID != "" {
			r.Team = seen.TeamID
		}
		if seen.EnterpriseID != "" {
			r.Enterprise = seen.EnterpriseID
		}
	}
	return r
}

// ref returns the workspace of an interaction. A view that a person of another company uses
// belongs to the workspace that has the app
// (https://docs.slack.dev/apis/slack-connect/using-slack-connect-with-apps).
func (i interaction) ref() workspace.Ref {
	r := workspace.Ref{Team: i.Team.ID, Enterprise: i.Enterprise.ID, OrgWide: bool(i.OrgWide)}
	if r.Team == "" {
		r.Team = i.User.TeamID
	}
	if host := i.View.InstalledTeamID; strings.HasPrefix(host, "T") && host != r.Team {
		r.Team, r.Enterprise = host, ""
	}
	return r
}
