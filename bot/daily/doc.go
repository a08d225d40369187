// Package daily posts the daily terms: a channel that has a schedule gets one term
// a day.
//
// Package bot has the commands that set a schedule, and writes the text of the posts.
// Package schedule computes when a schedule is due. The platforms' adapters do the
// posting.
//
// # Which term
//
// A [Picker] decides by the channel, the terms that were posted there and the terms
// that were asked for there, and by nothing else. All replicas pick the same term:
//
//   - Terms come in rounds, each of them once per round. Terms that the channel has
//     never had come first, then those that are left of the current round. A term that
//     is new to the glossary joins the current round.
//   - Terms that are related to the last one, or often confused with it, are left for
//     another day, unless there are no others.
//   - A term that was asked for in the channel in the last 30 days, and after it was
//     last posted, goes before terms that are one tier better.
//   - Otherwise tier 1 comes before tier 2 before tier 3. Within a tier, each channel
//     has its own order.
//
// # Exactly once
//
// A term is posted once, however many replicas run and whenever one of them dies:
//
//   - A schedule that is due becomes a delivery. The channel and the local day are the
//     key of a delivery, so a day cannot have two. Adding the delivery and moving the
//     schedule on to its next day is one transaction of the [Store].
//   - A replica claims a delivery by taking a lease on it. If it dies before it sends
//     anything, the delivery is still planned, and another replica claims it when the
//     lease ends.
//   - Before it sends, a replica records that it is about to; afterwards it records the
//     result. If it dies in between, or gets no answer from the platform, the message
//     may have been posted or not.
//
// The last case depends on the platform:
//
//   - Discord recognizes a post by its key for a while ([bot.RateLimits]). The delivery
//     is sent again with the same key, and Discord shows it once.
//   - Slack has no such key, and the bot does not read the channel's history. A missing
//     post is better than a duplicate, so the delivery is not sent again. The same goes
//     for Discord once it has forgotten the key. The delivery ends as [bot.Unknown],
//     which is logged and counted.
//
// So there is one exception to exactly once: a post whose outcome stays unknown was
// made at most once.
//
// # Why not chat.scheduleMessage
//
// Slack can be given messages ahead of time
// (https://docs.slack.dev/reference/methods/chat.scheduleMessage). Until a message's
// time comes, the list of scheduled messages shows whether Slack has accepted it. That
// would close the gap, but Slack answers the call when the message is scheduled, not
// when it is posted. The bot would not learn that the channel has become unavailable
// by then, and it would not get the ID of the message.
package daily
