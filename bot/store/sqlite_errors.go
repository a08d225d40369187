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

// passing reports the errors of a disk, or of other processes, which may end.
func passing(err error) bool {
	switch primaryCode(err) {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM:
		return true
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EIO) || errors.Is(err, context.DeadlineExceeded)
}

// adviceFor says what an error of a file means, and what to do about it, before
// the error itself; "" where that says it.
func adviceFor(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return "it cannot be created: "
	}
	switch primaryCode(err) {
	case sqlite3.SQLITE_NOTADB:
		return "it is no database of SQLite: name another file, or move it away: "
	case sqlite3.SQLITE_CORRUPT:
		return "it is damaged: put a copy in its place, or move it away: "
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return "it cannot be written: this user needs to write the file and its folder: "
	case sqlite3.SQLITE_FULL:
		return "its disk is full: make room there: "
	case sqlite3.SQLITE_BUSY:
		return "another process keeps it locked: "
	}
	return ""
}

// primaryCode returns the primary code of an error of SQLite
// (https://www.sqlite.org/rescode.html#pve), and 0 for any other.
func primaryCode(err error) int {
	var cause *sqlite.Error
	if !errors.As(err, &cause) {
		return 0
	}
	return cause.Code() & 0xff
}

// A shownError is an error with another text.
type shownError struct {
	error
	text string
}

func (e *shownError) Error() string { return e.text }

func (e *shownError) Unwrap() error { return e.error }

// damaged reports an error of a file whose content is wrong.
func damaged(err error) bool {
	code := primaryCode(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// printable returns an error whose text has nothing that a terminal would obey. SQLite
// quotes a damaged file in its errors: only their code is told.
func printable(err error) error {
	text := err.Error()
	if damaged(err) {
		text = sqlite.ErrorCodeString[primaryCode(err)]
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
