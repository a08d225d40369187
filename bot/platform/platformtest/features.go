package platformtest

import (
	"k8sbot/bot"
	"k8sbot/glossary"
)

// A Feature is something that people can do on every chat platform. Those that do not
// need [Messages] are for a terminal too, where Surface is [bot.Terminal].
type Feature struct {
	Name    string
	Surface bot.Surface
	// Text is what the person types, or what the message says on which the person
	// chooses "explain", in each language.
	Text glossary.Text
	// Action is what the person presses.
	Action string
	// FromEphemeral is set where it is pressed on a message that only the person sees.
	FromEphemeral bool
	// needsMessages is set if it cannot be done without Messages.
	needsMessages bool
}

// features is the table that all adapters have in common. The questions are about
// the terms in bot/testdata/terms.
var features = []Feature{
	{Name: "a word by command", Surface: bot.Slash, Text: glossary.Text{EN: "term Widget", JA: "term ウィジェット"}},
	{Name: "a word that several terms share", Surface: bot.Slash, Text: glossary.Text{EN: "term thing", JA: "term thing"}},
	{Name: "nothing found", Surface: bot.Slash, Text: glossary.Text{EN: "term pizza", JA: "term ピザ"}},
	{Name: "two words by command", Surface: bot.Slash, Text: glossary.Text{EN: "compare Widget vs gadget", JA: "compare Widget vs gadget"}},
	{Name: "a paste by command", Surface: bot.Slash, Text: glossary.Text{EN: "explain pod/web-1 is WidgetFailing", JA: "explain pod/web-1 is WidgetFailing"}},
	{Name: "a list by command", Surface: bot.Slash, Text: glossary.Text{EN: "list workloads", JA: "list workloads"}},
	{Name: "any word by command", Surface: bot.Slash, Text: glossary.Text{EN: "random", JA: "random"}},
	{Name: "help by command", Surface: bot.Slash, Text: glossary.Text{EN: "help", JA: "help"}},
	{Name: "the language by command", Surface: bot.Slash, Text: glossary.Text{EN: "lang", JA: "lang"}},
	{Name: "a mention", Surface: bot.Mention, Text: glossary.Text{EN: "what is a Widget?", JA: "ウィジェットって何?"}},
	{Name: "a direct message", Surface: bot.DirectMessage, Text: glossary.Text{EN: "what is a Widget?", JA: "ウィジェットって何?"}},
	{Name: "somebody's message", Surface: bot.Shortcut, Text: glossary.Text{EN: "web-1 is WidgetFailing", JA: "web-1 is WidgetFailing"}, needsMessages: true},
	{Name: "more, below a private answer", Surface: bot.ButtonClick, Action: "1:more:widget", FromEphemeral: true, needsMessages: true},
	{Name: "more, below a public answer", Surface: bot.ButtonClick, Action: "1:more:widget"},
	{Name: "another word", Surface: bot.ButtonClick, Action: "1:term:gadget"},
	{Name: "share", Surface: bot.ButtonClick, Action: "1:share:widget:ja", FromEphemeral: true, needsMessages: true},
	{Name: "a button of long ago", Surface: bot.ButtonClick, Action: "1:term:gone", needsMessages: true},
}
