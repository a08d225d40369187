// Package about contains what the program says about itself: its settings, what it stores, the
// man page, and answers for administrators who decide whether to install it.
package about

import (
	"fmt"
	"strings"
)

// A Setting is an environment variable.
type Setting struct {
	Name, Default, About string
}

// Settings lists all environment variables that the program reads, for the help and the man
// page.
var Settings = []Setting{
	{"DEFAULT_LANG", "ja", "ja or en: the language to use if nothing else determines it. In a terminal whose locale is C or names another language, the default is en"},
	{"GLOSSARY_DIR", "", "the directory of your team's own terms and additions to built-in terms"},
	{"SLACK_BOT_TOKEN", "", "xoxb-…; Slack needs this and one of the next two settings"},
	{"SLACK_APP_TOKEN", "", "xapp-…, for Socket Mode"},
	{"SLACK_SIGNING_SECRET", "", "for HTTP mode, at /slack/commands, /slack/events and /slack/interactions"},
	{"SLACK_MODE", "socket", "socket or http, if both modes are set up"},
	{"SLACK_API_URL", "https://slack.com/api/", "base URL for all API calls"},
	{"SLACK_CLIENT_ID", "", "for an app in many workspaces, instead of SLACK_BOT_TOKEN; the next three settings and SLACK_SIGNING_SECRET are then required"},
	{"SLACK_CLIENT_SECRET", "", "copy it and the client ID from the app's Basic Information page"},
	{"SLACK_REDIRECT_URL", "", "https://…/slack/oauth: where Slack sends people who have installed the app"},
	{"SEAL_KEYS", "", "the keys that encrypt the workspaces' tokens, in the form that openssl rand -base64 32 prints; the first key encrypts, and every key decrypts"},
	{"DISCORD_BOT_TOKEN", "", "to connect to the gateway and register the commands"},
	{"DISCORD_PUBLIC_KEY", "", "to receive interactions over HTTP, at /discord/interactions"},
	{"DISCORD_APPLICATION_ID", "looked up", "the application's ID"},
	{"DISCORD_SHARDS", "as Discord recommends", "number of gateway connections"},
	{"DISCORD_API_URL", "https://discord.com/api/", "base URL for all API calls, such as that of a REST proxy"},
	{"DATABASE_URL", "k8sbot.db in the user's state directory", "a SQLite file, or postgres://… for several replicas"},
	{"DAILY_ADMINS_ONLY", "false", "true: only administrators can set the daily term"},
	{"DAILY_PREFER", "once", "what to do if the outcome of a post is unknown: once skips the term, and sure posts it again"},
	{"HTTP_ADDR", "127.0.0.1:8080", "the address for /healthz, /readyz and HTTP mode (:8080 in the image); the terminal chat listens only if this is set"},
	{"MCP_HTTP", "false", "true: answer agents at /mcp"},
	{"MCP_TOKEN", "", "the token that agents must send: at least 32 random characters, for example from openssl rand -hex 32"},
	{"PAGE", "false", "true: show the page with all terms at /"},
	{"UPSTREAM_URL", "", "the URL of the project that accepts reports of missing terms, such as https://github.com/OWNER/NAME; /k8s gaps links to a new issue there"},
	{"PUBLIC_URL", "", "the address of the page with all terms, such as https://k8sbot.example.com; answers link to it"},
	{"METRICS_ADDR", "HTTP_ADDR if that is a loopback address, otherwise off", "the address for /metrics; set it to the value of HTTP_ADDR to use the same listener"},
	{"LOG_LEVEL", "info", "debug, info, warn or error"},
	{"LOG_FORMAT", "text", "text or json; logs go to standard error"},
}

// SettingsText describes the settings, for the terminal.
func SettingsText() string {
	var b strings.Builder
	b.WriteString("Settings are environment variables. To read the setting NAME from a file, set NAME_FILE to the path of the file.\n")
	for _, s := range Settings {
		fmt.Fprintf(&b, "  %s%s\n      %s\n", s.Name, s.defaultNote(), s.About)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// defaultNote returns a space and the default in parentheses, or "" if there is none.
func (s Setting) defaultNote() string {
	if s.Default == "" {
		return ""
	}
	return " (default: " + s.Default + ")"
}

// A StoredItem is a kind of data that the bot stores. The table in bot/store/README.md has the
// same rows.
type StoredItem struct{ What, Why, HowLong string }

// Stored lists everything that the bot stores.
var Stored = []StoredItem{
	{"a person's language setting, by user ID (and workspace, on Slack)", "to answer in that language", "until the person types forget me"},
	{"on Discord, the language (ja or en) of a person's profile, by user ID", "to answer mentions in that language too: Discord sends it only with commands and buttons", "until the person types forget me"},
	{"whether a person knew a daily term, and when they said so, by user ID", "for reviews", "until the person types forget me"},
	{"for people who have opted in to reviews, by user ID: their settings, the terms that they remember, each answer with its day and time, and when they next get a message", "to ask about a term again when they are about to forget it", "until the person types forget me"},
	{"the channels in which a person who has opted in to reviews answered a daily term, by user ID", "to post a term there again if at least three people in the channel have forgotten it", "90 days, or until the person types forget me"},
	{"for each channel with a daily term: the schedule, who set it (user ID), and which terms were posted", "to post the terms without repeating any", "the schedule and the last post of each term until someone types daily off; other posts for three years. In direct messages, all of this is deleted when the person types daily off or forget me"},
	{"which terms people asked for in channels with a daily term, and how often, without names", "to post those terms earlier, and to offer the most frequent statuses on the Home tab", "30 days; in direct messages, 30 days or until the person types daily off or forget me, if that is sooner"},
	{"for each workspace and server: whether the platform answers the bot's posts", "to pause posting if it doesn't", "indefinitely, since this does not identify anybody"},
	{"the last term of a conversation in a thread, a channel or direct messages (in direct messages, with the user ID), but none of the text", "to answer \"how do I fix it?\"", "an hour; in direct messages, an hour or until the person types forget me, if that is sooner"},
	{"which replica holds a connection to Discord", "so that only one replica connects", "a day"},
	{"questions of up to 64 characters that found nothing, normalized, with a count for each workspace and no names", "to find out which terms are missing (k8sbot misses)", "a year after the question was last asked"},
	{"for each workspace and server: its own terms with all revisions, who wrote and approved each revision (user IDs), and the proposals", "to use them in answers, and to show and restore earlier revisions", "the terms with all revisions, even of deleted terms, until the bot is removed; decided proposals for a year. If a person types forget me, their user ID is removed, but not the texts"},
	{"for each workspace and server: who reviews proposals (user IDs, or a group or role) and in which channel", "to ask the reviewers", "until the settings are changed; a reviewer who types forget me is removed"},
	{"for each workspace and server: a CSV file of terms, sent by a reviewer", "to import it once the reviewer confirms", "a day"},
	{"for each workspace and server: which questions found nothing, and which terms are unclear or forgotten, by language, with counts and no names. Questions that may contain a secret, an address or a long number are left out", "for /k8s gaps", "a year after the last occurrence"},
	{"for each Slack workspace or organization, if SLACK_CLIENT_ID is set: its ID and the ID of its organization, the bot's user ID, the granted scopes, and the token, encrypted with a key that is not in the database", "to answer in the workspace", "until the app is removed"},
	{"for each workspace that has the app through its organization: the IDs of the workspace and the organization", "to find the token for its daily terms", "until the app is removed"},
	{"which servers and workspaces have removed the bot, and when", "to delete what is stored about them", "30 days for a server, about an hour for a workspace"},
	{"hashes that show whether a link to install the Slack app has been used", "to accept each link only once", "ten minutes"},
	{"IDs of events, and of the answers to questions", "to answer each event once, and to update the answer when a question is edited", "an hour for events, ten minutes for answers"},
}

// DailyRules are the rules for the daily term. bot/daily/README.md explains them.
const DailyRules = `Rules for the daily term
  Common terms come first. Terms that people in the channel recently asked for come
  earlier. No term is repeated until all have been posted, unless people in the
  channel have forgotten it. On Discord, people with Manage Channels can set the daily
  term; on Slack, all members except guests can. A term is posted up to six hours late
  if the bot was down. If the outcome of a post is unknown, the bot checks the channel if
  it can, and posts the term again if it isn't there. Otherwise, it skips the term, unless
  DAILY_PREFER is sure.`

// Removal lists what is deleted when a workspace or a server removes the bot, or a person types
// forget me.
const Removal = `What a removal deletes
  When a workspace removes the Slack app, if SLACK_CLIENT_ID is set
      at once: the workspace's token, and everything in the list above about the workspace
      and the people in it. If an organization removes the app, this applies to all of its
      workspaces
  When a workspace removes the Slack app, if SLACK_BOT_TOKEN is set
      nothing: the bot exits. To delete the data, use k8sbot tenants delete slack:TEAM
  When a server removes the bot on Discord
      after 30 days: everything about the server, unless it adds the bot again by then.
      If only HTTP is used, Discord doesn't report removals: use k8sbot tenants delete
  When a person types forget me
      at once: everything about that person
Backups still contain deleted data.`

// AdminText explains to an administrator what is stored, and what a removal deletes.
func AdminText() string { return StoredText() + "\n\n" + Removal }

// StoredText describes what is stored, for the terminal.
func StoredText() string {
	var b strings.Builder
	b.WriteString("What is stored\n")
	for _, s := range Stored {
		fmt.Fprintf(&b, "  %s\n      why: %s\n      how long: %s\n", s.What, s.Why, s.HowLong)
	}
	b.WriteString("Messages, pastes and files are never stored or logged, with two exceptions: a CSV file\nsent for import, which is kept for a day, and text that somebody proposes as a term.")
	return b.String()
}
