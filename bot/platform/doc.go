// Package platform contains what the adapters of chat platforms have in common. It does not
// refer to any platform by name. This page is for authors of new adapters.
//
// An adapter is a package next to bot/slack and bot/discord. It converts a platform's event to a
// [bot.Request], passes the request to the bot, renders the [reply.Reply] within the platform's
// limits and sends it. It does not control the conversation: package bot decides what a user may
// do, who sees a reply, and which language the reply is in. An adapter tells the bot what its
// platform can do in Request.Caps. An adapter consists of:
//   - New(Options), which checks the options without calling the API, and Run(ctx), which
//     connects;
//   - a function that makes a [bot.Request] from an event. It sets Surface, Locales and CanManage,
//     and Command or Action if the platform sends them separately. Text contains only what the user
//     typed;
//   - Render(reply.Reply) ([]byte, error), a pure function. Each limit is a constant with the
//     URL of its documentation;
//   - a [bot.Poster], if the bot posts daily terms there. It returns the rate limits for posting,
//     and errors that say whether a failed post may have arrived.
//
// This package and its subpackages provide:
//   - [Dispatcher], which runs each event once (see [Deduplicator]) on a bounded pool of workers
//     that survives panics and that tenants share fairly. Use Enqueue for a message,
//     EnqueueRedelivered for a message that the platform redelivers, and Submit for a command whose
//     sender is waiting: its [Job] reports whether the answer is ready in time. Handle calls the
//     bot and records metrics. RememberAnswer and AnswerTo let an edited question update its
//     answer. Replicas that use the same [KeyStore] share what they have seen;
//   - [Gate], for signed requests: it refuses all other requests before reading
//     them, and limits memory. The adapter says what is signed, and how;
//   - [Shorten], which counts in the platform's unit ([Runes] or [UTF16]);
//   - [RenderCache], [NewClient], [BaseURL], [Metrics], and [Secret] for tokens;
//   - package textfile, which reads the text files attached to messages, for Request.Files;
//   - package retry, which repeats failed calls;
//   - package platformtest, which contains tests for all adapters.
//
// An adapter must have these tests:
//   - kit_test.go runs platformtest.Kit, which checks that each reply about each term is complete,
//     inert and within limits; that users can do the same as on other platforms; that an event is
//     handled once; and that logs contain no secrets;
//   - golden files for each kind of message (platformtest.Golden);
//   - a fake of the platform's server, so that no test calls the real API. platformtest.Calls
//     records the calls that the fake server receives.
//
// Register an adapter in cmd/k8sbot: read its settings (type config), start it (newServices), print
// its manifest (newManifest), and add a value of --format (chatFormats). Describe it in root.go,
// package about and README.md. imports_test.go lists the packages that each package may import, and
// fails until the new package is listed. An adapter must not import another adapter or the store.
package platform
