package reply

import "k8sbot/glossary"

// A Form asks a person to enter something, on platforms that have forms.
type Form struct {
	// ID is the ID of a button. What was entered is sent with it.
	ID    string
	Lang  glossary.Lang
	Title string // at most 24 characters: Slack's limit (https://docs.slack.dev/reference/views)
	Note  string // "" for none
	Save  string // the label of the button that sends it
	// Fields are at most five: Discord's limit
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
	Fields []Field
}

// A Field is an input of a [Form].
type Field struct {
	ID, Label string
	Hint      string // how to fill it in, below the label; "" for none
	Kind      FieldKind
	Value     []string // what it has at first; at most one for texts
	Max       int      // characters of a text
	Required  bool
	Choices   []Button // of a Choice: what is entered is the ID
	// Problem is what is wrong with Value; "" if nothing is.
	Problem string
}

// A FieldKind is the kind of a field.
type FieldKind int

// The kinds of fields. Those of people and of places give the IDs of the platform.
const (
	Line    FieldKind = iota // one line of text
	Lines                    // several lines of text
	Choice                   // one of the choices
	People                   // users
	Group                    // a user group, or a role
	Channel                  // a channel
)

// With returns a form with values in place of those that it has, and what is wrong with them, both
// by the IDs of the fields.
func (f Form) With(values map[string][]string, problems map[string]string) Form {
	fields := make([]Field, len(f.Fields))
	for i, field := range f.Fields {
		if values != nil {
			field.Value = values[field.ID]
		}
		field.Problem = problems[field.ID]
		fields[i] = field
	}
	f.Fields = fields
	return f
}
