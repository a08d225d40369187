package observe

import "time"

// A Place is the kind of output that an observation comes from.
type Place uint8

// The places.
const (
	// Row is a row of a table, or the status fields of an object in a manifest or a description. Cells
	// contains the values.
	Row Place = iota + 1
	// Event is an event. Reason, Message and From are set, and Value is the type of the event.
	Event
	// Condition is a condition of an object. Field is its type, and Value is its status.
	Condition
	// State is the state of a container. Field is waiting, running, terminated or last, Reason
	// is the reason, and Value is the exit code.
	State
	// Error is an error that a command printed. Reason is the API server's reason, if it was
	// printed.
	Error
	// Log is a log entry. Value is its level: info, warning, error or fatal.
	Log
	// Line is a line that no reader accepted. Message contains the line.
	Line
)

// Program is the From of an observation that a program without a known name reports.
const Program = "program"

// A Verdict says how healthy a value looks, judged without the glossary.
type Verdict uint8

// The verdicts, best first.
const (
	// Healthy is a good value, or a value that has nothing to do with health.
	Healthy Verdict = iota
	// Waiting is a transient value, such as the status of a Pod that has been Pending for 5
	// seconds.
	Waiting
	// Unjudged is a value that is not known to be good or bad.
	Unjudged
	// Unhealthy is a bad value.
	Unhealthy
)

// An Observation is one statement in a paste, usually about an object. Fields are empty if the
// paste does not contain them. A long paste has a hundred thousand observations, so the fields are in an
// order that leaves no gaps.
type Observation struct {
	Place   Place
	Verdict Verdict
	// Resolved is true if the paste shows that the problem has been resolved. Examples are the last
	// state of a container that is running again, and an event that the object's recovery follows.
	Resolved bool
	// Prose is true for a Line that a person wrote.
	Prose   bool
	Line    int32 // number of the first line, from 1
	Object  Object
	Related []Object // other objects mentioned along with Object, such as the node of a Pod
	Field   string   // depends on Place
	Value   string   // depends on Place
	Cells   []Cell   // only at Row
	Reason  string
	Message string
	From    string        // the component that reports this: kubelet, default-scheduler, kubectl
	Age     time.Duration // the object's age for a Row, otherwise the time since the last occurrence; 0 if unknown
	Count   int32         // number of occurrences; 0 if unknown
	// Nodes is the number of nodes that a reason in a scheduler's message applies to. It is -1
	// for the whole message, because its reasons are separate observations.
	Nodes int32
}

// A Cell is a value in a row. Column is in capitals.
type Cell struct {
	Column, Value string
	Verdict       Verdict
}

// Cell returns the value of a column, or "" if there is none.
func (o *Observation) Cell(column string) string {
	for i := range o.Cells {
		if c := &o.Cells[i]; c.Column == column {
			return c.Value
		}
	}
	return ""
}

// A Command is a typed command in a paste.
type Command struct {
	Text      string // without the prompt
	Program   string // kubectl, helm, …; aliases such as k are resolved
	Verb      string
	Object    Object // the object in the arguments; its Name is "" if the arguments name none or several
	Output    string // value of -o
	Selectors bool   // has a label or field selector
	Line      int32
}
