package blockkit

// Slack's limits for messages and views, in characters (runes) unless stated otherwise
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements).
const (
	MaxBlocks      = 50    // the maximum number of blocks in a message
	MaxViewBlocks  = 100   // the maximum number of blocks in a view
	MaxViewTitle   = 24    // the maximum length of a view's title, and of its submit and close labels (https://docs.slack.dev/reference/views)
	MaxMetadata    = 3000  // the maximum length of a view's private metadata
	MaxHeader      = 150   // the maximum length of a header's text
	MaxText        = 3000  // the maximum length of a section's text; also applied to elements of rich text
	MaxField       = 2000  // the maximum length of one field in a section
	MaxButton      = 75    // the maximum length of a button's text
	MaxButtons     = 25    // the maximum number of elements in an actions block
	MaxValue       = 2000  // the maximum length of a button's value
	MaxOption      = 75    // the maximum length of an option's text
	MaxOptionValue = 150   // the maximum length of an option's value
	MaxPlaceholder = 150   // the maximum length of a select menu's placeholder
	MaxActionID    = 255   // the maximum length of an action ID
	MaxFallback    = 4000  // the maximum length of the text next to the blocks, as recommended (https://docs.slack.dev/reference/methods/chat.postMessage)
	MaxMessageText = 12000 // the maximum length of all texts in a message together
)
