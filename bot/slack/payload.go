package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// The payloads of Slack, as far as they are read. They are decoded here and not
// by the library, which rejects a whole event for one field that it does not
// know.

// An event is the outer form of what the Events API delivers
// (https://docs.slack.dev/apis/events-api).
type event struct {
	Type      string     `json:"type"`
	Challenge string     `json:"challenge"`
	TeamID    string     `json:"team_id"`
	EventID   string     `json:"event_id"`
	Event     innerEvent `json:"event"`
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
	// Message is the new state of one that was edited, PreviousMessage the old.
	Message         *innerEvent `json:"message"`
	PreviousMessage *innerEvent `json:"previous_message"`
	// changed is set on a question that was edited in a direct message.
	changed bool
	// Tokens are those that were revoked.
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// A command is a slash command
// (https://docs.slack.dev/interactivity/implementing-slash-commands).
type command struct {
	TeamID      string `json:"team_id"`
	ChannelID   string `json:"channel_id"`
	UserID      string `json:"user_id"`
	Text        string `json:"text"`
	ResponseURL string `json:"response_url"`
	TriggerID   string `json:"trigger_id"`
}

// An interaction is a button that was pressed, or a shortcut
// (https://docs.slack.dev/reference/interaction-payloads).
type interaction struct {
	Type        string `json:"type"`
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	ActionTS    string `json:"action_ts"`
	Team        struct {
		ID string `json:"id"`
	} `json:"team"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
	Message   chatMessage `json:"message"`
	Container struct {
		Type        string `json:"type"`
		ThreadTS    string `json:"thread_ts"`
		IsEphemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []struct {
		ActionID string `json:"action_id"`
		ActionTS string `json:"action_ts"`
		Value    string `json:"value"`
	} `json:"actions"`
}

// key tells an interaction from all others, in the few characters that a store
// keeps.
func (i interaction) key() string {
	if i.TriggerID == "" {
		return ""
	}
	parts := []string{i.TriggerID, i.ActionTS, i.User.ID, i.Message.TS}
	if len(i.Actions) > 0 {
		parts = append(parts, i.Actions[0].ActionID, i.Actions[0].ActionTS)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, ":")))
	return hex.EncodeToString(sum[:])
}

// A chatMessage is somebody's message, on which the shortcut was chosen.
type chatMessage struct {
	BotID       string       `json:"bot_id"`
	Text        string       `json:"text"`
	TS          string       `json:"ts"`
	ThreadTS    string       `json:"thread_ts"`
	Blocks      []any        `json:"blocks"`
	Attachments []attachment `json:"attachments"`
}

// An attachment is how many programs send alerts
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

// said returns all that a message says. What a person typed is in its text;
// programs say it in blocks and attachments too, or only there.
func (m chatMessage) said() string {
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

// blockTexts returns the texts in blocks, whatever their kinds.
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

func decode[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}
