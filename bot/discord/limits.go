package discord

import "time"

// Discord's limits. Discord counts characters without saying what a character is. The
// adapter counts UTF-16 code units: they are never fewer than code points, so the count
// is safe either way.

// Limits of embeds
// (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
const (
	maxTitle       = 256  // an embed's title
	maxDescription = 4096 // an embed's description
	maxFields      = 25   // fields in an embed
	maxFieldName   = 256
	maxFieldValue  = 1024
	maxFact        = 200 // text quoted from a paste; leaves room for commands
	maxFooter      = 2048
	maxAuthor      = 256  // the line above an embed
	maxTexts       = 6000 // all texts in all embeds of a message
)

// maxEmbeds is the maximum number of embeds in a message
// (https://docs.discord.com/developers/resources/message#create-message).
const maxEmbeds = 10

// Limits of buttons (https://docs.discord.com/developers/components/reference).
const (
	maxRows     = 5  // rows in a message
	maxPerRow   = 5  // buttons in a row
	maxLabel    = 80 // a button's label
	maxCustomID = 100
	// an option's label, and a menu's placeholder
	maxOption, maxPlaceholder = 100, 150
)

// Limits of choices, which are the fixed values of an option or the suggestions of
// autocomplete
// (https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
const (
	maxChoices     = 25
	maxChoiceName  = 100
	maxChoiceValue = 100
)

// Limits of posted messages.
const (
	// postsPerSecond is the limit for one replica. All replicas of a bot together may make 50
	// calls per second
	// (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). Three
	// replicas use 30 of them, which leaves 20 for replies even at 09:00. Posts are hardly
	// delayed: 1,000 channels take 34 s.
	postsPerSecond = 10
	// nonceWindow is how long Discord deduplicates messages with the same nonce: "the
	// past few minutes" (https://docs.discord.com/developers/resources/message#create-message).
	nonceWindow = 2 * time.Minute
	// maxNonce is the maximum length of a nonce in characters.
	maxNonce = 25
)

// responseTimeout is how long Discord waits for the response to an interaction
// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
const responseTimeout = 3 * time.Second
