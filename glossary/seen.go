package glossary

import "fmt"

// SeenIn is the place in output where a term is recognized.
type SeenIn string

// The places where terms are recognized.
const (
	// SeenInCell is a value in a table of kubectl get, or the same field of an object.
	SeenInCell SeenIn = "cell"
	// SeenInEvent is an event, by its reason.
	SeenInEvent SeenIn = "event"
	// SeenInCondition is a condition, by its type and status, or by its reason.
	SeenInCondition SeenIn = "condition"
	// SeenInState is the state of a container, by its reason or exit code.
	SeenInState SeenIn = "state"
	// SeenInError is an API error, by its reason.
	SeenInError SeenIn = "error"
	// SeenInMessage is any message: of an event, a condition, a state, an error or a log.
	SeenInMessage SeenIn = "message"
)

var seenPlaces = []SeenIn{SeenInCell, SeenInEvent, SeenInCondition, SeenInState, SeenInError, SeenInMessage}

// Values returns all places.
func (SeenIn) Values() []string { return toStrings(seenPlaces) }

// Title returns the place as it is written.
func (s SeenIn) Title(Lang) string { return string(s) }

// Seen says how a term is recognized in output: in which place, and by which value or
// text.
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
	// Of is the kind of the object, in lower case and singular: pod. Leave it out if
	// any kind has it.
	Of string `yaml:"of" json:"of,omitempty"`
	// Column is the column of the cell, as in the head of the table.
	Column string `yaml:"column" json:"column,omitempty"`
	// Is is the value of the cell, or * for any value that is not as it should be; or the
	// exit code of the state.
	Is string `yaml:"is" json:"is,omitempty"`
	// When compares cells of the row: READY < DESIRED. READY.of is what stands behind
	// the slash in READY.
	When string `yaml:"when" json:"when,omitempty"`
	// Reason is the reason of the event, condition, state or error.
	Reason string `yaml:"reason" json:"reason,omitempty"`
	// Type is the type of the condition.
	Type string `yaml:"type" json:"type,omitempty"`
	// Status is the status of the condition that means this term: True, False or
	// Unknown. Leave it out if the reason is enough.
	Status string `yaml:"status" json:"status,omitempty"`
	// Text is a template that the message must match.
	Text string `yaml:"text" json:"text,omitempty"`
	// Within are the IDs of terms: the text counts only inside of a message that one of
	// them has recognized.
	Within []string `yaml:"within" json:"within,omitempty"`
	// Variant is the ID of the variant that this is.
	Variant string `yaml:"variant" json:"variant,omitempty"`
	// Severity replaces that of the term, for a term that is not a status or where this
	// place is better or worse.
	Severity Severity `yaml:"severity" json:"severity,omitempty"`
	// Say is a sentence about what was captured, with the slots of the template, shown in
	// place of the summary. If a slot is empty, the summary stands.
	Say Text `yaml:"say" json:"say,omitzero"`
}

// A Variant is the same words in another place, where they mean something else:
// connection refused in a probe, and to the API server.
type Variant struct {
	// ID is lower-case letters, digits and hyphens, unique in the term.
	ID string `yaml:"id" json:"id"`
	// Summary is one sentence, in place of the term's.
	Summary Text `yaml:"summary" json:"summary"`
	// Causes are in place of the term's.
	Causes []Text `yaml:"causes" json:"causes,omitempty"`
	// Checks are in place of the term's.
	Checks []Command `yaml:"checks" json:"checks,omitempty"`
}

// String returns the recognition for messages of tools.
func (s Seen) String() string {
	switch s.In {
	case SeenInCell:
		return fmt.Sprintf("cell %s %s %s%s", s.Of, s.Column, s.Is, s.When)
	case SeenInMessage:
		return "message " + s.Text
	}
	return fmt.Sprintf("%s %s %s%s%s %s", s.In, s.Of, s.Type, s.Reason, s.Is, s.Text)
}
