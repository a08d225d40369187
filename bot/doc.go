// Package bot is the conversation of k8sbot: it turns a [Request] from any platform
// into a [reply.Reply] that every platform can render.
//
// The path of one question, here from Slack:
//
//	the Slack adapter receives and acknowledges it
//	  -> request              the event becomes a Request
//	    -> Bot.Handle         deadline, language, recover, log
//	      -> command.Parse    which command is it?
//	        -> run            run.go; runTerm is the most common
//	          -> Index.Search
//	        -> answer.Term …  builds the Reply from Blocks and Buttons
//	  -> render               the Reply becomes Slack's blocks, within its limits
//	the Slack adapter sends it
//
// This package decides what a person sees. It knows who is asking and what is stored. Package
// command lists what people can type, package query analyzes what they type, package answer builds
// the answers about terms, package wording contains the bot's own texts, and package reply defines
// the parts of a reply.
//
// A Reply contains meaning, not layout. The bot alone decides what is ephemeral, what is
// suggested and which language a reply is in.
//
// Handle never returns an error: a miss is a Reply, and a failure is logged once and becomes
// one sentence of the reply.
//
// Daily terms are posted by package daily. This package contains only the commands that schedule
// them, and the text of a post. Package review decides which terms a person reviews, and when;
// package study writes the questions, and package digest sends the review messages.
//
// # Vocabulary
//
// Each of these words has one meaning in the code:
//
//   - term: an entry of the glossary, which people look up
//   - daily term: the term that is posted in a channel on a given day
//   - schedule: when a channel's daily term is posted; delivery: a channel's post for one day
//   - platform: Slack, Discord or the terminal; adapter: the package for one platform
//   - tenant: a Slack workspace or a Discord server
//   - person: a user of a platform; channel: a channel or direct message of a tenant
//   - surface: how a person asks: slash command, mention, button click, …
//   - event: what a platform delivers to an adapter
//   - request: one question, as the bot receives it; exchange: a request being answered
//   - reply: the bot's answer; message: a reply as a platform shows it
//   - wording: the bot's own texts, in both languages
//   - block: a part of a reply; button: a button below a reply
//   - action: what a button does, encoded in its ID
//   - ephemeral: visible to one person only; public: visible to the channel
//   - share: post an ephemeral reply to the channel
//   - command: the first word of a message, such as compare; argument: the text after it
//   - match: a term that a search found, with its score
//   - miss: a question that found nothing
//   - paste: kubectl output or similar text; finding: a term that the bot recognizes in it; issue:
//     findings with one cause
//   - status: a term with a severity, such as CrashLoopBackOff
//   - review: a person's answer to a daily term; also a question of package review, which asks
//     people again about terms and defines words of its own
//   - store: the database with settings and schedules; replica: one of several processes that
//     share it
//   - capability: what a platform can do
//   - poster: what posts in the channels of a platform
//
// # Style
//
// Comments, log messages and texts follow the same rules:
//
//   - A sentence is short and names its subject. A condition begins with "if", not
//     "where". Contractions are for texts that users read.
//   - A doc comment says what goes in and out, with units, limits and errors. A rule or
//     a limit of a platform has the URL of its documentation.
//   - A log message is "operation failed" with fields, not a sentence about the world:
//     "cannot store schedule".
//   - An error is lower case, quotes what was wrong, and says what to do next.
//   - If a concept has a name at Slack, at Discord, in Kubernetes or in information
//     retrieval, that is its name here.
package bot
