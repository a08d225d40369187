package slack

import (
	"context"
	"errors"
	"slices"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/platform/retry"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
)

// onRemoval handles the events after which a workspace's data is deleted
// (https://docs.slack.dev/reference/events/app_uninstalled,
// https://docs.slack.dev/reference/events/tokens_revoked,
// https://docs.slack.dev/reference/events/team_access_revoked). They may come late, in any order.
func (a *Adapter) onRemoval(e event, ref workspace.Ref) error {
	in := e.Event
	var handle func(context.Context)
	switch {
	case in.Type == "app_uninstalled", in.Type == "tokens_revoked" && len(in.Tokens.Bot) > 0:
		handle = func(ctx context.Context) { a.uninstalled(ctx, in.Type, ref) }
	case in.Type == "team_access_revoked":
		handle = func(ctx context.Context) { a.accessRevoked(ctx, in.Type, ref.Enterprise, in.TeamIDs) }
	case in.Type == "app_uninstalled_team" && (in.AppID == "" || in.AppID == e.AppID):
		handle = func(ctx context.Context) { a.accessRevoked(ctx, in.Type, ref.Enterprise, []string{in.TeamID}) }
	default:
		return nil
	}
	return a.dispatcher.EnqueueRedelivered(e.TeamID, "event", e.EventID, handle)
}

// uninstalled deletes the data of a workspace or an organization. If its token still works,
// the app has been installed again, and uninstalled keeps the data.
func (a *Adapter) uninstalled(ctx context.Context, kind string, ref workspace.Ref) {
	log := a.o.Log.With("event", kind, "team", ref.Team, "enterprise", ref.Enterprise)
	policy := retry.Policy{First: time.Second, Max: 10 * time.Second, Tries: 6}
	err := retry.Do(ctx, policy, func(ctx context.Context) error {
		removed, err := a.workspaces.Uninstall(ctx, ref, func(ctx context.Context, c *client) (bool, error) {
			_, err := c.api.AuthTestContext(ctx)
			if gone[webapi.ErrorCode(err)] {
				return true, nil
			}
			return false, err
		})
		switch {
		case errors.Is(err, workspace.ErrNotInstalled), errors.Is(err, workspace.ErrForeign):
			return nil // already handled for the other event
		case err != nil:
			return retry.Again(err)
		case removed:
			log.Info("slack app uninstalled, data deleted")
		default:
			log.Info("slack app reinstalled, data kept")
		}
		return nil
	})
	if err != nil {
		log.Error("cannot delete workspace data, use k8sbot tenants delete", "error", webapi.StripURL(err))
	}
}

// gone contains the error codes for a revoked token
// (https://docs.slack.dev/reference/methods/auth.test#errors).
var gone = map[string]bool{"invalid_auth": true, "account_inactive": true, "token_revoked": true}

// accessRevoked deletes the data of workspaces from which their organization has removed the
// app. It ignores workspaces that have their own installation or belong to another
// organization.
func (a *Adapter) accessRevoked(ctx context.Context, kind, enterprise string, teams []string) {
	for _, team := range slices.Compact(slices.Sorted(slices.Values(teams))) {
		log := a.o.Log.With("event", kind, "team", team, "enterprise", enterprise)
		removed, err := a.workspaces.Revoke(ctx, enterprise, team)
		switch {
		case err != nil:
			log.Error("cannot delete workspace data, use k8sbot tenants delete", "error", err)
		case removed:
			log.Info("organization removed slack app from workspace, data deleted")
		default:
			log.Info("slack app still installed in workspace, data kept")
		}
	}
}

// Install stores what Slack granted to a workspace or an organization.
func (a *Adapter) Install(ctx context.Context, g workspace.Grant) (bot.Tenant, error) {
	return a.workspaces.Install(ctx, g)
}
