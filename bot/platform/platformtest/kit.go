package platformtest

import (
	"log/slog"
	"slices"
	"testing"

	"k8sbot/bot"
	"k8sbot/bot/platform"
	"k8sbot/bot/reply"
	"k8sbot/glossary"
)

// A Kit is the set of tests that every adapter must pass. Its fields connect the tests to
// one adapter and a fake server of its platform.
type Kit struct {
	Platform bot.Platform
	Caps     bot.Capabilities
	// Lacks lists the requirements that the platform does not meet. The kit skips the tests that need
	// them, and logs the missing requirements. A chat platform meets all requirements.
	Lacks []Requirement
	// Start starts an adapter that uses env and sends to a fake server. The adapter stops
	// when the test ends.
	Start func(tb testing.TB, env Env) Subject
	// Render returns the body in which the adapter sends a reply.
	Render func(reply.Reply) ([]byte, error)
	// Do uses a feature as a user whose language is l. It returns the body that the user
	// gets, whether it is ephemeral, and whether the platform supports ephemeral messages
	// for this feature.
	Do func(tb testing.TB, f Feature, l glossary.Lang) (body []byte, ephemeral, canBeEphemeral bool)
	// Unescape undoes the platform's escaping of text.
	Unescape func(string) string
	// CheckInert returns an error if text that a user typed can mention, link or format
	// anything in a body.
	CheckInert func(body []byte) error
	// CheckLimits returns an error if a body exceeds the platform's limits.
	CheckLimits func(body []byte) error
}

// A Requirement is something that some of the kit's tests need from a platform.
type Requirement string

const (
	// Events means that events have an ID, may be delivered twice, and are handled by workers.
	Events Requirement = "events with an ID that workers handle"
	// Messages means that messages and their buttons persist, may be ephemeral, and may be written
	// by other users. The only surface of a platform without such messages is [bot.Terminal], where
	// a single user types.
	Messages Requirement = "persistent messages from several users"
	// JSON means that bodies are JSON and contain the ID of each button. Otherwise, a body is the text
	// that the user reads, and contains the label of each button.
	JSON Requirement = "JSON bodies"
)

// meets reports whether the platform meets a requirement, and logs if it does not.
func (k Kit) meets(tb testing.TB, r Requirement) bool {
	tb.Helper()
	if slices.Contains(k.Lacks, r) {
		tb.Logf("skipping tests: %s has no %s", k.Platform, r)
		return false
	}
	return true
}

// An Env is what an adapter under test depends on.
type Env struct {
	Bot     *bot.Bot
	Store   platform.KeyStore
	Metrics *platform.Metrics
	Log     *slog.Logger
}

// A Subject is an adapter under test.
type Subject interface {
	// Deliver sends a direct message to the adapter in an event with the given ID, as the
	// platform would. Events with the same ID are redeliveries of one event.
	Deliver(id int, text string)
	// Finish waits until all events are handled. Deliver is not called afterwards.
	Finish()
	// Sent returns the bodies of the messages that the fake server received.
	Sent() [][]byte
	// Secrets returns the tokens that the adapter uses.
	Secrets() []string
}
