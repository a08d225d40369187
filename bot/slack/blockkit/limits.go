package blockkit

// Limits of messages and views, in characters (runes) unless stated otherwise
// (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/block-kit/block-elements).
const (
	MaxBlocks      = 50    // blocks of a message
	MaxViewBlocks  = 100   // blocks of a view
	MaxViewTitle   = 24    // title, submit and close of a view (https://docs.slack.dev/reference/views)
	MaxMetadata    = 3000  // private metadata of a view
	MaxHeader      = 150   // text of a header
	MaxText        = 3000  // text of a section; also applied to elements of rich text
	MaxField       = 2000  // one field of a section
	MaxButton      = 75    // text of a button
	MaxButtons     = 25    // elements of an actions block
	MaxValue       = 2000  // value of a button
	MaxOption      = 75    // text of an option
	MaxOptionValue = 150   // value of an option
	MaxPlaceholder = 150   // placeholder of a select
	MaxActionID    = 255   // action ID
	MaxFallback    = 4000  // text next to the blocks, as recommended (https://docs.slack.dev/reference/methods/chat.postMessage)
	MaxMessageText = 12000 // all texts of a message together
)
