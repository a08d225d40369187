package observe

import "time"

// A Place is where in a text an observation stands.
type Place string

// The places.
const (
	// Row is a row of a table, or the status fields of an object in a manifest or a
	// description, in Cells.
	Row Place = "cell"
	// Event is an event, with Reason, Message, From, and its type in Value.
	Event Place = "event"
	// Condition is a condition of an object: its type in Field, its status in Value.
	Condition Place = "condition"
	// State is the state of a container: waiting, running, terminated or last in Field,
	// its reason in Reason, its exit code in Value.
	State Place = "state"
	// Error is an error that a command printed. Reason is that of the API, if printed.
	Error Place = "error"
	// Log is a line of a log, its level in Value: info, warning, error or fatal.
	Log Place = "log"
	// Line is a line that no reader took, in Message.
	Line Place = "line"
)

// A Verdict is how a value looks without knowledge of terms.
type Verdict int

// The verdicts, best first.
const (
	// Healthy is as it should be, or says nothing about health.
	Healthy Verdict = iota
	// Waiting is fine for a while: a Pod that has been Pending for 5 seconds.
	Waiting
	// Unjudged is neither known to be healthy nor known to be trouble.
	Unjudged
	// Trouble is not as it should be.
	Trouble
)

// An Observation is one thing that a text says, mostly about an object. Fields are empty
// if the text does not tell.
type Observation struct {
	Place   Place
	Object  Object
	Owner   Object   // of the object: its controller
	Related []Object // further objects that the text names here: the node of a Pod
	Field   string   // see the places
	Value   string   // see the places
	Cells   []Cell   // at Row
	Reason  string
	Message string
	From    string        // who reports it: kubelet, default-scheduler, kubectl
	Age     time.Duration // of the object at Row; elsewhere since it last happened; 0 if unknown
	Count   int           // how often it happened; 0 if unknown
	// Nodes is how many nodes a reason in a scheduler's message holds for; -1 for the whole
	// message, whose reasons are observations of their own.
	Nodes   int
	Verdict Verdict
	// Over is true if the text shows that it is no longer so: the last state of a
	// container that runs again, an event before the recovery of its object.
	Over bool
	// Prose is true at Line if the line is what a person wrote and not output.
	Prose bool
	Line  int // number of its first line, from 1
}

// A Cell is one value of a row, under its column in capitals.
type Cell struct {
	Column, Value string
	Verdict       Verdict
}

// Cell returns the value of a column, and "" if there is none.
func (o Observation) Cell(column string) string {
	for _, c := range o.Cells {
		if c.Column == column {
			return c.Value
		}
	}
	return ""
}

// A Command is a command that was pasted together with its output.
type Command struct {
	Text      string // without the prompt
	Program   string // kubectl, helm, …; kubectl for its short forms
	Verb      string
	Object    Object // of its arguments; Name is "" if it names none or several
	Output    string // of -o
	Selectors bool   // it selects by label or field
	Line      int
}

// A Text is what a paste says.
type Text struct {
	Observations []Observation
	Commands     []Command
	// Talk is what people wrote beside the output: for its language and question.
	Talk string
	// Lines is the number of lines, Read the number of bytes that were read: all unless
	// the context ended before.
	Lines, Read int
	// Output is true if any line has the form of output.
	Output bool
}
