package manifest

import (
	"fmt"
	"strings"
)

// A permission is a scope or an event, with the reason why the app needs it.
type permission struct {
	name, why string
	optional  bool // whether the permission can be left out when the app is installed
}

// The optional scopes.
const (
	FilesScope          = "files:read"       // to download files
	PublicHistoryScope  = "channels:history" // to look for a post in a public channel
	PrivateHistoryScope = "groups:history"   // to look for a post in a private channel
	UploadScope         = "files:write"      // to send exports as files
	GroupsScope         = "usergroups:read"  // to look up the members of a user group
)

// scopes are the bot's scopes (https://docs.slack.dev/reference/scopes).
var scopes = []permission{
	{"commands", "to provide the /k8s command and the shortcuts", false},
	{"chat:write", "to answer mentions and direct messages, and to post the daily term", false},
	{"app_mentions:read", "to receive messages that mention the bot", false},
	{"im:history", "to receive direct messages", false},
	{"users:read", "to see which language and time zone a person has set, and whether they are a guest", false},
	{FilesScope, "to read text files that are attached to messages to the bot", true},
	{PublicHistoryScope, "to check whether a daily term was posted in a public channel, if Slack doesn't confirm it", true},
	{PrivateHistoryScope, "to check whether a daily term was posted in a private channel, if Slack doesn't confirm it", true},
	{UploadScope, "to send a person's terms as a file when the person exports them", true},
	{GroupsScope, "to look up who is in the user group that reviews the team's terms", true},
}

// events are the events that the bot subscribes to (https://docs.slack.dev/reference/events).
var events = []permission{
	{"app_mention", "a message mentions the bot", false},
	{"app_home_opened", "a person opens the Home tab, which has a search box and the settings", false},
	{"message.im", "a person sends the bot a direct message", false},
	{"app_uninstalled", "the app was uninstalled: the bot checks its token or, if it serves many workspaces, deletes the workspace's data", false},
	{"tokens_revoked", "the app's token was revoked: the bot responds as it does to app_uninstalled", false},
}

// manyEvents are the additional events for an app that serves many workspaces.
var manyEvents = []permission{
	{"team_access_revoked", "an organization removed the app from a workspace: the bot deletes the workspace's data", false},
}

// Scopes returns the bot's scopes. Some of them can be left out when the app is installed.
func Scopes() []string { return names(scopes, false) }

// names returns the names of all permissions, or only of the optional ones.
func names(permissions []permission, onlyOptional bool) []string {
	var names []string
	for _, p := range permissions {
		if p.optional || !onlyOptional {
			names = append(names, p.name)
		}
	}
	return names
}

// Why explains to an administrator of a workspace what the app may do and why, and when it
// posts. Package about says what is stored.
func Why() string {
	var b strings.Builder
	table := func(heading string, permissions []permission) {
		b.WriteString(heading + "\n")
		for _, p := range permissions {
			why := p.why
			if p.optional {
				why += " (optional)"
			}
			fmt.Fprintf(&b, "  %-20s %s\n", p.name, why)
		}
		b.WriteString("\n")
	}
	table("Bot scopes (the app has no user scopes):", scopes)
	table("Events:", events)
	table("Additional events for an app that serves many workspaces:", manyEvents)
	b.WriteString(`What the bot does not read
  Other messages in channels: it receives only messages that mention it, and
  messages for which a person chooses "Explain Kubernetes terms", "Remember these
  terms" or "Save as a team term". It reads a channel's history only to find its own
  daily term.

When it posts unprompted
  The daily term, in channels where a member who is not a guest has turned it on with
  "daily on"; DAILY_ADMINS_ONLY=true allows only administrators to do so.
  At most one direct message a day to people who have turned on reviews, until they
  turn them off.
  Proposals for team terms, in the channel that an admin chose with "reviewers".
  A direct message to a person whose proposal was approved or declined, whose team term
  should be checked again, or whose daily term could not be posted.
  Answers to /k8s are visible only to the person who asked, unless that person shares them.

What leaves your network
  Only answers, which go to Slack. Apart from that, the bot connects only to its
  database. It uses no language model and sends no statistics.
`)
	return b.String()
}
