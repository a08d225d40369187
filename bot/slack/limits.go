package slack

import "time"

// Limits of messages, in characters
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements).
const (
	maxBlocks      = 50    // blocks of a message
	maxHomeBlocks  = 100   // blocks of a view
	maxHeader      = 150   // text of a header
	maxText        = 3000  // text of a section, and of each element of a rich text here
	maxField       = 2000  // a field of a section
	maxContext     = 10    // elements of a context
	maxButton      = 75    // text of a button
	maxButtons     = 25    // elements of actions
	maxActionID    = 255   // an action's ID
	maxFallback    = 4000  // text beside the blocks, as advised (https://docs.slack.dev/reference/methods/chat.postMessage)
	maxAck         = 19900 // bytes of an acknowledgement in Socket Mode; longer ones are lost without a word
	maxMessageText = 12000 // all texts of a message together
)

// postsPerSecond is how many messages a workspace gets in a second: Slack takes
// several hundred a minute
// (https://docs.slack.dev/apis/web-api/rate-limits).
const postsPerSecond = 3

// callTimeout bounds one call of the Web API.
const callTimeout = 10 * time.Second
