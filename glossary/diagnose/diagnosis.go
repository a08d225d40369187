package diagnose

import (
	"k8sbot/glossary"
	"k8sbot/glossary/paste/observe"
)

// A Diagnosis is the result of diagnosing a paste.
type Diagnosis struct {
	// Issues are the problems, worst first.
	Issues []Issue
	// More contains the numbers of further failures that no term explains, by severity, if there are
	// thousands of different ones. They are not among the issues.
	More map[glossary.Severity]int `json:"-"`
	// Resolved contains the findings that are resolved, according to the paste.
	Resolved []Finding
	// Normal contains the findings that need no action.
	Normal []Finding
	// Listed contains the objects that tables, manifests and descriptions in the paste are about,
	// healthy or not, without duplicates. They may name a container.
	Listed []*observe.Object `json:"-"`
	// Healthy is the number of healthy objects and lines.
	Healthy int
	// Unread contains the lines that no reader accepted, and the values that could not be
	// judged.
	Unread []*observe.Observation
	// Output is true if any part of the text is output and not prose.
	Output bool
	// Prose is the prose around the output.
	Prose string
	// Lines is the number of lines. Read is the number of bytes that were read. Read is less than
	// the length of the text only if the context was done early.
	Lines, Read int
	// Omitted is the number of lines in the middle that were not read because the text has more than
	// [paste.MaxLines].
	Omitted int
}

// IsHealthy reports whether every line was read and understood, and nothing is wrong.
func (d *Diagnosis) IsHealthy() bool {
	return len(d.Issues) == 0 && len(d.Unread) == 0 && d.Healthy > 0 && d.Omitted == 0
}

// An Issue is one problem: the finding closest to its cause, and its symptoms.
type Issue struct {
	*Finding
	// Symptoms are the other findings of the issue, closest to the cause first.
	Symptoms []Finding

	pasted []observe.Command // the commands that the paste contains
}

// A Command is a command to run next.
type Command struct {
	Run string
	// Note says what to look for in the output; it may be empty.
	Note glossary.Text
	// Complete is true if no placeholder is left.
	Complete bool
}
