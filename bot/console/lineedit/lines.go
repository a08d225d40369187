package lineedit

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"
)

// pasteGap is how long a reader waits for the next line of a paste. The lines of a paste arrive
// within a millisecond, while typed lines are more than 10 ms apart.
const pasteGap = 30 * time.Millisecond

const (
	// maxMessage is the maximum size of a message, in bytes. Lines beyond the maximum are dropped.
	maxMessage = 16 << 20
	// maxLine is the maximum size of a line, in bytes.
	maxLine = 256 << 10
)

// Lines reads messages from a terminal that does its own line editing, or from a pipe.
type Lines struct {
	lines   <-chan string
	readErr <-chan error
}

// ReadLines starts reading lines from r. It stops when r ends or ctx is done.
func ReadLines(ctx context.Context, r io.Reader) *Lines {
	in := bufio.NewReaderSize(r, maxLine)
	l := new(Lines)
	l.lines, l.readErr = pump(ctx, func() (string, bool, error) {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			// The rest of a line that is too long becomes the next line.
			err = nil
		}
		return strings.TrimRight(string(line), "\r\n"), len(line) > 0, err
	})
	return l
}

// Err returns the read error that ended the input, or nil if there was no such error.
func (l *Lines) Err() error { return pollError(l.readErr) }

// Next waits for a line and returns it with the lines that follow without a pause. more
// is false if the input or ctx has ended.
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
	timer := time.NewTimer(pasteGap)
	defer timer.Stop()
	for {
		select {
		case line, ok := <-l.lines:
			if !ok {
				return message, false
			}
			add(line)
			timer.Reset(pasteGap)
		case <-timer.C:
			return message, true
		case <-ctx.Done():
			return nil, false
		}
	}
}

// pump calls read in a goroutine and sends the values with ok set, until read returns an error
// or ctx is done. It then closes the channel of values and sends the error, or nil if it was
// io.EOF or ctx was done.
func pump[T any](ctx context.Context, read func() (value T, ok bool, err error)) (<-chan T, <-chan error) {
	values, readErr := make(chan T), make(chan error, 1)
	go func() {
		defer close(values)
		for {
			value, ok, err := read()
			if ok {
				select {
				case values <- value:
				case <-ctx.Done():
					readErr <- nil
					return
				}
			}
			if err != nil {
				if errors.Is(err, io.EOF) {
					err = nil
				}
				readErr <- err
				return
			}
		}
	}()
	return values, readErr
}

// pollError returns the error of a pump that has ended. It returns nil if the pump is still
// reading, which may take forever.
func pollError(readErr <-chan error) error {
	select {
	case err := <-readErr:
		return err
	default:
		return nil
	}
}
