package main

import (
	"fmt"
	"strings"
)

// A setting is an environment variable.
type setting struct {
	name, byDefault, about string
}

// settings lists all environment variables, for help and the man page. The variables that
// readConfig reads are the same.
var settings = []setting{
	{"DEFAULT_LANG", "ja", "ja or en: the language if nothing else decides"},
	{"GLOSSARY_DIR", "", "your team's own terms, which overlay the built-in ones"},
	{"SLACK_BOT_TOKEN", "", "xoxb-…; Slack needs it and one of the next two"},
	{"SLACK_APP_TOKEN", "", "xapp-…, for Socket Mode"},
	{"SLACK_SIGNING_SECRET", "", "for HTTP mode: /slack/commands, /slack/events, /slack/interactions"},
	{"SLACK_MODE", "socket", "socket or http, if both are set up"},
	{"SLACK_API_URL", "https://slack.com/api/", "base URL of all API calls"},
	{"DISCORD_BOT_TOKEN", "", "for the gateway, and to register the commands"},
	{"DISCORD_PUBLIC_KEY", "", "for interactions over HTTP: /discord/interactions"},
	{"DISCORD_APPLICATION_ID", "looked up", "the application's ID"},
	{"DISCORD_SHARDS", "as Discord recommends", "number of gateway connections"},
	{"DISCORD_API_URL", "https://discord.com/api/", "base URL of all API calls, for example of a REST proxy"},
	{"DATABASE_URL", "k8sbot.db in the user's state directory", "a SQLite file, or postgres://… for several replicas"},
	{"DAILY_ADMINS_ONLY", "false", "true: only administrators can set the daily term"},
	{"DAILY_PREFER", "once", "if the outcome of a post is unknown: once skips it, sure posts it again"},
	{"HTTP_ADDR", "127.0.0.1:8080", "/healthz, /readyz and HTTP mode (:8080 in the image); the terminal chat listens only if it is set"},
	{"METRICS_ADDR", "HTTP_ADDR if that is a loopback address, otherwise off", "where /metrics is; set it to the value of HTTP_ADDR to use the same listener"},
	{"LOG_LEVEL", "info", "debug, info, warn or error"},
	{"LOG_FORMAT", "text", "text or json. Logs go to standard error"},
}

// settingsText describes the settings, for the terminal.
func settingsText() string {
	var b strings.Builder
	b.WriteString("Settings are environment variables. NAME_FILE is the path of a file with the value.\n")
	for _, s := range settings {
		fmt.Fprintf(&b, "  %s%s\n      %s\n", s.name, s.defaultNote(), s.about)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// defaultNote returns the default in parentheses, or "" if there is none.
func (s setting) defaultNote() string {
	if s.byDefault == "" {
		return ""
	}
	return " (default: " + s.byDefault + ")"
}
