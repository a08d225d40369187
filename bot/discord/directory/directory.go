// Package directory knows what Discord says about the member of a server who uses the bot.
package directory

import (
	"context"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot/team"
)

// A Member is the member of an interaction. Discord signs it, so it needs no call.
type Member struct {
	User        string
	DisplayName string
	Roles       []string // IDs
	Permissions string   // a bit set, in decimal
	// Known are the roles that were chosen in the interaction.
	Known []string
}

var _ team.Directory = Member{}

// IsReviewer implements [team.Directory]. The group is a role. Without one, those who may manage
// the server review.
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

// Resolve implements [team.Directory]. Discord resolves the IDs that are chosen in a form; others
// are forged.
func (m Member) Resolve(_ context.Context, s team.Settings) (team.Settings, error) {
	if len(s.People) > 0 {
		return s, team.ErrUnknownPerson // the form has no people
	}
	if s.Group != "" && !slices.Contains(m.Known, s.Group) {
		return s, team.ErrUnknownGroup
	}
	return s, nil
}

// Name implements [team.Directory]. Only the name of the member is known.
func (m Member) Name(_ context.Context, user string) string {
	if user == m.User {
		return m.DisplayName
	}
	return ""
}
