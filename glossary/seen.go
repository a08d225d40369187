package glossary

import "fmt"

// A SeenIn is a place in output where terms are recognized.
type SeenIn string

// The places where terms are recognized.
const (
	// SeenInCell is a value in a table of kubectl get, or the same field of an object.
	SeenInCell SeenIn = "cell"
	// SeenInEvent is an event, identified by its reason.
	SeenInEvent SeenIn = "event"
	// SeenInCondition is a condition, identified by its type and status, or by its reason.
	SeenInCondition SeenIn = "condition"
	// SeenInState is the state of a container, identified by its reason or exit code.
	SeenInState SeenIn = "state"
	// SeenInError is an API error, identified by its reason.
	SeenInError SeenIn = "error"
	// SeenInMessage is any message: of an event, a condition, a state, an error or a log.
	SeenInMessage SeenIn = "message"
)

var seenPlaces = []SeenIn{SeenInCell, SeenInEvent, SeenInCondition, SeenInState, SeenInError, SeenInMessage}

// Values returns all places.
func (SeenIn) Values() []string { return toStrings(seenPlaces) }

// Title returns the name of the place, which is the same in all languages.
func (s SeenIn) Title(Lang) string { return string(s) }

// Seen is a rule by which a term is recognized in output: a place, and a value or text
// there.
//
// A template is literal text with slots in braces, such as
//
//	Failed to pull image "{image}": {error}
//
// A template matches anywhere in a message, regardless of case. Package template
// has the types of slots.
type Seen struct {
	// In is the place.
	In SeenIn `yaml:"in" json:"in"`
	// Of is the kind of the object, in lower case and singular: pod. Leave it out if the
	// rule applies to objects of any kind.
	Of string `yaml:"of" json:"of,omitempty"`
	// Column is the column of the cell, as in the table header.
	Column string `yaml:"column" json:"column,omitempty"`
	// Is is the value of the cell, or * for any bad value; or the exit code of the
	// state.
	Is string `yaml:"is" json:"is,omitempty"`
	// When compares cells of the row: READY < DESIRED. READY.of is the number after
	// the slash in READY.
	When string `yaml:"when" json:"when,omitempty"`
	// Reason is the reason of the event, condition, state or error.
	Reason string `yaml:"reason" json:"reason,omitempty"`
	// Type is the type of the condition.
	Type string `yaml:"type" json:"type,omitempty"`
	// Status is the status with which the condition means this term: True, False or
	// Unknown. Leave it out if the reason is enough.
	Status string `yaml:"status" json:"status,omitempty"`
	// Text is a template that the message must match.
	Text string `yaml:"text" json:"text,omitempty"`
	// Within are IDs of terms: the text counts only inside a message that is recognized as one of
	// them.
	Within []string `yaml:"within" json:"within,omitempty"`
	// Variant is the ID of the variant that this rule recognizes.
	Variant string `yaml:"variant" json:"variant,omitempty"`
	// Severity overrides the term's severity: for a term that is not a status, or in a
	// place where the term is more or less severe.
	Severity Severity `yaml:"severity" json:"severity,omitempty"`
	// Say is a sentence that is shown instead of the summary. It may contain slots of the template.
	// If a slot is empty, the summary is shown.
	Say Text `yaml:"say" json:"say,omitzero"`
}

// A Variant is a different meaning that the term's text has in another place. For example,
// "connection refused" means one thing in a probe, and another from the API server.
type Variant struct {
	// ID consists of lower-case letters, digits and hyphens. It is unique within the term.
	ID string `yaml:"id" json:"id"`
	// Summary is one sentence, which replaces the term's summary.
	Summary Text `yaml:"summary" json:"summary"`
	// Causes replace the term's causes.
	Causes []Text `yaml:"causes" json:"causes,omitempty"`
	// Checks replace the term's checks.
	Checks []Command `yaml:"checks" json:"checks,omitempty"`
}

// String describes the rule in a few words, for lint messages.
func (s Seen) String() string {
	switch s.In {
	case SeenInCell:
		return fmt.Sprintf("cell %s %s %s%s", s.Of, s.Column, s.Is, s.When)
	case SeenInMessage:
		return "message " + s.Text
	}
	return fmt.Sprintf("%s %s %s%s%s %s", s.In, s.Of, s.Type, s.Reason, s.Is, s.Text)
}

// isMessage reports whether the rule consists of the text of a message.
func (s Seen) isMessage() bool {
	return s.In == SeenInMessage && s.Of+s.Column+s.Is+s.When+s.Reason+s.Type+s.Status+s.Variant+string(s.Severity) == "" && len(s.Within) == 0 && s.Say.IsZero()
}
