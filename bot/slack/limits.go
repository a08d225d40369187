package slack

import "time"

// Limits of messages, in characters unless stated otherwise
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements).
const (
	maxBlocks      = 50    // blocks of a message
	maxHomeBlocks  = 100   // blocks of a view
	maxViewTitle   = 24    // title, submit and close of a view (https://docs.slack.dev/reference/views)
	maxMetadata    = 3000  // private metadata of a view
	maxHeader      = 150   // text of a header
	maxText        = 3000  // text of a section; we apply it to elements of rich text too
	maxField       = 2000  // one field of a section
	maxButton      = 75    // text of a button
	maxButtons     = 25    // elements of an actions block
	maxOption      = 75    // text of an option
	maxOptionValue = 150   // value of an option
	maxPlaceholder = 150   // placeholder of a select
	maxActionID    = 255   // action ID
	maxFallback    = 4000  // text next to the blocks, as recommended (https://docs.slack.dev/reference/methods/chat.postMessage)
	maxAck         = 19900 // bytes of an acknowledgement in Socket Mode; Slack drops longer ones silently
	maxMessageText = 12000 // all texts of a message together
)

// postsPerSecond is the maximum rate of daily terms in one workspace. Slack allows several
// hundred messages per minute
// (https://docs.slack.dev/apis/web-api/rate-limits).
const postsPerSecond = 3

// callTimeout is the timeout of one call to the Web API.
const callTimeout = 10 * time.Second

// maxPayload is the maximum number of bytes of an event or an interaction. A message has at
// most 40,000 characters (https://docs.slack.dev/changelog/2018-truncating-really-long-messages),
// and a payload has them twice, as text and as blocks. Slack writes a Japanese character as
// \uXXXX, which has 8 bytes in a form.
const maxPayload = 768 << 10
