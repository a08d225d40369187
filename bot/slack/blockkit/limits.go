package blockkit

// Slack's limits for messages and views, in characters (runes) unless stated otherwise
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements).
const (
	MaxBlocks      = 50    // blocks in a message
	MaxViewBlocks  = 100   // blocks in a view
	MaxViewTitle   = 24    // a view's title, and its submit and close labels (https://docs.slack.dev/reference/views)
	MaxMetadata    = 3000  // a view's private metadata
	MaxHeader      = 150   // a header's text
	MaxText        = 3000  // a section's text; also applied to elements of rich text
	MaxField       = 2000  // one field in a section
	MaxButton      = 75    // a button's text
	MaxButtons     = 25    // elements in an actions block
	MaxValue       = 2000  // a button's value
	MaxOption      = 75    // an option's text
	MaxOptionValue = 150   // an option's value
	MaxPlaceholder = 150   // a select menu's placeholder
	MaxActionID    = 255   // an action ID
	MaxFallback    = 4000  // text next to the blocks, as recommended (https://docs.slack.dev/reference/methods/chat.postMessage)
	MaxMessageText = 12000 // all texts in a message together
)
