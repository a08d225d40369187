// Package daily posts the daily terms: a channel that has a schedule gets one term
// a day.
//
// Package bot has the commands that set a schedule, and writes the text of the posts.
// Package schedule computes when a schedule is due. The platforms' adapters do the
// posting.
//
// # Which term
//
// A [Picker] decides by the channel, the terms that were posted there, that were asked for
// there and that its people forget, and by nothing else. All replicas pick the same term:
//
//   - A term that the people of the channel have forgotten goes before all others, the most
//     forgotten first. It may come again in the same round, but not within 30 days. People
//     count if they have opted in to reviews and answered a daily term there in the last 90
//     days, and a term counts if three of them were asked it (see [review.ChannelForgetting]).
//   - Terms come in rounds, each of them once per round. Terms that the channel has
//     never had come first, then the remaining terms of the current round. A term that
//     is new to the glossary joins the current round.
//   - Terms with "ask: false" are left out, unless the category has no others.
//   - Terms that are related to the last one, or often confused with it, are left for
//     another day, unless there are no others.
//   - A term that was asked for in the channel in the last 30 days, and after it was
//     last posted, goes before terms that are one tier better.
//   - Tasks are left out, unless the channel asked for their category: they are not words to
//     learn.
//   - Otherwise tier 1 comes before tier 2 before tier 3. Within a tier, each channel
//     has its own order.
//
// # One post a day
//
// However many replicas run and whenever one of them dies, a channel gets no second post
// for a day, unless somebody asks for it (see below):
//
//   - A schedule that is due becomes a delivery. The channel and the local day are the
//     key of a delivery, so a day cannot have two. Adding the delivery and moving the
//     schedule on to its next day is one transaction of the [Store].
//   - A replica claims a delivery by taking a lease on it. If it dies before it sends
//     anything, the delivery is still planned, and another replica claims it when the
//     lease ends.
//   - Before it sends, a replica records that it is about to; afterwards it records the
//     result. A replica that has lost its claim cannot record that, and does not send.
//
// # If the outcome of a post is unknown
//
// If a replica dies while it sends, or the platform does not answer clearly, the message
// may have been posted or not. The adapter decides what is clear: see [bot.PostFault].
// A post whose outcome is unknown is resolved in this order:
//
//   - While the platform recognizes the key of the post ([bot.RateLimits]), the delivery
//     is sent again with the same key. Discord does so for two minutes, and shows the
//     post once.
//   - After that the bot looks in the channel for a message with the button of this term
//     and day ([bot.PostFinder]). If it is there, the delivery ends as sent; otherwise it
//     is sent again. The bot needs the permission to read the history of the channel: Read
//     Message History on Discord, an optional scope on Slack. It looks half a minute after
//     the post began, when no call of the post can be running any more.
//   - If it may not look, [Options.Prefer] decides. [Once] ends the
//     delivery as [bot.Unknown] and tells the creator of the schedule: the day may have
//     no post. [Sure] sends it again: the day may have two.
//
// An operator can have a delivery posted again that ended without a post (store.DB.Repeat).
//
// # If a platform is down
//
// Each post to a platform that is down may be lost, so as few as possible are tried:
//
//   - If a tenant's platform has given no clear answer for half a minute, a single post
//     goes ahead as a probe, on one replica. The others follow when it was answered
//     clearly, even with a refusal.
//   - A post without a clear answer pauses its tenant, on all replicas, for 30 seconds.
//     Each further one doubles that, up to 15 minutes. Then another probe is made. Posts
//     that were being sent at the same time are finished.
//   - A post that was definitely not made is retried after 15 seconds, then after twice
//     that and so on, up to 15 minutes, or after the time that the platform asks for.
//   - Six hours after its time, a delivery is skipped and the creator is told.
//   - Each channel and day has a jitter of up to five seconds, so that not all posts of
//     nine o'clock are due in the same second.
//
// A channel that refuses the bot loses the day. The same refusal on a second day pauses
// its schedule. If a platform rejects the term, up to three terms are tried.
//
// A store call times out after ten seconds. If it fails, the worker retries a second later,
// and the metrics show when it last succeeded.
//
// TestChaos, TestOutage and TestCannotSearch check all of this with faults of every kind.
//
// # Why not chat.scheduleMessage
//
// Slack can schedule messages ahead of time
// (https://docs.slack.dev/reference/methods/chat.scheduleMessage). Until a message's
// time comes, the list of scheduled messages shows whether Slack has accepted it. That
// would close the gap, but Slack answers the call when the message is scheduled, not
// when it is posted. The bot would not learn that the channel has become unavailable
// by then, and it would not get the ID of the message.
package daily
