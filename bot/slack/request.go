package slack

import (
	"context"
	"encoding/json"
	"strings"

	"k8sbot/bot"
	"k8sbot/bot/slack/directory"
)

// request returns a request with the fields that all kinds of events have in common.
func (a *session) request(ctx context.Context, surface bot.Surface, id, team, user, channel string) bot.Request {
	req := bot.Request{
		ID: id, Platform: Platform, Caps: Capabilities, Tenant: team, Surface: surface, User: user, Channel: channel,
		Direct:    isDirect(channel),
		CanManage: func(ctx context.Context) (bool, error) { return a.canManage(ctx, user, channel) },
		Directory: directory.Directory{API: a.api},
	}
	var locale string
	locale, req.TimeZone = a.locales.Lookup(ctx, a.api, team, user)
	if locale != "" {
		req.Locales = []string{locale}
	}
	return req
}

// isDirect reports whether a channel is a direct message between a user and the bot
// (https://docs.slack.dev/reference/objects/conversation-object).
func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// canManage reports whether a user may change a channel's settings. All members of the workspace
// except guests may. If Options.AdminsOnly is set, only admins and owners may. In a direct
// message, anyone may.
func (a *session) canManage(ctx context.Context, user, channel string) (bool, error) {
	if isDirect(channel) {
		return true, nil
	}
	u, err := a.api.GetUserInfoContext(ctx, user)
	if err != nil {
		return false, err
	}
	if u.Deleted || u.IsBot || u.IsRestricted || u.IsUltraRestricted || u.IsStranger {
		return false, nil
	}
	return !a.o.AdminsOnly || u.IsAdmin || u.IsOwner || u.IsPrimaryOwner, nil
}

// decode decodes a payload from Slack. The library's types are not used, because they reject a
// whole event if one field has an unknown type.
func decode[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}
