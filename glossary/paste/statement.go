package paste

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Statement is a part of a paste that says something about an object.
type Statement struct {
	Text   string
	Whole  bool // the text is a single word from kubectl, not a sentence
	Event  bool // the text is the reason of an event
	At     int  // byte offset in the paste
	Object Object
	Age    time.Duration // of the object; 0 if unknown
	// Status is the status of a condition, or nil for other statements. The text is the
	// type of the condition or, if Condition is the type, its reason.
	Status    *bool
	Condition string
	// Reason is the reason of a condition if the text is its type.
	Reason string
}

// IsSymptom reports whether the statement only says that an object is unhealthy, not why.
func (s Statement) IsSymptom() bool {
	return s.Text == notReadyRow || s.Status != nil && !*s.Status && s.Condition == ""
}

// The names of terms for what a row says in numbers.
const (
	notReadyRow = "READY 0/1"
	restartsRow = "RESTARTS"
)

// checkEvery is the number of lines or tokens after which a context is checked.
const checkEvery = 256

// statements collects the statements of a paste.
type statements struct {
	all    []Statement
	offset int // of the current line in the paste, in bytes
}

// emit adds a statement. If its At is 0, it is at the current line.
func (out *statements) emit(s Statement) {
	if s.At == 0 {
		s.At = out.offset
	}
	if s.Text = strings.TrimSpace(s.Text); s.Text != "" {
		if len(out.all) == cap(out.all) { // append would grow it by less
			out.all = slices.Grow(out.all, len(out.all)+1)
		}
		out.all = append(out.all, s)
	}
}

// statusWord matches a word as kubectl prints it for the status of an object.
var statusWord = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*(?:[:,/-][A-Za-z0-9]+)*$`)

// parseAge reads an age as kubectl prints it: 40m, 5d3h, 2y10d.
func parseAge(s string) time.Duration {
	var age time.Duration
	n := 0
	for i := range len(s) {
		switch c := s[i]; c {
		case 's':
			age += time.Duration(n) * time.Second
		case 'm':
			age += time.Duration(n) * time.Minute
		case 'h':
			age += time.Duration(n) * time.Hour
		case 'd':
			age += time.Duration(n) * 24 * time.Hour
		case 'y':
			age += time.Duration(n) * 365 * 24 * time.Hour
		default:
			if c < '0' || c > '9' || n > 1e6 {
				return age
			}
			n = 10*n + int(c-'0')
			continue
		}
		n = 0
	}
	return age
}
