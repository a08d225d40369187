package lineedit

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"
)

// pause is how long a reader waits for the next line of a paste. The lines of a
// paste come within a millisecond, the typed ones not within ten.
const pause = 30 * time.Millisecond

// maxMessage is the number of bytes of one message that are read, and
// maxLine that of one line.
const (
	maxMessage = 16 << 20
	maxLine    = 256 << 10
)

// Lines are the messages of a terminal that edits lines itself, or of a pipe.
type Lines struct {
	lines  <-chan string
	failed <-chan error
}

// ReadLines reads lines from r until it ends or ctx is done.
func ReadLines(ctx context.Context, r io.Reader) *Lines {
	in := bufio.NewReaderSize(r, maxLine)
	l := new(Lines)
	l.lines, l.failed = pump(ctx, func() (string, bool, error) {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			// The rest of an endless line is the next one.
			err = nil
		}
		return strings.TrimRight(string(line), "\r\n"), len(line) > 0, err
	})
	return l
}

// Err returns the error of reading that ended the messages, if one did.
func (l *Lines) Err() error { return errorIn(l.failed) }

// Next waits for a line and takes those that follow at once. more is false if
// nothing will come any more.
func (l *Lines) Next(ctx context.Context) (message []string, more bool) {
	size := 0
	add := func(line string) {
		if size += len(line) + 1; size <= maxMessage {
			message = append(message, line)
		}
	}
	select {
	case line, ok := <-l.lines:
		if !ok {
			return nil, false
		}
		add(line)
	case <-ctx.Done():
		return nil, false
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case line, ok := <-l.lines:
			if !ok {
				return message, false
			}
			add(line)
			timer.Reset(pause)
		case <-timer.C:
			return message, true
		case <-ctx.Done():
			return nil, false
		}
	}
}

// pump sends what read gives, where there is something, until its error or the end
// of ctx; then it closes the channel and sends the error, nil at the end of the
// input.
func pump[T any](ctx context.Context, read func() (value T, some bool, err error)) (<-chan T, <-chan error) {
	values, failed := make(chan T), make(chan error, 1)
	go func() {
		defer close(values)
		for {
			value, some, err := read()
			if some {
				select {
				case values <- value:
				case <-ctx.Done():
					failed <- nil
					return
				}
			}
			if err != nil {
				if errors.Is(err, io.EOF) {
					err = nil
				}
				failed <- err
				return
			}
		}
	}()
	return values, failed
}

// errorIn returns the error that a pump has sent, and nil if it still reads, which
// may go on for ever.
func errorIn(failed <-chan error) error {
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}
