package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// The modes in which Slack can reach the bot.
const (
	SocketMode = "socket"
	HTTPMode   = "http"
)

// Manifest returns what to paste when creating the app, as JSON
// (https://docs.slack.dev/reference/app-manifest). base is the public address of
// the bot, for the mode http.
func Manifest(mode, base string) ([]byte, error) {
	type object = map[string]any
	address := func(string) string { return "" }
	switch mode {
	case SocketMode:
		if base != "" {
			return nil, fmt.Errorf("socket mode needs no address: leave --url out, or choose --mode http")
		}
	case HTTPMode:
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("%q is no public https address: give the bot's own with --url https://…", base)
		}
		address = func(path string) string { return strings.TrimSuffix(base, "/") + path }
	default:
		return nil, fmt.Errorf("unknown mode %q: use %s or %s", mode, SocketMode, HTTPMode)
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
			"description":      "Explains Kubernetes words / Kubernetesの用語を説明します",
			"long_description": longDescription,
			"background_color": "#326ce5",
		},
		"features": object{
			"app_home": object{
				"home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false,
			},
			"bot_user": object{"display_name": "k8sbot", "always_online": true},
			"shortcuts": []object{{
				"name": "Explain Kubernetes words", "type": "message", "callback_id": shortcutID,
				"description": "What the words in this message mean / 用語を説明",
			}},
			"slash_commands": []object{with(object{
				"command": "/k8s", "description": "Explain a Kubernetes word / Kubernetesの用語を説明",
				"usage_hint": "CrashLoopBackOff | A vs B | help", "should_escape": false,
			}, "url", "/slack/commands")},
		},
		"oauth_config": object{"scopes": object{
			// Slash commands and shortcuts, answers, mentions, direct messages, and
			// the language that a person has set.
			"bot": []string{"commands", "chat:write", "app_mentions:read", "im:history", "users:read"},
		}},
		"settings": object{
			"event_subscriptions": with(object{
				"bot_events": []string{"app_mention", "app_home_opened", "message.im", "app_uninstalled", "tokens_revoked"},
			}, "request_url", "/slack/events"),
			"interactivity":          with(object{"is_enabled": true}, "request_url", "/slack/interactions"),
			"org_deploy_enabled":     false,
			"socket_mode_enabled":    mode == SocketMode,
			"token_rotation_enabled": false,
		},
	}
	return json.MarshalIndent(m, "", "  ")
}

// longDescription has between 174 and 4,000 characters, as Slack asks for.
const longDescription = `k8sbot explains Kubernetes words where you already talk: components, resources, and the statuses that kubectl shows. ` +
	`Type /k8s CrashLoopBackOff, mention the bot, paste what kubectl printed, or choose "Explain Kubernetes words" on any message. ` +
	`Answers are short, in English or Japanese, and say what to look at next.` + "\n\n" +
	`Kubernetesの用語(コンポーネント、リソース、kubectlに表示される状態)を日本語と英語で説明します。` +
	`「/k8s CrashLoopBackOff」と入力するか、ボットにメンションする、kubectlの出力を貼り付ける、メッセージのショートカットから説明させる、のどれでも使えます。`
