package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"k8sbot/bot"
	"k8sbot/bot/discord/errcode"
	"k8sbot/bot/discord/snowflake"
)

var _ bot.PostFinder = (*Adapter)(nil)

const (
	// clockSkew is how far before the given time a search begins, because the clocks of
	// Discord and the replicas may differ.
	clockSkew = time.Minute
	// maxPages is the maximum number of pages to search. pageSize is the number of messages per
	// page (https://docs.discord.com/developers/resources/message#get-channel-messages).
	maxPages = 10
	pageSize = 100
	// searchTimeout limits a search. It is shorter than the lease on a delivery.
	searchTimeout = 20 * time.Second
)

// FindPost implements [bot.PostFinder]. It needs the permission Read Message History, but not the
// message content intent: an app may read what it has sent
// (https://docs.discord.com/developers/events/gateway#message-content-intent). It returns
// [bot.ErrCannotSearch] without that permission, or if there are more messages than fit in
// maxPages.
func (a *Adapter) FindPost(ctx context.Context, c bot.Channel, since time.Time, buttonID string) (ref string, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	after := snowflake.At(since.Add(-clockSkew))
	seen := false // whether Discord has shown any message
	for range maxPages {
		page, err := a.history(ctx, c.ID, fmt.Sprintf("?after=%d&limit=%d", after, pageSize))
		if err != nil {
			return "", false, err
		}
		for _, m := range page {
			if a.sentByBot(m) && hasButton(m.Components, buttonID) {
				return m.ID, true, nil
			}
			after = max(after, m.number())
		}
		seen = seen || len(page) > 0
		switch {
		case len(page) >= pageSize:
			continue
		case seen:
			return "", false, nil
		}
		empty, err := a.emptySince(ctx, c.ID, after)
		if err != nil || empty {
			return "", false, err
		}
	}
	return "", false, fmt.Errorf("%w: too many to search", bot.ErrCannotSearch)
}

// emptySince reports whether a channel has no messages after an ID. Without the permission to read
// the history, Discord shows an empty channel instead of an error
// (https://docs.discord.com/developers/resources/message#get-channel-messages). So only an older
// message proves that there are no later messages.
func (a *Adapter) emptySince(ctx context.Context, channel string, after uint64) (bool, error) {
	newest, err := a.history(ctx, channel, "?limit=1")
	switch {
	case err != nil:
		return false, err
	case len(newest) == 0:
		return false, fmt.Errorf("%w: allow Read Message History", bot.ErrCannotSearch)
	}
	return newest[0].number() <= after, nil
}

// A historyMessage is a message in a channel's history, with the fields that FindPost reads.
type historyMessage struct {
	ID            string          `json:"id"`
	ApplicationID string          `json:"application_id"`
	Author        *user           `json:"author"`
	Components    json.RawMessage `json:"components"` // any JSON value if another app sent the message
}

// number returns the ID as a number. Later messages have higher numbers.
func (m historyMessage) number() uint64 {
	n, _ := strconv.ParseUint(m.ID, 10, 64)
	return n
}

// history returns messages from a channel. The error is [bot.ErrCannotSearch] if Discord
// refuses to show them.
func (a *Adapter) history(ctx context.Context, channel, query string) ([]historyMessage, error) {
	data, err := a.api.call(ctx, http.MethodGet, discordgo.EndpointChannelMessages(channel)+query, nil)
	if err == nil {
		return decode[[]historyMessage](data)
	}
	r := asAPIError(err)
	if r != nil && r.coded && r.code != errcode.BlockedByCloudflare && (errcode.Unavailable[r.code] != "" || r.status == http.StatusForbidden) {
		return nil, fmt.Errorf("%w: %w", bot.ErrCannotSearch, err)
	}
	return nil, err
}

// sentByBot reports whether the bot sent a message. A replica without a shard does not
// know the bot's user ID: it compares the application ID, or accepts any bot's message.
func (a *Adapter) sentByBot(m historyMessage) bool {
	self := a.self.Load()
	switch {
	case m.Author == nil:
		return false
	case self != nil:
		return m.Author.ID == *self
	case a.o.ApplicationID != "" && m.ApplicationID != "":
		return m.ApplicationID == a.o.ApplicationID
	}
	return m.Author.Bot
}

// hasButton reports whether components contain a button with the given ID.
func hasButton(components json.RawMessage, id string) bool {
	list, err := decode[[]struct {
		CustomID   string          `json:"custom_id"`
		Components json.RawMessage `json:"components"`
	}](components)
	if err != nil {
		return false
	}
	for _, c := range list {
		if c.CustomID == id || len(c.Components) > 0 && hasButton(c.Components, id) {
			return true
		}
	}
	return false
}
