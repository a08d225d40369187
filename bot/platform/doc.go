// Package platform is what the adapters of chat platforms share. It knows none of
// them by name. This is the page for whoever writes one.
//
// An adapter is a package beside bot/slack and bot/discord. It turns an event into a
// [bot.Request], has it answered, renders the [bot.Reply] within the platform's
// limits, and sends that. It decides nothing: what a person may do, who sees an
// answer and in which language it is are up to bot. What the platform can do it
// tells in Request.Caps. To write:
//   - New(Options), which checks tokens and makes no call yet, and Run(ctx);
//   - requestOf: the surface, the locales, CanManage, and Command or Action if the
//     platform knows them; in Text nothing but what the person typed;
//   - Render(bot.Reply) ([]byte, error), a pure function. Each limit is a constant
//     under the address of its documentation;
//   - a Poster, if the platform is to get daily terms: how fast one may post, and
//     whether a post that failed may have arrived.
//
// What is here already:
//   - [Dispatcher]: each event once (Deduplicator), on a bounded number of workers
//     that survive a panic. Enqueue takes a message; Submit takes a command whose
//     sender waits, and its Job tells whether the answer is ready in time. Handle
//     asks the bot and counts; AnswerTo and RememberAnswer let an edited question
//     edit its answer. A KeyStore lets replicas share what they have seen;
//   - [ReadBody] and [CheckTime], before the signature of a request is checked;
//   - [Shorten], in the unit in which the platform counts ([Runes], [UTF16]);
//   - RenderCache, [NewClient] and [BaseURL] for calls, and package retry for those
//     that failed; [Metrics]; and [Secret], in which tokens are kept.
//
// What it must pass: kit_test.go with [k8sbot/bot/platform/platformtest.Kit] (every
// reply to every term is complete, dead and within the limits; parity: all that
// people can do elsewhere; an event once; no secret in a log); golden files of each
// kind of message; a test that calls nothing but a stand-in (Calls).
//
// Where it is registered, all in cmd/k8sbot: config.go reads its settings, serve.go
// starts it (newServices) and prints its manifest (runManifest), ask.go has --format
// (chatFormats), usage.go and README.md say so, and imports_test.go fails until it
// lists the package with what that may import: neither another adapter nor the store.
package platform
