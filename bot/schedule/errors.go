package schedule

import (
	"fmt"
	"strings"
)

// An ErrorKind is a kind of mistake in a schedule.
type ErrorKind int

// The kinds of mistakes.
const (
	BadTime ErrorKind = iota
	UnknownZone
	AmbiguousZone // Suggestions are all that it may mean
	FixedOffset   // such as UTC+9; the suggestion is the zone of that name, if any
	UnknownWord
	Contradiction // two of one kind, of which one can hold
)

// A ParseError is the first mistake in a schedule that somebody typed.
type ParseError struct {
	Kind ErrorKind
	// Word is what was typed, with full-width characters as plain ones. It is
	// not fit to be repeated as it is.
	Word string
	// Before is what had been typed before and does not go with Word, of a
	// [Contradiction].
	Before string
	// Suggestions are what may have been meant, the likeliest first, at most
	// three. They can be typed as they are.
	Suggestions []string
}

// Error returns the mistake for a log. The chat has sentences of its own.
func (e *ParseError) Error() string {
	hint := "give a time, a time zone, days or a category"
	switch e.Kind {
	case BadTime:
		hint = "give a time from 00:00 to 23:59"
	case UnknownZone, FixedOffset:
		hint = "give a city or an IANA name such as Asia/Tokyo"
	case AmbiguousZone:
		hint = "give one of " + strings.Join(e.Suggestions, ", ")
	case Contradiction:
		hint = fmt.Sprintf("it contradicts %q: keep one of them", e.Before)
	}
	return fmt.Sprintf("cannot read %q in a schedule: %s", e.Word, hint)
}
