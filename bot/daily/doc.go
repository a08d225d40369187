// Package daily posts the daily terms: a channel that asked for it gets a term a day.
//
// The chat's commands for it are in package bot, which words the posts too; when a
// termFor comes is computed by package schedule; the adapters are the posters.
//
// # Which term
//
// Which one depends on nothing but the channel, what it got, and what its people
// asked for, so that all replicas pick the same:
//
//   - Terms come in rounds, and none twice in one: those come first that the channel
//     never got, then those of the round that are left. A term that is new to the
//     glossary joins the round.
//   - Terms that are related to the last one, or taken for it, are left for another
//     day, as far as there are others.
//   - A term that people of the channel asked for in the last 30 days, and since it
//     was last posted, comes before those that are one tier better.
//   - Else tier 1 comes before 2 before 3, and in a tier each channel has an order
//     of its own.
//
// # Exactly once
//
// It is posted once, over several replicas, and wherever one of them dies:
//
//   - A schedule that is due becomes a delivery, of which a channel has one for each
//     local day. Both happen in one transaction of the [Store].
//   - A replica claims a delivery for the time of a lease. One that dies before it
//     sends leaves the delivery planned, and another claims it.
//   - Before it sends, it notes that it is about to; after, that it did. What a
//     replica leaves in between may have been posted or not. Discord, which knows
//     posts by a key ([bot.RateLimits]), gets it again and shows it once. Slack knows
//     none, and the bot reads no history: there silence is preferred to a double, as
//     on Discord once it no longer knows the key, and the delivery ends as
//     [bot.Unknown], which is logged and counted.
//
// Slack could be given its messages ahead (chat.scheduleMessage), and would tell by
// their list whether one was accepted, for as long as its time has not come
// (https://docs.slack.dev/reference/methods/chat.scheduleMessage). It is not done so:
// that call is answered when a message is scheduled and not when it is posted, so
// that the bot would neither learn of a channel that is closed to it by then, nor
// have the message's ID.
package daily
