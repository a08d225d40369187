package diagnose

import (
	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// A Diagnosis is what is wrong in a text.
type Diagnosis struct {
	// Troubles are what is wrong, worst first.
	Troubles []Trouble
	// Over are findings that the text itself shows to be over.
	Over []Finding
	// Normal are terms in the text that need no action.
	Normal []Finding
	// Healthy is the number of objects and lines that are as they should be.
	Healthy int
	// Unread are the lines that nobody can read, and the values that cannot be judged.
	Unread []observe.Observation
	// Output is true if any part of the text is output and not talk.
	Output bool
	// Talk is what people wrote beside the output.
	Talk string
	// Lines is the number of lines; Read is the number of bytes that were read: all,
	// unless the context ended before.
	Lines, Read int
}

// IsHealthy reports whether every line was understood and nothing is wrong.
func (d *Diagnosis) IsHealthy() bool {
	return len(d.Troubles) == 0 && len(d.Unread) == 0 && d.Healthy > 0
}

// A Trouble is one thing that is wrong: its cause as far as the paste shows it, and the
// symptoms.
type Trouble struct {
	Finding
	// Symptoms are the other findings of the trouble, the closest to the cause first.
	Symptoms []Finding
	// Commands are what to run next, with the names filled in.
	Commands []Command
}

// A Command is a command to run next.
type Command struct {
	Run string
	// Note is what to look for in its output; empty for a command that no term advises.
	Note glossary.Text
	// Complete is true if every name is filled in.
	Complete bool
}
