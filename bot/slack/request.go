package slack

import (
	"context"
	"encoding/json"
	"strings"

	"k8sbot/bot"
)

// request begins a request with who asks.
func (a *Adapter) request(ctx context.Context, surface bot.Surface, id, team, user, channel string) bot.Request {
	req := bot.Request{
		ID: id, Platform: Platform, Caps: Capabilities, Tenant: team, Surface: surface, User: user, Channel: channel,
		CanManage: func(ctx context.Context) (bool, error) { return a.canManage(ctx, user, channel) },
	}
	var locale string
	locale, req.TimeZone = a.locales.lookup(ctx, team, user)
	if locale != "" {
		req.Locales = []string{locale}
	}
	return req
}

// canManage asks Slack whether a person may change the settings of a channel:
// members of the workspace may who are no guests, or its admins alone; in a direct
// message everybody.
func (a *Adapter) canManage(ctx context.Context, user, channel string) (bool, error) {
	if strings.HasPrefix(channel, "D") {
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

// decode reads a payload of Slack, as far as its type tells what is read. The
// library's own types are not used: with them it rejects a whole event for one field
// that it does not know.
func decode[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}
