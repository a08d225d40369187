// Package errcode contains the error codes of Discord's REST API that the bot treats specially
// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
package errcode

import "k8sbot/bot"

// Codes with a meaning of their own.
const (
	UnknownMessage      = 10008 // the message was deleted
	BlockedByCloudflare = 40333 // from Cloudflare, which is in front of Discord's API
	AlreadyAcknowledged = 40060 // the interaction has already been acknowledged
	InvalidForm         = 50035 // invalid form body
)

// Unavailable lists the codes that Discord returns if it refuses all posts in a channel, each with
// the reason that the bot gives people.
var Unavailable = map[int]bot.Refusal{
	10003:  bot.ChannelGone,   // unknown channel
	10004:  bot.BotRemoved,    // unknown guild
	40007:  bot.BotRemoved,    // the bot is banned from the guild
	40058:  bot.ChannelKind,   // cannot send a message in a forum channel
	50001:  bot.NoAccess,      // missing access
	50007:  bot.PersonRefuses, // cannot send messages to this user
	50008:  bot.ChannelKind,   // cannot send messages in a non-text channel
	50009:  bot.NoPermission,  // verification level is too high
	50013:  bot.NoPermission,  // missing permissions
	50024:  bot.ChannelKind,   // cannot execute action on this channel type
	50083:  bot.ChannelClosed, // archived thread
	160005: bot.ChannelClosed, // locked thread
}

// Rejected contains the codes that Discord returns if it refuses a message in any channel.
var Rejected = map[int]bool{
	20009:       true, // explicit content
	40005:       true, // too large
	50006:       true, // empty message
	InvalidForm: true,
	50109:       true, // invalid JSON
	200000:      true, // blocked by automatic moderation
	240000:      true, // blocked by the harmful links filter
}

// Form contains the codes that Discord returns if it may accept a plainer form of a message.
var Form = map[int]bool{
	InvalidForm: true,
	50013:       true, // missing permissions, perhaps only for embeds
	160002:      true, // cannot reply without permission to read message history
	160009:      true, // cannot reference a message without permission to read message history
}
