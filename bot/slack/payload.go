package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"k8sbot/bot/slack/blockkit"
	"k8sbot/bot/slack/formview"
	"k8sbot/bot/slack/workspace"
)

// An interaction is a button press, a search on the Home tab, the use of a shortcut, or the
// submission of a modal (https://docs.slack.dev/reference/interaction-payloads).
type interaction struct {
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	ActionTS    string `json:"action_ts"`
	Team        struct {
		ID string `json:"id"`
	} `json:"team"`
	Enterprise struct {
		ID string `json:"id"`
	} `json:"enterprise"`
	OrgWide flag `json:"is_enterprise_install"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	User struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	Message   chatMessage `json:"message"`
	Container struct {
		Type        string `json:"type"`
		MessageTS   string `json:"message_ts"`
		ThreadTS    string `json:"thread_ts"`
		IsEphemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []blockAction `json:"actions"`
	Value   string        `json:"value"` // what a user has typed in a select menu so far
	View    view          `json:"view"`
	// ResponseURLs has the response URLs of the conversations chosen in a modal.
	ResponseURLs []responseURL `json:"response_urls"`
}

// A blockAction is a click on a button, a choice from a menu, or text that a user entered.
type blockAction struct {
	ActionID       string          `json:"action_id"`
	ActionTS       string          `json:"action_ts"`
	Value          string          `json:"value"`
	SelectedOption formview.Option `json:"selected_option"`
}

// button returns the ID of the [reply.Button] that was clicked or chosen.
func (a blockAction) button() string {
	if a.ActionID == blockkit.MenuID {
		return a.SelectedOption.Value
	}
	return a.ActionID
}

// key returns the interaction's ID, shortened for a store, or "" if there is no trigger ID.
func (i interaction) key() string {
	if i.TriggerID == "" {
		return ""
	}
	parts := []string{i.TriggerID, i.ActionTS, i.User.ID, i.Message.TS}
	if len(i.Actions) > 0 {
		parts = append(parts, i.Actions[0].button(), i.Actions[0].ActionTS)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, ":")))
	return hex.EncodeToString(sum[:])
}

// awaited reports whether Slack waits for the answer to an interaction.
func (i interaction) awaited() bool {
	return i.Type == "block_suggestion" || i.Type == "view_submission"
}

// A view is the modal or the Home tab that an interaction comes from
// (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
type view struct {
	ID              string `json:"id"`
	Type            string `json:"type"`
	CallbackID      string `json:"callback_id"`
	PrivateMetadata string `json:"private_metadata"`
	Hash            string `json:"hash"` // of the version that was shown
	InstalledTeamID string `json:"app_installed_team_id"`
	State           struct {
		Values formview.State `json:"values"` // by block ID and action ID
	} `json:"state"`
}

// value returns what was entered in an input whose block and action have the same ID.
func (v view) value(id string) formview.Value { return v.State.Values[id][id] }

// A responseURL is the URL for responses in a conversation that was chosen in a modal.
type responseURL struct {
	ResponseURL string `json:"response_url"`
	ChannelID   string `json:"channel_id"`
}

// A chatMessage is a message in which a button was pressed, or on which a shortcut was used.
type chatMessage struct {
	BotID       string       `json:"bot_id"`
	Text        string       `json:"text"`
	TS          string       `json:"ts"`
	ThreadTS    string       `json:"thread_ts"`
	Blocks      []any        `json:"blocks"`
	Attachments []attachment `json:"attachments"`
	Files       []file       `json:"files"`
}

// An attachment is part of a message. Many programs send alerts as attachments
// (https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments).
type attachment struct {
	Fallback string `json:"fallback"`
	Pretext  string `json:"pretext"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Fields   []struct {
		Title string `json:"title"`
		Value string `json:"value"`
	} `json:"fields"`
	Blocks []any `json:"blocks"`
}

// fullText returns all text of a message. The text of a user's message is in Text. An app's
// message may also have text in its blocks and attachments, or only there.
func (m chatMessage) fullText() string {
	lines := []string{m.Text}
	if m.Text == "" || m.BotID != "" {
		lines = append(lines, blockTexts(m.Blocks)...)
	}
	for _, a := range m.Attachments {
		before := len(lines)
		lines = append(lines, a.Pretext, a.Title, a.Text)
		for _, f := range a.Fields {
			lines = append(lines, f.Title+" "+f.Value)
		}
		lines = append(lines, blockTexts(a.Blocks)...)
		if strings.TrimSpace(strings.Join(lines[before:], "")) == "" {
			lines = append(lines, a.Fallback)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// blockTexts returns the texts in blocks of any type.
func blockTexts(v any) (texts []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, inner := range v {
			if _, ok := inner.(string); !ok {
				texts = append(texts, blockTexts(inner)...)
			}
		}
	case map[string]any:
		for _, key := range []string{"text", "fields", "elements"} {
			texts = append(texts, blockTexts(v[key])...)
		}
	}
	return texts
}

// An event is the outer event that the Events API delivers
// (https://docs.slack.dev/apis/events-api).
type event struct {
	Type      string     `json:"type"`
	Challenge string     `json:"challenge"`
	TeamID    string     `json:"team_id"`
	AppID     string     `json:"api_app_id"`
	EventID   string     `json:"event_id"`
	Event     innerEvent `json:"event"`

	EnterpriseID   string `json:"enterprise_id"`
	Authorizations []struct {
		TeamID       string `json:"team_id"`
		EnterpriseID string `json:"enterprise_id"`
		OrgWide      flag   `json:"is_enterprise_install"`
	} `json:"authorizations"`
}

type innerEvent struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	BotID       string `json:"bot_id"`
	Text        string `json:"text"`
	TS          string `json:"ts"`
	ThreadTS    string `json:"thread_ts"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Tab         string `json:"tab"`
	Files       []file `json:"files"`
	// Message is the new version of an edited message, and PreviousMessage the old one.
	Message         *innerEvent `json:"message"`
	PreviousMessage *innerEvent `json:"previous_message"`
	// edited is set if a direct message was edited.
	edited bool
	// Tokens are the revoked tokens.
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
	// TeamIDs are the workspaces from which an organization has removed the app.
	TeamIDs []string `json:"team_ids"`
	TeamID  string   `json:"team_id"` // the workspace, in app_uninstalled_team
	AppID   string   `json:"app_id"`
}

// ref returns the workspace that receives an event. In a channel shared by several workspaces,
// it is the workspace whose installation can see the event
// (https://docs.slack.dev/apis/events-api/#authorizations).
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

// ref returns the workspace of an interaction. If a user from another company uses a view, the
// view belongs to the workspace that has the app
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

// A flag is a boolean that Slack sends as a JSON boolean or as a string.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(data []byte) error {
	*f = strings.Trim(string(data), `"`) == "true"
	return nil
}
