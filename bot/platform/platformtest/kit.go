package platformtest

import (
	"log/slog"
	"slices"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/glossary"
)

// A Kit is what every adapter must pass. Each field is how one adapter, with a
// stand-in for its platform, does what all do.
type Kit struct {
	Platform bot.Platform
	Caps     bot.Capabilities
	// Lacks declares what the platform does not have: the kit leaves out what needs
	// it, and its log tells what that is. A chat platform has it all.
	Lacks []Requirement
	// Start returns an adapter that runs with what it is given, and whose
	// stand-in takes what it sends. The test ends it.
	Start func(tb testing.TB, env Env) Subject
	// Render returns a reply as the body that is sent.
	Render func(bot.Reply) ([]byte, error)
	// Do has a person do something in a language, and returns the body that the
	// person gets, whether only the person sees it, and whether the platform could
	// show it to that person alone at all.
	Do func(tb testing.TB, f Feature, l glossary.Lang) (body []byte, private, canHide bool)
	// Unescape returns a text as it is seen: without the platform's escapes.
	Unescape func(string) string
	// CheckInert tells what in a body pings, links or formats that somebody typed.
	CheckInert func(body []byte) error
	// CheckLimits tells which of the platform's limits a body breaks.
	CheckLimits func(body []byte) error
}

// A Requirement is what a platform may lack.
type Requirement string

const (
	// Events have an ID and may come twice; workers answer them.
	Events Requirement = "events with an ID, and workers that answer them"
	// Messages stay, with their buttons, and some are for one person alone or by
	// somebody else. Without them everything is typed on [bot.Terminal].
	Messages Requirement = "messages that stay, and that others read and write"
	// JSON has the ID of each button. A body without it is what the person reads,
	// and a button is its label.
	JSON Requirement = "bodies of JSON"
)

// meets reports whether the platform has a capability, and logs if it has not.
func (k Kit) meets(tb testing.TB, c Requirement) bool {
	tb.Helper()
	if slices.Contains(k.Lacks, c) {
		tb.Logf("left out: %s has no %s", k.Platform, c)
		return false
	}
	return true
}

// An Env is what an adapter under test runs with.
type Env struct {
	Bot     *bot.Bot
	Store   platform.KeyStore
	Metrics *platform.Metrics
	Log     *slog.Logger
}

// A Subject is an adapter under test.
type Subject interface {
	// Deliver brings a question of a person to the bot alone, in an event with
	// an ID, as the platform does. Events with one ID are one event, sent again.
	Deliver(id int, text string)
	// Finish waits until all is answered. Nothing is delivered after it.
	Finish()
	// Sent returns the bodies of the messages that the platform got.
	Sent() [][]byte
	// Secrets are the tokens that the adapter was given.
	Secrets() []string
}
