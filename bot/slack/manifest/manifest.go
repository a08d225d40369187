// Package manifest writes the manifest of the Slack app and explains why the app needs its
// scopes and events.
package manifest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// The ways in which Slack can deliver events.
const (
	SocketMode = "socket"
	HTTPMode   = "http"
)

// Callback IDs of the shortcuts.
const (
	ExplainShortcut  = "explain_message" // on a message: explains its terms
	RememberShortcut = "remember_words"  // on a message: remembers its terms
	SaveShortcut     = "save_term"       // on a message: opens the form for a team's term
	LookUpShortcut   = "look_up"         // anywhere: opens the modal for looking up a term
)

// New returns the app manifest as JSON, to be pasted when the app is created
// (https://docs.slack.dev/reference/app-manifest). mode is [SocketMode] or [HTTPMode]. base is
// the bot's public https URL in HTTP mode, and must be "" in Socket Mode. many is set for an app
// that many workspaces or organizations install, which needs HTTP mode.
func New(mode, base string, many bool) ([]byte, error) {
	type object = map[string]any
	address := func(string) string { return "" }
	switch mode {
	case SocketMode:
		if many {
			return nil, errors.New("--many needs --mode http")
		}
		if base != "" {
			return nil, errors.New("--url is only for HTTP mode: remove it, or use --mode http")
		}
	case HTTPMode:
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("invalid public URL %q: use --url https://… with the bot's own host", base)
		}
		address = func(path string) string { return strings.TrimSuffix(base, "/") + path }
	default:
		return nil, fmt.Errorf("invalid mode %q: use %s or %s", mode, SocketMode, HTTPMode)
	}
	with := func(o object, key, path string) object {
		if a := address(path); a != "" {
			o[key] = a
		}
		return o
	}
	m := object{
		"display_information": object{
			"name":             "k8sbot",
			"description":      "Explains Kubernetes terms / Kubernetesの用語を説明します",
			"long_description": longDescription,
			"background_color": "#326ce5",
		},
		"features": object{
			"app_home": object{
				"home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false,
			},
			"bot_user": object{"display_name": "k8sbot", "always_online": true},
			"shortcuts": []object{{
				"name": "Look up Kubernetes term", "type": "global", "callback_id": LookUpShortcut,
				"description": "Look up a term, a status or a question / 用語を調べる",
			}, {
				"name": "Explain Kubernetes terms", "type": "message", "callback_id": ExplainShortcut,
				"description": "Explain the terms in this message / 用語を説明",
			}, {
				"name": "Remember these terms", "type": "message", "callback_id": RememberShortcut,
				"description": "Ask me about them before I forget / 用語を覚える",
			}, {
				"name": "Save as a team term", "type": "message", "callback_id": SaveShortcut,
				"description": "Define a term for your team / チームの用語を追加",
			}},
			"slash_commands": []object{with(object{
				"command": "/k8s", "description": "Explain a Kubernetes term / Kubernetesの用語を説明",
				"usage_hint": "CrashLoopBackOff | A vs B | help", "should_escape": false,
			}, "url", "/slack/commands")},
		},
		"oauth_config": object{"scopes": object{
			"bot": names(scopes, false),
			// Whoever installs the app may leave these out. Slack requires them in both lists
			// (https://docs.slack.dev/reference/app-manifest#oauth,
			// https://docs.slack.dev/changelog/2026/03/16/optional-scopes).
			"bot_optional": names(scopes, true),
		}},
		"settings": object{
			"event_subscriptions": with(object{
				"bot_events": names(events, false),
			}, "request_url", "/slack/events"),
			// The second URL is for the options of select menus.
			"interactivity": with(with(object{"is_enabled": true}, "request_url", "/slack/interactions"),
				"message_menu_options_url", "/slack/interactions"),
			"org_deploy_enabled":     false,
			"socket_mode_enabled":    mode == SocketMode,
			"token_rotation_enabled": false,
		},
	}
	if many {
		m["oauth_config"].(object)["redirect_urls"] = []string{address("/slack/oauth")}
		settings := m["settings"].(object)
		settings["org_deploy_enabled"] = true
		settings["event_subscriptions"].(object)["bot_events"] = append(names(events, false), names(manyEvents, false)...)
	}
	return json.MarshalIndent(m, "", "  ")
}

// longDescription has between 174 and 4,000 characters, as Slack requires.
const longDescription = `k8sbot explains Kubernetes terms where you already chat: components, resources, and the statuses that kubectl shows. ` +
	`Type /k8s CrashLoopBackOff, mention the bot, paste kubectl output, or choose "Explain Kubernetes terms" on any message. ` +
	`Answers are short, in English or Japanese, and tell you what to check next.` + "\n\n" +
	`Kubernetesの用語(コンポーネント、リソース、kubectlに表示される状態)を日本語と英語で説明します。` +
	`「/k8s CrashLoopBackOff」と入力する、ボットにメンションする、kubectlの出力を貼り付ける、メッセージのショートカットを選ぶ、のどの方法でも使えます。`
