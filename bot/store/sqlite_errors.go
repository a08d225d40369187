package store

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// transient reports whether an error is caused by the disk or another process and may go away.
func transient(err error) bool {
	switch resultCode(err) & primary {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM:
		return true
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EIO) || errors.Is(err, context.DeadlineExceeded)
}

// adviceFor returns what an error means and what to do about it, as a prefix for the error. It
// returns "" if the error explains itself.
func adviceFor(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return "the file cannot be created: "
	}
	switch resultCode(err) & primary {
	case sqlite3.SQLITE_NOTADB:
		return "the file is not a SQLite database: use another file, or move this one out of the way: "
	case sqlite3.SQLITE_CORRUPT:
		return "the file is damaged: restore a backup, or move the file out of the way: "
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return "the file cannot be written to: give this user write permission for the file and its folder: "
	case sqlite3.SQLITE_FULL:
		return "the disk is full: free up some space: "
	case sqlite3.SQLITE_BUSY:
		return "the file is locked by another process: stop that process, or use another file: "
	}
	return ""
}

// primary masks the primary result code in a result code (https://www.sqlite.org/rescode.html#pve).
const primary = 0xff

// resultCode returns the extended result code of a SQLite error, or 0 for other errors.
func resultCode(err error) int {
	var cause *sqlite.Error
	if !errors.As(err, &cause) {
		return 0
	}
	return cause.Code()
}

// A shownError wraps an error and replaces its text.
type shownError struct {
	error
	text string
}

func (e *shownError) Error() string { return e.text }

func (e *shownError) Unwrap() error { return e.error }

// damaged reports whether an error means that the file is damaged, not a database, or shorter than
// an open connection expects.
func damaged(err error) bool {
	code := resultCode(err)
	return code&primary == sqlite3.SQLITE_CORRUPT || code&primary == sqlite3.SQLITE_NOTADB || code == sqlite3.SQLITE_IOERR_SHORT_READ
}

// printable returns err with its control characters replaced by question marks. SQLite's errors
// about a damaged file quote its content, so printable replaces their whole text with the name
// of the code.
func printable(err error) error {
	text := err.Error()
	if damaged(err) {
		text = sqlite.ErrorCodeString[resultCode(err)&primary]
	}
	text = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) && r != '\n' {
			return '?'
		}
		return r
	}, text)
	if text == err.Error() {
		return err
	}
	return &shownError{err, text}
}
