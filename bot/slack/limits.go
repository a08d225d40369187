package slack

import "time"

// maxAck is the maximum number of bytes of an acknowledgement in Socket Mode. Slack drops longer
// ones silently.
const maxAck = 19900

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
