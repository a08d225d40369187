package schedule

import (
	"fmt"
	"strings"
)

// An ErrorKind is a kind of mistake in a typed schedule.
type ErrorKind int

// The kinds of mistakes.
const (
	BadTime ErrorKind = iota
	UnknownZone
	AmbiguousZone // Suggestions lists all zones that Word may mean
	FixedOffset   // such as UTC+9; Suggestions lists the zone with that offset, if any
	UnknownWord
	Contradiction // such as two different times
)

// A ParseError is the first mistake in a typed schedule.
type ParseError struct {
	Kind ErrorKind
	// Word is the text that is wrong, in NFKC. It is untrusted input: sanitize it
	// before you show it.
	Word string
	// Before is the earlier text that Word contradicts, if Kind is [Contradiction].
	Before string
	// Suggestions lists up to three corrections, the most likely first. Each can be typed as it
	// is.
	Suggestions []string
}

// Error describes the mistake for logs. In chat, the bot uses its own sentences.
func (e *ParseError) Error() string {
	hint := "use a time, a time zone, days or a category"
	switch e.Kind {
	case BadTime:
		hint = "use a time from 00:00 to 23:59"
	case UnknownZone, FixedOffset:
		hint = "use a city or an IANA name such as Asia/Tokyo"
	case AmbiguousZone:
		hint = "use one of " + strings.Join(e.Suggestions, ", ")
	case Contradiction:
		hint = fmt.Sprintf("it contradicts %q: keep one of them", e.Before)
	}
	return fmt.Sprintf("invalid schedule: cannot read %q: %s", e.Word, hint)
}
