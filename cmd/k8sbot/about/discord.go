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
  GUILDS                         to see which servers and channels there are
  GUILD_MESSAGES                 to receive messages that mention the bot. Discord sends
                                 other messages without their text, and the bot drops them
  DIRECT_MESSAGES                to receive direct messages

What the bot does not read
  Other messages: without the privileged intent MESSAGE_CONTENT, Discord does not
  send their text. The bot reads a message if a person chooses "Explain
  Kubernetes terms" or "Save as a team term" for it, and the history of a channel
  only to find its own daily term.

When it posts by itself
  The daily term, in channels where a person with Manage Channels has set it with
  /k8s daily; DAILY_ADMINS_ONLY=true restricts that to administrators.
  At most one direct message a day to people who have turned on reviews, until they
  stop it.
  Proposals of team terms, in the channel that an admin chose with /k8s reviewers.
  A direct message to a person whose proposal was decided, whose team term should be
  checked again, or whose daily term could not be posted.
  Answers to /k8s are visible only to the person who asked, unless they choose
  to show them to everyone.

What leaves your network
  Only answers, which go to Discord. Apart from that, the bot connects only to its
  database. It uses no language model and sends no statistics.
`, permissions, intents)
}
