package reply

import "k8sbot/glossary"

// A Form asks a person for input, on platforms that have forms.
type Form struct {
	// ID is the ID of a button. The submitted form has the same ID.
	ID    string
	Lang  glossary.Lang
	Title string // at most 24 characters: Slack's limit (https://docs.slack.dev/reference/views)
	Note  string // "" for none
	Save  string // the label of the button that submits the form
	// Fields has at most five elements: Discord's limit
	// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal).
	Fields []Field
}

// A Field is an input of a [Form].
type Field struct {
	ID, Label string
	Hint      string // shown below the label; "" for none
	Kind      FieldKind
	Value     []string // the initial values; at most one for a line or lines of text
	Max       int      // maximum length of the input in characters
	Required  bool
	Choices   []Button // for a Choice; the value is the ID of the chosen button
	// Problem says what is wrong with Value. It is "" if Value is valid.
	Problem string
}

// A FieldKind is the kind of a field.
type FieldKind int

// The kinds of fields. The values of People, Group and Channel are the platform's IDs.
const (
	Line    FieldKind = iota // one line of text
	Lines                    // several lines of text
	Choice                   // one of the choices
	People                   // users
	Group                    // a user group, or a role
	Channel                  // a channel
)

// With returns a copy of the form with the given values and problems, both keyed by field ID.
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
