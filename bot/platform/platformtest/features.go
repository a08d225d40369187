package platformtest

import (
	"k8sbot/bot"
	"k8sbot/glossary"
)

// A Feature is something that users can do on every chat platform. A feature that does not need
// [Messages] is also tested on a terminal, where Surface is [bot.Terminal].
type Feature struct {
	Name    string
	Surface bot.Surface
	// Text is what the user types in each language, or the text of the message on which the
	// user uses the shortcut.
	Text glossary.Text
	// Action is the ID of the button that the user presses.
	Action string
	// FromEphemeral is set if the button belongs to an ephemeral message.
	FromEphemeral bool
	// needsMessages is set if the feature requires Messages.
	needsMessages bool
}

// features are tested with every adapter. The questions are about the terms in
// bot/testdata/terms.
var features = []Feature{
	{Name: "term command", Surface: bot.Slash, Text: glossary.Text{EN: "term Widget", JA: "term ウィジェット"}},
	{Name: "name of several terms", Surface: bot.Slash, Text: glossary.Text{EN: "term thing", JA: "term thing"}},
	{Name: "nothing found", Surface: bot.Slash, Text: glossary.Text{EN: "term pizza", JA: "term ピザ"}},
	{Name: "compare command", Surface: bot.Slash, Text: glossary.Text{EN: "compare Widget vs gadget", JA: "compare Widget vs gadget"}},
	{Name: "explain command", Surface: bot.Slash, Text: glossary.Text{EN: "explain pod/web-1 is WidgetFailing", JA: "explain pod/web-1 is WidgetFailing"}},
	{Name: "list command", Surface: bot.Slash, Text: glossary.Text{EN: "list workloads", JA: "list workloads"}},
	{Name: "random command", Surface: bot.Slash, Text: glossary.Text{EN: "random", JA: "random"}},
	{Name: "help command", Surface: bot.Slash, Text: glossary.Text{EN: "help", JA: "help"}},
	{Name: "lang command", Surface: bot.Slash, Text: glossary.Text{EN: "lang", JA: "lang"}},
	{Name: "mention", Surface: bot.Mention, Text: glossary.Text{EN: "what is a Widget?", JA: "ウィジェットって何?"}},
	{Name: "direct message", Surface: bot.DirectMessage, Text: glossary.Text{EN: "what is a Widget?", JA: "ウィジェットって何?"}},
	{Name: "message shortcut", Surface: bot.Shortcut, Text: glossary.Text{EN: "web-1 is WidgetFailing", JA: "web-1 is WidgetFailing"}, needsMessages: true},
	{Name: "more, on an ephemeral reply", Surface: bot.ButtonClick, Action: "1:more:widget", FromEphemeral: true, needsMessages: true},
	{Name: "more, on a public reply", Surface: bot.ButtonClick, Action: "1:more:widget"},
	{Name: "button of another term", Surface: bot.ButtonClick, Action: "1:term:gadget"},
	{Name: "share button", Surface: bot.ButtonClick, Action: "1:share:widget:ja", FromEphemeral: true, needsMessages: true},
	{Name: "button of a deleted term", Surface: bot.ButtonClick, Action: "1:term:gone", needsMessages: true},
}
