package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"k8sbot/bot"
	"k8sbot/bot/slack/webapi"
	"k8sbot/bot/slack/workspace"
)

var _ bot.PostFinder = (*Adapter)(nil)

const (
	// clockSkew is how far before the given time a search begins, because the clocks of
	// Slack and the replicas may differ.
	clockSkew = time.Minute
	// maxPages is the maximum number of pages to search. pageSize is the recommended number of
	// messages per page. Slack returns at most 15 messages to some commercial apps
	// (https://docs.slack.dev/reference/methods/conversations.history,
	// https://docs.slack.dev/apis/web-api/rate-limits).
	maxPages = 10
	pageSize = 200
	// searchTimeout limits a search. It is shorter than the lease on a delivery.
	searchTimeout = 20 * time.Second
	// maxHistory is the maximum size of a page in bytes.
	maxHistory = 32 << 20
)

// historyRefused contains the error codes with which Slack refuses to show a channel's messages
// (https://docs.slack.dev/reference/methods/conversations.history#errors).
var historyRefused = map[string]bool{
	"missing_scope": true, "no_permission": true, "access_denied": true, "not_in_channel": true,
	"channel_not_found": true, "team_access_not_granted": true, "ekm_access_denied": true,
	"method_not_supported_for_channel_type": true,
}

// FindPost implements [bot.PostFinder]. It needs one of the optional scopes, except in direct
// messages. It does not remember that a scope is missing, because each type of channel needs a
// different scope. Calls are rare, because a workspace is paused after each post with an unknown
// outcome. FindPost returns [bot.ErrCannotSearch] if Slack refuses to show the messages, or if
// there are more messages than fit in maxPages.
func (a *Adapter) FindPost(ctx context.Context, c bot.Channel, since time.Time, buttonID string) (ref string, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	query := url.Values{
		"channel": {c.ID}, "oldest": {fmt.Sprintf("%d.000000", since.Add(-clockSkew).Unix())}, "limit": {fmt.Sprint(pageSize)},
	}
	s, err := a.session(ctx, workspace.Ref{Team: c.Tenant})
	if err != nil {
		return "", false, err
	}
	for range maxPages {
		page, err := s.history(ctx, query)
		if err != nil {
			return "", false, err
		}
		for _, m := range page.Messages {
			if m.BotID != "" && hasButton(m.Blocks, buttonID) {
				return m.TS, true, nil
			}
		}
		next := page.Metadata.NextCursor
		if next == "" && !page.HasMore {
			return "", false, nil
		}
		if next == "" {
			return "", false, errors.New("slack has more messages but returned no cursor")
		}
		query.Set("cursor", next)
	}
	return "", false, fmt.Errorf("%w: too many to search", bot.ErrCannotSearch)
}

// A historyPage is a response from conversations.history, with the fields that FindPost reads.
type historyPage struct {
	OK       bool             `json:"ok"`
	Error    string           `json:"error"`
	Needed   string           `json:"needed"` // the required scopes
	Messages []historyMessage `json:"messages"`
	HasMore  bool             `json:"has_more"`
	Metadata struct {
		NextCursor string `json:"next_cursor"`
	} `json:"response_metadata"`
}

// A historyMessage is a message in a channel's history.
type historyMessage struct {
	TS     string          `json:"ts"`
	BotID  string          `json:"bot_id"` // "" if a person sent it
	Blocks json.RawMessage `json:"blocks"` // any JSON value if another app sent the message
}

// history returns a page of messages, latest first. The error is [bot.ErrCannotSearch] if
// Slack refuses to show them. It does not use the library, which returns an error if a message
// from another app has an unknown block.
func (a *session) history(ctx context.Context, query url.Values) (page historyPage, err error) {
	const method = "conversations.history"
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.o.APIURL+method, strings.NewReader(query.Encode()))
	if err != nil {
		return page, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+a.token.Reveal())
	resp, err := a.httpClient.Do(req)
	if err != nil {
		return page, webapi.StripURL(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return page, fmt.Errorf("slack responded with %s", resp.Status)
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxHistory))
	if err != nil {
		return page, err
	}
	if err := json.Unmarshal(data, &page); err != nil {
		return page, fmt.Errorf("cannot parse the channel's messages: %w", err)
	}
	switch {
	case historyRefused[page.Error]:
		a.o.Metrics.APIError(Platform, method, page.Error)
		return page, fmt.Errorf("%w: %s, needed scope %q", bot.ErrCannotSearch, page.Error, page.Needed)
	case !page.OK:
		a.o.Metrics.APIError(Platform, method, page.Error)
		return page, fmt.Errorf("slack did not return the channel's messages: %q", page.Error)
	case page.Messages == nil:
		return page, errors.New("the response has no messages")
	}
	return page, nil
}

// hasButton reports whether blocks contain a button with the given ID.
func hasButton(blocks json.RawMessage, id string) bool {
	list, err := decode[[]struct {
		Elements json.RawMessage `json:"elements"` // any JSON value
	}](blocks)
	if err != nil {
		return false
	}
	for _, b := range list {
		elements, err := decode[[]struct {
			ActionID string `json:"action_id"`
		}](b.Elements)
		if err != nil {
			continue
		}
		for _, e := range elements {
			if e.ActionID == id {
				return true
			}
		}
	}
	return false
}
