// Package directory provides what Discord's interactions say about the server member who uses the
// bot.
package directory

import (
	"context"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/team"
)

// A Member is the server member who started an interaction. Discord signs the interaction, so no
// API call is needed.
type Member struct {
	User        string
	DisplayName string
	Roles       []string // IDs of the member's roles
	Permissions string   // a bit set, in decimal
	// Known contains the IDs of the roles that were chosen in the interaction.
	Known []string
}

var _ team.Directory = Member{}

// IsReviewer implements [team.Directory]. On Discord, the group of reviewers is a role. If no role
// is set, everyone who can manage the server is a reviewer.
func (m Member) IsReviewer(_ context.Context, s team.Settings, user string) (bool, error) {
	switch {
	case user != m.User:
		return false, nil
	case s.Names(user):
		return true, nil
	case s.Group != "":
		return slices.Contains(m.Roles, s.Group), nil
	case len(s.People) > 0:
		return false, nil
	}
	bits, err := strconv.ParseInt(m.Permissions, 10, 64)
	return err == nil && bits&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0, nil
}

// Resolve implements [team.Directory]. Discord sends the roles that the user chose in a form, so
// any other ID is forged.
func (m Member) Resolve(_ context.Context, s team.Settings) (team.Settings, error) {
	if len(s.People) > 0 {
		return s, team.ErrUnknownPerson // the form has no people
	}
	if s.Group != "" && !slices.Contains(m.Known, s.Group) {
		return s, team.ErrUnknownGroup
	}
	return s, nil
}

// Name implements [team.Directory]. Only the member's own name is known.
func (m Member) Name(_ context.Context, user string) string {
	if user == m.User {
		return m.DisplayName
	}
	return ""
}
