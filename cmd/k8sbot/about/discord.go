package about

import "fmt"

// Discord explains to a server's administrator what the bot may do and why, and when it posts.
// permissions and intents are the bit sets that the bot requests.
func Discord(permissions int64, intents int) string {
	return fmt.Sprintf(`Permissions (%d):
  View Channels                  to see the channels in which people mention the bot
  Send Messages                  to answer mentions, and to post the daily term
  Send Messages in Threads       to answer mentions in threads
  Embed Links                    to format answers as embeds
  Read Message History           to reply to mentions (required by Discord), and to check
                                 whether a daily term was posted (optional)

Gateway intents (%d), none of them privileged:
  GUILDS                         to see which servers the bot is in, and their channels
  GUILD_MESSAGES                 to receive messages that mention the bot. Discord sends
                                 other messages without their text, and the bot drops them
  DIRECT_MESSAGES                to receive direct messages

What the bot does not read
  Other messages: without the privileged intent MESSAGE_CONTENT, Discord does not
  send their text. It does send the text of a message for which a person chooses
  "Explain Kubernetes terms" or "Save as a team term". The bot reads a channel's
  history only to find its own daily term.

When it posts unprompted
  The daily term, in channels where a person with Manage Channels has turned it on with
  /k8s daily; DAILY_ADMINS_ONLY=true allows only administrators to do so.
  At most one direct message a day to people who have turned on reviews, until they
  turn them off.
  Proposals for team terms, in the channel that an admin chose with /k8s reviewers.
  A direct message to a person whose proposal was approved or declined, whose team term
  should be checked again, or whose daily term could not be posted.
  Answers to /k8s are visible only to the person who asked, unless they choose
  to show them to everyone.

What leaves your network
  Only answers, which go to Discord. Apart from that, the bot connects only to its
  database. It uses no language model and sends no statistics.
`, permissions, intents)
}
