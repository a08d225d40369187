// Package directory looks up the people and user groups of a Slack workspace.
package directory

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"k8sbot/bot/team"
)

// A Directory looks up the people and user groups of one workspace. Its methods are safe for
// concurrent use.
type Directory struct {
	API *slack.Client
}

var _ team.Directory = Directory{}

// IsReviewer implements [team.Directory]. If no reviewers are configured, the admins and owners
// of the workspace are reviewers. Guests and people from other workspaces are never reviewers.
func (d Directory) IsReviewer(ctx context.Context, s team.Settings, user string) (bool, error) {
	u, err := d.API.GetUserInfoContext(ctx, user)
	switch {
	case err != nil:
		return false, err
	case !isMember(u):
		return false, nil
	case s.Names(user):
		return true, nil
	case s.Group != "":
		members, err := d.API.GetUserGroupMembersContext(ctx, s.Group)
		return slices.Contains(members, user), err
	case len(s.People) > 0:
		return false, nil
	}
	return u.IsAdmin || u.IsOwner || u.IsPrimaryOwner, nil
}

// isMember reports whether a user is a full member of the workspace.
func isMember(u *slack.User) bool {
	return !u.Deleted && !u.IsBot && !u.IsRestricted && !u.IsUltraRestricted && !u.IsStranger
}

// Resolve implements [team.Directory]. A group can be given as an ID or as a handle
// (https://docs.slack.dev/reference/methods/usergroups.list).
func (d Directory) Resolve(ctx context.Context, s team.Settings) (team.Settings, error) {
	for _, id := range s.People {
		u, err := d.API.GetUserInfoContext(ctx, id)
		if isCode(err, "user_not_found", "user_not_visible") || err == nil && !isMember(u) {
			return s, team.ErrUnknownPerson
		}
		if err != nil {
			return s, err
		}
	}
	if s.Group == "" {
		return s, nil
	}
	groups, err := d.API.GetUserGroupsContext(ctx)
	if isCode(err, "missing_scope", "no_permission") {
		return s, team.ErrGroupScope
	}
	if err != nil {
		return s, err
	}
	handle := strings.TrimPrefix(s.Group, "@")
	for _, g := range groups {
		if g.ID == s.Group || strings.EqualFold(g.Handle, handle) {
			s.Group = g.ID
			return s, nil
		}
	}
	return s, team.ErrUnknownGroup
}

// isCode reports whether err comes from Slack and has one of the codes.
func isCode(err error, codes ...string) bool {
	var e slack.SlackErrorResponse
	return errors.As(err, &e) && slices.Contains(codes, e.Err)
}

// Name implements [team.Directory].
func (d Directory) Name(ctx context.Context, user string) string {
	u, err := d.API.GetUserInfoContext(ctx, user)
	if err != nil {
		return ""
	}
	for _, name := range []string{u.Profile.DisplayName, u.RealName, u.Name} {
		if name != "" {
			return name
		}
	}
	return ""
}
