package slack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"k8sbot/bot"
)

// shortcutID is the callback ID of the message shortcut.
const shortcutID = "explain_message"

// An interaction is a button press, a search on the Home tab, or a message shortcut
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
	Actions []blockAction `json:"actions"`
}

// A blockAction is a click on a button, a choice in a menu, or a text that was entered.
type blockAction struct {
	ActionID       string `json:"action_id"`
	ActionTS       string `json:"action_ts"`
	Value          string `json:"value"`
	SelectedOption struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// button returns the ID of the [reply.Button] that was clicked or chosen.
func (a blockAction) button() string {
	if a.ActionID == menuID {
		return a.SelectedOption.Value
	}
	return a.ActionID
}

// key returns an ID of the interaction that is short enough for a store, or "" if it has no
// trigger ID.
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

// onInteraction handles an interaction in the background. It returns an error if the
// interaction cannot be accepted now.
func (a *Adapter) onInteraction(i interaction) error {
	arrived := time.Now()
	team, user, channel := i.Team.ID, i.User.ID, i.Channel.ID
	switch {
	case i.Type == "message_action" && i.CallbackID == shortcutID:
		return a.dispatcher.Enqueue("shortcut", i.key(), func(ctx context.Context) {
			req := a.request(ctx, bot.Shortcut, i.TriggerID, team, user, channel)
			req.Message, req.Thread = i.Message.TS, i.Message.ThreadTS
			req.Command, req.Text = bot.ExplainCommand, plain(i.Message.fullText())
			req.Files = a.files.Read(ctx, filesOf(i.Message.Files))
			m := render(a.dispatcher.Handle(ctx, req, arrived))
			m.ThreadTS = i.Message.ThreadTS
			a.send(ctx, req.ID, i.ResponseURL, m)
		})
	case i.Type == "block_actions" && len(i.Actions) > 0:
		act := i.Actions[0]
		return a.dispatcher.Enqueue("action", i.key(), func(ctx context.Context) {
			if i.Container.Type == "view" {
				a.onHomeAction(ctx, i, arrived)
				return
			}
			req := a.request(ctx, bot.ButtonClick, i.TriggerID, team, user, channel)
			req.Action, req.FromEphemeral, req.Thread = act.button(), i.Container.IsEphemeral, i.Container.ThreadTS
			reply := a.dispatcher.Handle(ctx, req, arrived)
			m := render(reply)
			m.ThreadTS = i.Container.ThreadTS
			if reply.InThread {
				m.ThreadTS = cmp.Or(m.ThreadTS, i.Message.TS)
			}
			a.send(ctx, req.ID, i.ResponseURL, m)
		})
	}
	return nil
}

// onHomeAction handles an interaction on the Home tab, and shows the reply there.
func (a *Adapter) onHomeAction(ctx context.Context, i interaction, arrived time.Time) {
	act := i.Actions[0]
	req := a.request(ctx, bot.Home, i.TriggerID, i.Team.ID, i.User.ID, "")
	if act.ActionID == searchID {
		req.Command, req.Text = bot.TermCommand, act.Value
	} else {
		req.Action = act.button()
	}
	a.publish(ctx, req, a.dispatcher.Handle(ctx, req, arrived))
}

// A chatMessage is the message that the shortcut was used on, or that has the pressed
// button.
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

// fullText returns all text of a message. For a user's message, that is its text. Programs
// also send text in blocks and attachments, or only there.
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
