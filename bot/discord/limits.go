package discord

import "time"

// The limits of Discord that the adapter keeps to. Discord counts characters, and does
// not say which; UTF-16 code units, of which there are never fewer, are safe in either
// case.

// Limits of embeds
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
const (
	maxTitle       = 256  // title of an embed
	maxDescription = 4096 // description of an embed
	maxFields      = 25   // fields of an embed
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFooter      = 2048
	maxAuthor      = 256  // the line above an embed
	maxTexts       = 6000 // all texts of all embeds of a message
)

// maxEmbeds is the number of embeds of a message
// (https://docs.discord.com/developers/resources/message#create-message).
const maxEmbeds = 10

// Limits of buttons (https://docs.discord.com/developers/components/reference).
const (
	maxRows     = 5  // rows of a message
	maxPerRow   = 5  // buttons of a row
	maxLabel    = 80 // label of a button
	maxCustomID = 100
)

// maxPaste is the number of characters of a text input in a modal
// (https://docs.discord.com/developers/components/reference#text-input).
const maxPaste = 4000

// Limits of commands
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure).
const (
	maxName        = 32
	maxCommandText = 100  // a description
	maxCommand     = 8000 // all names, descriptions and values of a command
)

// Limits of choices: those of an option, and the completions of what is typed in one
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const (
	maxChoices     = 25
	maxChoiceName  = 100
	maxChoiceValue = 100
)

// Limits of messages that are posted.
const (
	// postsPerSecond leaves more than half of the 50 calls that a bot may make in a
	// second to answers, and to other replicas
	// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit).
	postsPerSecond = 15
	// nonceWindow is how long Discord knows a message by its nonce: "the past few
	// minutes" (https://docs.discord.com/developers/resources/message#create-message).
	nonceWindow = 2 * time.Minute
	// maxNonce is the number of characters of a nonce.
	maxNonce = 25
)

// responseTimeout is how long Discord knows an interaction that nobody responded to
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
const responseTimeout = 3 * time.Second
