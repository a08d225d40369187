// Package daily posts the daily terms: a channel that has a schedule gets one term
// a day.
//
// Package bot contains the commands that set a schedule, and writes the text of the posts.
// Package schedule computes when a schedule is due. The platforms' adapters send the posts.
//
// # Which term
//
// A [Picker] picks a term based on the channel, the terms that were posted and asked for there, and
// the terms that people there have forgotten. All replicas therefore pick the same term. These are
// the rules:
//
//   - Terms that people in the channel have forgotten come before all others, the most forgotten
//     first. They may come again in the same round, but not within 30 days. Only people who have
//     opted in to reviews and answered a daily term in the channel in the last 90 days count, and
//     only terms that at least three of them have rated (see [review.ChannelForgetting]).
//   - Each term comes once per round. Terms that the channel has never received come first,
//     then the remaining terms of the current round. A term that is new to the glossary
//     joins the current round.
//   - Terms with "ask: false" are excluded, unless the category has no others.
//   - Terms that are related to the previous one, or often confused with it, are left for
//     another day, unless there are no others.
//   - A term that was asked for in the channel in the last 30 days, and since it was last
//     posted, comes before terms that are one tier better.
//   - Tasks are excluded, because they are not words to learn, unless the channel chose
//     their category.
//   - Otherwise, tier 1 comes first, then tier 2, then tier 3. Within a tier, each channel has
//     its own order.
//   - The terms that a team has written in chat are picked by their tier, like built-in terms.
//     The tier is 2 unless somebody has chosen another.
//
// # One post a day
//
// A channel never gets a second post for a day, however many replicas run and whenever one of them
// dies, unless somebody asks for the post to be repeated (see below):
//
//   - A schedule that is due becomes a delivery. The delivery's key is the channel and the local
//     day, so a channel cannot have two deliveries for a day. The [Store] adds the delivery and
//     moves the schedule to its next day in one transaction.
//   - A replica claims a delivery by taking a lease on it. If the replica dies before it sends
//     anything, the delivery is still planned, and another replica claims it when the lease
//     expires.
//   - Before a replica sends a post, it records that it is about to do so; afterwards, it records
//     the result. A replica that has lost its claim cannot record that it is about to send, so it
//     does not send.
//
// # If the outcome of a post is unknown
//
// If a replica dies while it sends, or the platform does not answer clearly, the message may or
// may not have been posted. The adapter decides which answers are clear (see [bot.PostFault]).
// A post with an unknown outcome is resolved in this order:
//
//   - As long as the platform recognizes the post's key ([bot.RateLimits]), the bot sends the
//     post again with the same key. Discord recognizes a key for two minutes and shows the post
//     only once.
//   - After that, the bot searches the channel for a message with the button for this term and day
//     ([bot.PostFinder]). If the bot finds one, the delivery ends as sent; otherwise the bot sends
//     the post again. To search, the bot needs permission to read the channel's history: Read
//     Message History on Discord, or an optional scope on Slack. The bot searches half a minute
//     after the post began, when all API calls for the post must have ended.
//   - If the bot may not search, [Options.Prefer] decides. [Once] ends the delivery as
//     [bot.Unknown] and tells the schedule's creator that the day may have no post. [Sure] sends
//     the post again, so the day may have two posts.
//
// If a delivery ended without a post, an operator can have it posted again (store.DB.Repeat).
//
// # If a platform is down
//
// Each post to a platform that is down may be lost, so the bot attempts as few posts as possible:
//
//   - If a tenant's platform has given no clear answer for half a minute, one replica
//     sends a single post as a probe. Other posts follow after a clear answer, even if it
//     is a refusal.
//   - A post without a clear answer pauses its tenant, on all replicas, for 30 seconds. Each
//     further post without a clear answer doubles the pause, up to 15 minutes. After the pause, a
//     replica sends another probe. Posts in progress are finished.
//   - A post that was definitely not made is retried after 15 seconds. The wait doubles each
//     time, up to 15 minutes, unless the platform asks for a specific wait.
//   - A delivery that is still unsent six hours after its time is skipped, and the creator is
//     notified.
//   - Each channel and day has a jitter of up to five seconds, so that not all posts
//     scheduled for nine o'clock are due in the same second.
//
// If the bot is not allowed to post in a channel, there is no post that day. The same refusal on a
// second day pauses the schedule. If a platform rejects the term, up to three terms are tried.
//
// A store call times out after ten seconds. If it fails, the worker retries a second later,
// and the metrics show when it last succeeded.
//
// TestChaos, TestOutage and TestCannotSearch check all of this with every kind of fault.
//
// # Why not chat.scheduleMessage
//
// Slack can schedule messages ahead of time
// (https://docs.slack.dev/reference/methods/chat.scheduleMessage). Until a message is due, the list
// of scheduled messages shows whether Slack has accepted it. With that list, the bot could find out
// the outcome of any post. But Slack answers the call when the message is scheduled, not when it is
// posted. The bot would not learn that the channel has become unavailable in the meantime, and
// would not receive the message's ID.
package daily
