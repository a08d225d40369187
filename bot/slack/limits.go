package slack

import "time"

// maxAck is the maximum size of a Socket Mode acknowledgement in bytes. Slack drops larger ones.
const maxAck = 19900

// postsPerSecond is the maximum rate of daily terms in one workspace. Slack allows several
// hundred messages per minute
// (https://docs.slack.dev/apis/web-api/rate-limits).
const postsPerSecond = 3

// callTimeout is the timeout of one Web API call.
const callTimeout = 10 * time.Second

// maxPayload is the maximum size of an event or an interaction, in bytes. A message has at
// most 40,000 characters
// (https://docs.slack.dev/changelog/2018-truncating-really-long-messages), and a payload
// contains them twice, as text and as blocks. Slack writes a Japanese character as \uXXXX,
// which takes 8 bytes in a form.
const maxPayload = 768 << 10
